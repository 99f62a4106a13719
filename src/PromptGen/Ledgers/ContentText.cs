using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.Ledgers;

/// <summary>Writes messages and answers for a ledger. Every text passes the redaction first; bytes and arguments of tools are not written.</summary>
/// <param name="redact">The redaction; null = texts are kept as they are.</param>
internal sealed class ContentText(Func<string, string>? redact)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns><c>[{"role":"user","content":"…"}]</c>; null where a text cannot be written.</returns>
    public string? Of(IReadOnlyList<ChatMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using (var json = new Utf8JsonWriter(buffer, Readable))
            {
                json.WriteStartArray();
                foreach (var message in messages)
                {
                    if (Of(message.Text) is not { } text)
                    {
                        return null;
                    }

                    json.WriteStartObject();
                    json.WriteString("role", message.Role.Value);
                    json.WriteString("content", text);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (Exception)
        {
            // Half a surrogate cannot be written, and contents are classes of whoever made the client.
            return null;
        }
    }

    /// <returns>The text after its redaction; null where that fails.</returns>
    public string? Of(string text)
    {
        try
        {
            return redact is null ? text : redact(text);
        }
        catch (Exception)
        {
            // What cannot be redacted must not be kept.
            return null;
        }
    }
}
