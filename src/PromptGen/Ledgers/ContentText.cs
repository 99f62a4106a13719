using Microsoft.Extensions.AI;
using PromptGen.Telemetry;

namespace PromptGen.Ledgers;

/// <summary>Writes messages and answers for a ledger. Every text passes the redaction first; bytes and arguments of tools are not written.</summary>
/// <param name="redact">The redaction; null = texts are kept as they are.</param>
internal sealed class ContentText(Func<string, string>? redact)
{
    private readonly ContentJson _content = new(redact);

    /// <returns><c>[{"role":"user","content":"…"}]</c>; null where a text cannot be written.</returns>
    public string? Of(IReadOnlyList<ChatMessage> messages)
    {
        var isWhole = true;
        var written = ContentJson.Write(json =>
        {
            json.WriteStartArray();
            foreach (var message in messages)
            {
                var text = Of(message.Text);
                isWhole &= text is not null;
                json.WriteStartObject();
                json.WriteString("role", message.Role.Value);
                json.WriteString("content", text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return isWhole ? written : null;
    }

    /// <returns>The text after its redaction; null where that fails.</returns>
    public string? Of(string text) => _content.Redacted(text);
}
