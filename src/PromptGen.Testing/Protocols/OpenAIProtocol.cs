using System.Text;
using System.Text.Json;
using PromptGen.Providers;

namespace PromptGen.Testing.Protocols;

/// <summary>OpenAI chat completions.</summary>
internal class OpenAIProtocol : WireProtocol
{
    public static readonly OpenAIProtocol Instance = new();

    /// <summary>Whether a stream reports its usage though it was not asked to.</summary>
    protected virtual bool ReportsUsageUnasked => false;

    public override ModelProtocol Protocol => ModelProtocol.OpenAI;

    public override string RequestIdHeader => "x-request-id";

    public override IReadOnlyList<ModelMessage> ReadMessages(JsonElement body) =>
        Property(body, "messages") is { ValueKind: JsonValueKind.Array } messages
            ? [.. messages.EnumerateArray().Select(message => new ModelMessage(
                Property(message, "role")?.GetString() ?? "",
                Property(message, "content") is { } content ? TextOf(content) : ""))]
            : [];

    public override JsonElement? ReadSchema(JsonElement body) =>
        Property(Property(Property(body, "response_format"), "json_schema"), "schema");

    public override int? ReadMaxOutputTokens(JsonElement body) =>
        Integer(Property(body, "max_completion_tokens")) ?? Integer(Property(body, "max_tokens"));

    public override byte[] WriteAnswer(ModelRequest request, ModelReply reply) => Json(json =>
    {
        WriteHead(json, request, reply, "chat.completion");
        json.WriteStartArray("choices");
        if (reply.Fault != ModelFault.NoChoices)
        {
            WriteChoice(json, request, reply);
        }

        json.WriteEndArray();
        if (reply.ReportsUsage)
        {
            WriteUsage(json, request, reply);
        }
    });

