using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.Telemetry;

/// <summary>
/// Messages as the GenAI conventions write them: <c>[{"role":"user","parts":[{"type":"text","content":"…"}]}]</c>. Every text passes the redaction
/// first. Bytes are not written, nor arguments of tools.
/// </summary>
internal sealed class MessageContent(Func<string, string>? redact)
{
    private readonly ContentJson _content = new(redact);

    /// <summary>The instructions and the leading system messages of a request: <c>gen_ai.system_instructions</c>; null = there are none.</summary>
    public string? Instructions(IReadOnlyList<ChatMessage> messages, string? instructions) =>
        instructions is null && (messages is [] or [{ Role.Value: not "system" }, ..]) ? null : ContentJson.Write(json =>
        {
            json.WriteStartArray();
            Text(json, "text", instructions);
            var leading = Leading(messages);
            for (var i = 0; i < leading; i++)
            {
                Parts(json, messages[i].Contents);
            }

            json.WriteEndArray();
        });

    /// <summary>All other messages of a request: <c>gen_ai.input.messages</c>.</summary>
    public string? Input(IReadOnlyList<ChatMessage> messages) => ContentJson.Write(json =>
    {
        json.WriteStartArray();
        for (var i = Leading(messages); i < messages.Count; i++)
        {
            Message(json, messages[i], finishReason: null);
        }

        json.WriteEndArray();
    });

    /// <summary>The answer: <c>gen_ai.output.messages</c>.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="streamedText">The text of a stream, whose response has no messages; null = it was not streamed.</param>
    public string? Output(ChatResponse response, string? streamedText) => ContentJson.Write(json =>
    {
        json.WriteStartArray();
        foreach (var message in streamedText is null ? response.Messages : [new ChatMessage(ChatRole.Assistant, streamedText)])
        {
            Message(json, message, response.FinishReason?.Value ?? "");
        }

        json.WriteEndArray();
    });

    private static int Leading(IReadOnlyList<ChatMessage> messages)
    {
        var count = 0;
        while (count < messages.Count && messages[count].Role == ChatRole.System)
        {
            count++;
        }

        return count;
    }

    private static void Media(Utf8JsonWriter json, string type, string mediaType)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("mime_type", mediaType);
        json.WriteEndObject();
    }

    private void Message(Utf8JsonWriter json, ChatMessage message, string? finishReason)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        json.WriteStartArray("parts");
        Parts(json, message.Contents);
        json.WriteEndArray();
        if (finishReason is not null)
        {
            json.WriteString("finish_reason", finishReason);
        }

        json.WriteEndObject();
    }

    private void Parts(Utf8JsonWriter json, IList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent text:
                    Text(json, "text", text.Text);
                    break;
                case TextReasoningContent reasoning:
                    Text(json, "reasoning", reasoning.Text);
                    break;
                case ErrorContent error:
                    Text(json, "error", error.Message);
                    break;
                case DataContent data:
                    Media(json, "blob", data.MediaType);
                    break;
                case UriContent uri:
                    Media(json, "uri", uri.MediaType);
                    break;
                case FunctionCallContent call:
                    Text(json, "tool_call", call.Name, "name");
                    break;
                default:
                    break;
            }
        }
    }

    private void Text(Utf8JsonWriter json, string type, string? text, string property = "content")
    {
        if (text is not null && _content.Redacted(text) is { } clean)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString(property, clean);
            json.WriteEndObject();
        }
    }
}
