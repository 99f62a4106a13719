using System.Text.Json;

namespace PromptGen.Testing.Protocols;

/// <summary>Anthropic messages.</summary>
internal sealed class AnthropicProtocol : WireProtocol
{
    public static readonly AnthropicProtocol Instance = new();

    public override ModelProtocol Protocol => ModelProtocol.Anthropic;

    public override string RequestIdHeader => "request-id";

    public override IReadOnlyList<ModelMessage> ReadMessages(JsonElement body)
    {
        var messages = new List<ModelMessage>();
        if (Property(body, "system") is { } system)
        {
            messages.Add(new ModelMessage("system", TextOf(system)));
        }

        if (Property(body, "messages") is { ValueKind: JsonValueKind.Array } turns)
        {
            messages.AddRange(turns.EnumerateArray().Select(turn => new ModelMessage(
                Property(turn, "role")?.GetString() ?? "",
                Property(turn, "content") is { } content ? TextOf(content) : "")));
        }

        return messages;
    }

    public override JsonElement? ReadSchema(JsonElement body) =>
        Property(Property(Property(body, "output_config"), "format"), "schema") ?? Property(Property(body, "output_format"), "schema");

    public override int? ReadMaxOutputTokens(JsonElement body) => Integer(Property(body, "max_tokens"));

    public override ModelReply Adapt(ModelReply reply) => reply switch
    {
        // There is no such stop reason: a filter answers with an error.
        { FinishReason: "content_filter", IsError: false } => ModelReply.ContentFilterError() with { Delay = reply.Delay },
        { RefusalText: { } refusal, IsError: false } => reply with { Content = reply.Content + refusal, RefusalText = null, FinishReason = "refusal" },
        _ => reply,
    };

    public override byte[] WriteAnswer(ModelRequest request, ModelReply reply) => Json(json =>
    {
        WriteHead(json, request, reply);
        json.WriteStartArray("content");
        if (reply.Fault != ModelFault.NoChoices)
        {
            WriteBlocks(json, reply);
        }

        json.WriteEndArray();
        json.WriteString("stop_reason", reply.Fault == ModelFault.NoFinishReason ? null : StopReason(reply.FinishReason));
        json.WriteNull("stop_sequence");
        WriteUsage(json, request, reply, OutputTokens(reply));
    });

    public override IEnumerable<StreamEvent> WriteEvents(ModelRequest request, ModelReply reply)
    {
        yield return Event("message_start", json =>
        {
            json.WriteStartObject("message");
            WriteHead(json, request, reply);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            WriteUsage(json, request, reply, 1);
            json.WriteEndObject();
        });
        yield return Event("ping", static _ => { });
        if (reply.Fault != ModelFault.NoChoices)
        {
            foreach (var block in WriteBlockEvents(reply))
            {
                yield return block;
            }
        }

        if (reply.Fault == ModelFault.NoFinishReason)
        {
            yield break;
        }

        if (reply.Fault == ModelFault.RunningUsage)
        {
            yield return MessageDelta(null, OutputTokens(reply) / 2);
        }

        yield return MessageDelta(StopReason(reply.FinishReason), reply.ReportsUsage ? OutputTokens(reply) : 0);
        if (reply.Fault != ModelFault.NoEndMark)
        {
            yield return Event("message_stop", static _ => { });
        }
    }

    public override byte[] WriteError(ModelReply reply) => Json(json =>
    {
        json.WriteString("type", "error");
        WriteErrorObject(json, reply);
        json.WriteString("request_id", "req_error");
    });

    public override StreamEvent WriteErrorEvent(ModelReply reply) => Event("error", json => WriteErrorObject(json, reply));

    public override StreamEvent WriteMalformedEvent() =>
        new("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_del\n\n");

    private static StreamEvent MessageDelta(string? stopReason, int outputTokens) => Event("message_delta", json =>
    {
        json.WriteStartObject("delta");
        json.WriteString("stop_reason", stopReason);
        json.WriteNull("stop_sequence");
        json.WriteEndObject();
        json.WriteStartObject("usage");
        json.WriteNumber("output_tokens", outputTokens);
        json.WriteEndObject();
    });