    public override IEnumerable<StreamEvent> WriteEvents(ModelRequest request, ModelReply reply)
    {
        if (reply.Fault == ModelFault.NoChoices)
        {
            yield return Event(JsonText(json =>
            {
                WriteHead(json, request, reply, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
            }));
        }
        else
        {
            foreach (var chunk in WriteChoiceEvents(request, reply))
            {
                yield return chunk;
            }

            if (reply.Fault == ModelFault.NoFinishReason)
            {
                yield break;
            }
        }

        if (reply.ReportsUsage && (ReportsUsageUnasked || Property(Property(request.Body, "stream_options"), "include_usage") is { ValueKind: JsonValueKind.True }))
        {
            yield return Event(JsonText(json =>
            {
                WriteHead(json, request, reply, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
                WriteUsage(json, request, reply);
            }));
        }

        if (reply.Fault != ModelFault.NoEndMark)
        {
            yield return Event("[DONE]");
        }
    }

    public override byte[] WriteError(ModelReply reply) => Json(json => WriteErrorObject(json, reply));

    public override StreamEvent WriteErrorEvent(ModelReply reply) => Event(JsonText(json => WriteErrorObject(json, reply)));

    public override StreamEvent WriteMalformedEvent() => Event("""{"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":""");

    private static StreamEvent Event(string data, bool isContent = false) => new($"data: {data}\n\n", isContent);

    private IEnumerable<StreamEvent> WriteChoiceEvents(ModelRequest request, ModelReply reply)
    {
        yield return Delta(request, reply, json => WriteRole(json, reply), isContent: false);
        foreach (var piece in Pieces(reply, reply.Content))
        {
            yield return Delta(request, reply, json => json.WriteString("content", piece));
        }

        foreach (var piece in Pieces(reply, reply.RefusalText ?? ""))
        {
            yield return Delta(request, reply, json => json.WriteString("refusal", piece));
        }

        for (var index = 0; index < reply.ToolCalls.Count; index++)
        {
            var (call, position) = (reply.ToolCalls[index], index);
            yield return Delta(request, reply, json => WriteToolDelta(json, position, call, ""));
            foreach (var piece in Pieces(call.Arguments))
            {
                yield return Delta(request, reply, json => WriteToolDelta(json, position, null, piece));
            }
        }

        if (reply.Fault != ModelFault.NoFinishReason)
        {
            yield return Delta(request, reply, static _ => { }, isContent: false, reply.FinishReason);
        }
    }

    private StreamEvent Delta(ModelRequest request, ModelReply reply, Action<Utf8JsonWriter> write, bool isContent = true, string? finishReason = null) =>
        Event(
            JsonText(json =>
            {
                WriteHead(json, request, reply, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteStartObject();
                json.WriteNumber("index", 0);
                json.WriteStartObject("delta");
                write(json);
                json.WriteEndObject();
                json.WriteNull("logprobs");
                json.WriteString("finish_reason", finishReason);
                json.WriteEndObject();
                json.WriteEndArray();
                if (reply.Fault == ModelFault.RunningUsage)
                {
                    WriteUsage(json, request, reply);
                }
            }),
            isContent);

    private static void WriteRole(Utf8JsonWriter json, ModelReply reply)
    {
        json.WriteString("role", "assistant");
        json.WriteString("content", reply.Content.Length == 0 && reply.ToolCalls.Count > 0 ? null : "");
    }

    private static void WriteToolDelta(Utf8JsonWriter json, int index, ModelToolCall? call, string arguments)
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (call is not null)
        {
            json.WriteString("id", call.Id);
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (call is not null)
        {
            json.WriteString("name", call.Name);
        }

        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, ModelRequest request, ModelReply reply, string kind)
    {
        json.WriteString("id", $"chatcmpl-{request.Number}");
        json.WriteString("object", kind);
        json.WriteNumber("created", 1_700_000_000 + request.Number);
        json.WriteString("model", reply.ModelId ?? request.ModelId);
    }

    private static void WriteChoice(Utf8JsonWriter json, ModelRequest request, ModelReply reply)
    {
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", reply.Content.Length == 0 ? null : reply.Content);
        json.WriteString("refusal", reply.RefusalText);
        if (reply.ToolCalls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in reply.ToolCalls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.Id);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", call.Arguments);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        WriteLogProbabilities(json, Property(request.Body, "logprobs") is { ValueKind: JsonValueKind.True } ? reply.LogProbabilities : null);
        json.WriteString("finish_reason", reply.Fault == ModelFault.NoFinishReason ? null : reply.FinishReason);
        json.WriteEndObject();
    }

    private static void WriteLogProbabilities(Utf8JsonWriter json, IReadOnlyList<TokenLogProbability>? tokens)
    {
        if (tokens is null)
        {
            json.WriteNull("logprobs");
            return;
        }

        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("token", Encoding.UTF8.GetString(token.Utf8Bytes.Span));
            json.WriteNumber("logprob", token.LogProbability);
            json.WriteStartArray("bytes");
            foreach (var one in token.Utf8Bytes.Span)
            {
                json.WriteNumberValue(one);
            }

            json.WriteEndArray();
            json.WriteStartArray("top_logprobs");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    protected virtual void WriteUsage(Utf8JsonWriter json, ModelRequest request, ModelReply reply)
    {
        var (input, output) = (InputTokens(request, reply), OutputTokens(reply));
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", input);
        json.WriteNumber("completion_tokens", output);
        json.WriteNumber("total_tokens", input + output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", reply.CachedTokens);
        if (reply.CacheCreationTokens > 0)
        {
            json.WriteNumber("cache_write_tokens", reply.CacheCreationTokens);
        }

        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", reply.ReasoningTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteErrorObject(Utf8JsonWriter json, ModelReply reply)
    {
        json.WriteStartObject("error");
        json.WriteString("message", reply.ErrorMessage ?? $"The request ended with status {reply.Status}.");
        json.WriteString("type", reply.ErrorType ?? reply.Status switch
        {
            401 or 403 => "authentication_error",
            429 => reply.ErrorCode ?? "requests",
            >= 500 => "server_error",
            200 => reply.ErrorCode ?? "server_error",
            _ => "invalid_request_error",
        });
        json.WriteString("param", reply.ErrorParameter);
        json.WriteString("code", reply.ErrorCode ?? reply.Status switch
        {
            401 => "invalid_api_key",
            404 => "model_not_found",
            429 => "rate_limit_exceeded",
            _ => null,
        });
        json.WriteEndObject();
    }
}
