using System.Text.Json;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace PromptGen.Anthropic;

/// <summary>Fills what the SDK's adapter leaves out of a request.</summary>
internal static class AnthropicRequestOptions
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    /// <summary>
    /// Temperature, top_p and top_k, which the adapter drops, go into the body through its raw representation; a JSON answer without a
    /// schema, and a schema whose root is not an object, which it drops too, are asked for in words. A schema that Anthropic takes as it is goes past
    /// the adapter, which would take constraints away.
    /// </summary>
    /// <param name="options">The caller's options; not changed.</param>
    /// <param name="modelId">The model, unless the options name another.</param>
    /// <param name="maxOutputTokens">The output limit, unless the options set one.</param>
    /// <returns>The options for the adapter.</returns>
    public static ChatOptions? Complete(ChatOptions? options, string? modelId, int maxOutputTokens)
    {
        if (options is null)
        {
            return null;
        }

        var completed = options.Clone();
        if (InstructionFor(options.ResponseFormat) is { } instruction)
        {
            completed.Instructions = string.IsNullOrWhiteSpace(options.Instructions) ? instruction : $"{options.Instructions}\n\n{instruction}";
            completed.ResponseFormat = null;
        }

        var schema = completed.ResponseFormat is ChatResponseFormatJson { Schema: { } asked } && StructuredSchema.IsReady(asked) ? asked : (JsonElement?)null;
        if (options.RawRepresentationFactory is null && ((options.Temperature ?? options.TopP ?? options.TopK) is not null || schema is not null))
        {
            var body = Body(options, modelId, maxOutputTokens);
            if (schema is { } ready)
            {
                body["output_config"] = Element($$$"""{"format":{"type":"json_schema","schema":{{{ready.GetRawText()}}}}}""");
                completed.ResponseFormat = null;
            }

            completed.RawRepresentationFactory = _ => MessageCreateParams.FromRawUnchecked(Nothing, Nothing, body);
        }

        return completed;
    }

    private static string? InstructionFor(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: null } => "Answer with one JSON object and nothing else.",
        ChatResponseFormatJson { Schema: { } schema } when !IsObject(schema) => $"Answer with JSON that keeps this JSON Schema and with nothing else:\n{schema.GetRawText()}",
        _ => null,
    };

    private static bool IsObject(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object");

    // The body includes model and limit because the adapter takes them from a raw representation where there is one.
    private static Dictionary<string, JsonElement> Body(ChatOptions options, string? modelId, int maxOutputTokens)
    {
        var body = new Dictionary<string, JsonElement>
        {
            ["model"] = Element(JsonEncodedText(options.ModelId ?? modelId ?? "")),
            ["max_tokens"] = Element(FormattableString.Invariant($"{options.MaxOutputTokens ?? maxOutputTokens}")),
            ["messages"] = Element("[]"),
        };
        AddNumber(body, "temperature", options.Temperature);
        AddNumber(body, "top_p", options.TopP);
        AddNumber(body, "top_k", options.TopK);
        return body;
    }

    private static void AddNumber(Dictionary<string, JsonElement> body, string name, float? value)
    {
        if (value is { } number && float.IsFinite(number))
        {
            body[name] = Element(FormattableString.Invariant($"{number:R}"));
        }
    }

    private static string JsonEncodedText(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
