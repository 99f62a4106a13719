using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.OpenAI.Schemas;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Requests;

/// <summary>Writes the body of a chat completions request.</summary>
internal static class ChatRequestWriter
{
    private const int MaxNameLength = 64;
    private const int MostKept = 256 * 1024;

    /// <summary>Bodies are written one after another, whole: buffer and writer are used again.</summary>
    [ThreadStatic]
    private static Body? t_idle;

    /// <summary>Writes messages and options as OpenAI reads them.</summary>
    /// <param name="modelId">The model, unless the options name another.</param>
    /// <param name="messages">The messages in order.</param>
    /// <param name="options">The options; null = the provider's defaults.</param>
    /// <param name="streamed">Whether the answer is to be streamed.</param>
    /// <param name="api">What the server takes.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="ProviderRequestException">Something in the messages can't be sent (code Configuration).</exception>
    public static ReadOnlyMemory<byte> Write(string modelId, IEnumerable<ChatMessage> messages, ChatOptions? options, bool streamed, CompatibleApi api)
    {
        var body = t_idle ?? new Body();
        t_idle = null;
        Write(body.Json, modelId, messages, options, streamed, api);
        body.Json.Flush();

        // The buffer has room for the longest form of each text, which is three times the usual one. What was written is copied: a transport may read a body later than its request lasts.
        var written = body.Buffer.WrittenSpan.ToArray();
        if (body.Buffer.Capacity <= MostKept)
        {
            body.Buffer.ResetWrittenCount();
            body.Json.Reset();
            t_idle = body;
        }

        return written;
    }

    /// <summary>The model that is asked.</summary>
    /// <param name="options">The options.</param>
    /// <param name="modelId">The model, unless the options name another.</param>
    public static string ModelOf(ChatOptions? options, string modelId) => string.IsNullOrEmpty(options?.ModelId) ? modelId : options.ModelId;

    /// <summary>Names of schemas, tools and authors: what is not a letter, a digit, <c>_</c> or <c>-</c> becomes <c>_</c>; at most 64 characters.</summary>
    public static string Sanitize(string? name, string fallback)
    {
        if (string.IsNullOrEmpty(name))
        {
            return fallback;
        }

        return string.Create(Math.Min(name.Length, MaxNameLength), name, static (span, name) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(name[i]) || name[i] is '_' or '-' ? name[i] : '_';
            }
        });
    }

    private static void Write(Utf8JsonWriter json, string modelId, IEnumerable<ChatMessage> messages, ChatOptions? options, bool streamed, CompatibleApi api)
    {
        json.WriteStartObject();
        json.WriteString("model", ModelOf(options, modelId));
        json.WriteStartArray("messages");
        var schemaAsText = !api.TakesSchema && options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? schema.GetRawText() : null;
        MessageWriter.Write(json, options?.Instructions, schemaAsText is null ? messages : WithSchema(messages, schemaAsText));
        json.WriteEndArray();
        if (options is not null)
        {
            WriteSampling(json, options, api);
            WriteResponseFormat(json, schemaAsText is null ? options.ResponseFormat : ChatResponseFormat.Json);
            ToolWriter.Write(json, options);
            WriteAdditional(json, options.AdditionalProperties);
        }

        if (!streamed && LogProbabilities.AreAsked(options) && options!.AdditionalProperties?.ContainsKey("logprobs") is not true)
        {
            json.WriteBoolean("logprobs", true);
        }

        if (streamed)
        {
            json.WriteBoolean("stream", true);
            if (api.TakesStreamOptions)
            {
                json.WriteStartObject("stream_options");
                json.WriteBoolean("include_usage", true);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The messages with the schema at the end of the last one of the user's, as a model without structured output gets it.</summary>
    private static List<ChatMessage> WithSchema(IEnumerable<ChatMessage> messages, string schema)
    {
        var all = messages.ToList();
        var text = new TextContent("\n\nAnswer with one JSON value that matches this JSON Schema, and nothing else:\n" + schema);
        if (all.FindLastIndex(static message => message.Role == ChatRole.User) is >= 0 and var last)
        {
            all[last] = all[last].Clone();
            all[last].Contents = [.. all[last].Contents, text];
        }
        else
        {
            all.Add(new ChatMessage(ChatRole.User, [text]));
        }

        return all;
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions options, CompatibleApi api)
    {
        WriteNumber(json, "temperature", options.Temperature);
        WriteNumber(json, "top_p", options.TopP);
        WriteNumber(json, "frequency_penalty", options.FrequencyPenalty);
        WriteNumber(json, "presence_penalty", options.PresencePenalty);
        if (options.Seed is { } seed && api.Seed is { } seedName)
        {
            json.WriteNumber(seedName, seed);
        }

        // Servers that know only the older max_tokens get it through the additional properties.
        if (options.MaxOutputTokens is { } limit && options.AdditionalProperties?.ContainsKey("max_tokens") is not true)
        {
            json.WriteNumber(api.OutputLimit, limit);
        }

        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (options.Reasoning?.Effort is { } effort)
        {
            json.WriteString("reasoning_effort", effort switch
            {
                ReasoningEffort.None => "none",
                ReasoningEffort.Low => "low",
                ReasoningEffort.Medium => "medium",
                ReasoningEffort.High => "high",
                _ => "xhigh",
            });
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, float? value)
    {
        // A float is written with its own digits: 0.1f as 0.1, not as the double 0.10000000149011612.
        if (value is { } number && float.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteResponseFormat(Utf8JsonWriter json, ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson asked)
        {
            return;
        }

        json.WriteStartObject("response_format");
        if (asked.Schema is not null)
        {
            var strict = StrictSchema.Of(asked);
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", Sanitize(asked.SchemaName, "answer"));
            if (!string.IsNullOrEmpty(asked.SchemaDescription))
            {
                json.WriteString("description", asked.SchemaDescription);
            }

            json.WriteBoolean("strict", strict.IsStrict);
            json.WritePropertyName("schema");
            json.WriteRawValue(strict.Utf8, skipInputValidation: true);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", "json_object");
        }

        json.WriteEndObject();
    }

    /// <summary>Members that <see cref="ChatOptions"/> has no name for, for example <c>service_tier</c>: simple values and JSON, as they are.</summary>
    private static void WriteAdditional(Utf8JsonWriter json, AdditionalPropertiesDictionary? properties)
    {
        foreach (var (name, value) in properties ?? [])
        {
            switch (value)
            {
                case var _ when AnswerCap.IsOwn(name):
                    break;
                case string text:
                    json.WriteString(name, text);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                case long number:
                    json.WriteNumber(name, number);
                    break;
                case float number:
                    WriteNumber(json, name, number);
                    break;
                case double number when double.IsFinite(number):
                    json.WriteNumber(name, number);
                    break;
                case JsonElement { ValueKind: not JsonValueKind.Undefined } element:
                    json.WritePropertyName(name);
                    element.WriteTo(json);
                    break;
            }
        }
    }

    /// <summary>A body with its buffer and writer.</summary>
    private sealed class Body
    {
        public Body() => Json = new Utf8JsonWriter(Buffer);

        public ArrayBufferWriter<byte> Buffer { get; } = new(16 * 1024);

        public Utf8JsonWriter Json { get; }
    }
}
