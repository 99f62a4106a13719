using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Requests;

/// <summary>Writes the messages of a request.</summary>
internal static class MessageWriter
{
    // The default options indent, which would only cost tokens.
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static void Write(Utf8JsonWriter json, string? instructions, IEnumerable<ChatMessage> messages)
    {
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            json.WriteStartObject();
            json.WriteString("role", "system");
            json.WriteString("content", instructions);
            json.WriteEndObject();
        }

        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                WriteToolResults(json, message);
            }
            else if (message.Role == ChatRole.Assistant)
            {
                WriteAssistant(json, message);
            }
            else
            {
                WriteParts(json, message);
            }
        }
    }

    /// <summary>System, developer and user messages.</summary>
    private static void WriteParts(Utf8JsonWriter json, ChatMessage message)
    {
        WriteHead(json, message, message.Role.Value);
        if (IsText(message.Contents))
        {
            json.WriteString("content", message.Text);
        }
        else
        {
            json.WriteStartArray("content");
            foreach (var content in message.Contents)
            {
                ContentPartWriter.Write(json, content);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static bool IsText(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteAssistant(Utf8JsonWriter json, ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var refusal = message.Contents.OfType<ErrorContent>().FirstOrDefault(static error => error.ErrorCode == ErrorCodes.Refusal);
        WriteHead(json, message, "assistant");
        if (message.Text is { Length: > 0 } text)
        {
            json.WriteString("content", text);
        }
        else if (calls.Count == 0 && refusal is null)
        {
            json.WriteString("content", "");
        }

        if (refusal is not null)
        {
            json.WriteString("refusal", refusal.Message);
        }

        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            calls.ForEach(call => WriteCall(json, call));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.CallId);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments is null
            ? "{}"
            : JsonSerializer.Serialize(call.Arguments, Compact.GetTypeInfo(typeof(IDictionary<string, object?>))));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>OpenAI takes one message for each result.</summary>
    private static void WriteToolResults(Utf8JsonWriter json, ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            if (content is not FunctionResultContent result)
            {
                throw new ProviderRequestException(PromptErrorCode.Configuration, $"A tool message can hold results only, not {content.GetType().Name}.");
            }

            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", result.CallId);
            json.WriteString("content", result.Result switch
            {
                null => "",
                string text => text,
                JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
                JsonElement element => element.GetRawText(),
                TextContent text => text.Text,
                var value => JsonSerializer.Serialize(value, Compact.GetTypeInfo(typeof(object))),
            });
            json.WriteEndObject();
        }
    }

    private static void WriteHead(Utf8JsonWriter json, ChatMessage message, string role)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        if (!string.IsNullOrEmpty(message.AuthorName))
        {
            json.WriteString("name", ChatRequestWriter.Sanitize(message.AuthorName, ""));
        }
    }
}