    private static StreamEvent Event(string type, Action<Utf8JsonWriter> write, bool isContent = false) => new(
        $"event: {type}\ndata: {JsonText(json =>
        {
            json.WriteString("type", type);
            write(json);
        })}\n\n",
        isContent);

    private static IEnumerable<StreamEvent> WriteBlockEvents(ModelReply reply)
    {
        var index = 0;
        if (reply.Content.Length > 0)
        {
            yield return Event("content_block_start", json =>
            {
                json.WriteNumber("index", 0);
                json.WriteStartObject("content_block");
                json.WriteString("type", "text");
                json.WriteString("text", "");
                json.WriteEndObject();
            });
            foreach (var piece in Pieces(reply, reply.Content))
            {
                yield return Delta(0, "text_delta", "text", piece);
            }

            yield return Event("content_block_stop", json => json.WriteNumber("index", 0));
            index++;
        }

        foreach (var call in reply.ToolCalls)
        {
            var position = index++;
            yield return Event("content_block_start", json =>
            {
                json.WriteNumber("index", position);
                json.WriteStartObject("content_block");
                WriteToolUse(json, call, "{}");
                json.WriteEndObject();
            });
            foreach (var piece in Pieces(call.Arguments))
            {
                yield return Delta(position, "input_json_delta", "partial_json", piece);
            }

            yield return Event("content_block_stop", json => json.WriteNumber("index", position));
        }
    }

    private static StreamEvent Delta(int index, string type, string member, string piece) => Event(
        "content_block_delta",
        json =>
        {
            json.WriteNumber("index", index);
            json.WriteStartObject("delta");
            json.WriteString("type", type);
            json.WriteString(member, piece);
            json.WriteEndObject();
        },
        isContent: true);

    private static void WriteHead(Utf8JsonWriter json, ModelRequest request, ModelReply reply)
    {
        json.WriteString("id", $"msg_{request.Number}");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", reply.ModelId ?? request.ModelId);
    }

    private static void WriteBlocks(Utf8JsonWriter json, ModelReply reply)
    {
        if (reply.Content.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", reply.Content);
            json.WriteEndObject();
        }

        foreach (var call in reply.ToolCalls)
        {
            json.WriteStartObject();
            WriteToolUse(json, call, call.Arguments);
            json.WriteEndObject();
        }
    }

    private static void WriteToolUse(Utf8JsonWriter json, ModelToolCall call, string arguments)
    {
        json.WriteString("type", "tool_use");
        json.WriteString("id", call.Id);
        json.WriteString("name", call.Name);
        json.WritePropertyName("input");
        json.WriteRawValue(arguments);
    }

    private static void WriteUsage(Utf8JsonWriter json, ModelRequest request, ModelReply reply, int outputTokens)
    {
        if (!reply.ReportsUsage)
        {
            return;
        }

        // Here input_tokens counts only what neither came from the cache nor went into it.
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", InputTokens(request, reply) - reply.CachedTokens - reply.CacheCreationTokens);
        json.WriteNumber("cache_read_input_tokens", reply.CachedTokens);
        json.WriteNumber("cache_creation_input_tokens", reply.CacheCreationTokens);
        json.WriteNumber("output_tokens", outputTokens);
        json.WriteEndObject();
    }

    private static string StopReason(string finishReason) => finishReason switch
    {
        "stop" => "end_turn",
        "length" => "max_tokens",
        "tool_calls" => "tool_use",
        _ => finishReason,
    };

    private static void WriteErrorObject(Utf8JsonWriter json, ModelReply reply)
    {
        json.WriteStartObject("error");
        json.WriteString("type", reply.ErrorType ?? reply.Status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            200 => reply.ErrorCode ?? "api_error",
            _ => "invalid_request_error",
        });
        json.WriteString("message", reply.ErrorMessage ?? $"The request ended with status {reply.Status}.");
        if (reply.ErrorCode is not null)
        {
            json.WriteStartObject("details");
            json.WriteString("error_code", reply.ErrorCode);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
