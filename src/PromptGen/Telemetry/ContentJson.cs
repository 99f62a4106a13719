using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PromptGen.Telemetry;

/// <summary>Writes content of calls as JSON. Every text passes the redaction first.</summary>
/// <param name="redact">The redaction; null = texts are kept as they are.</param>
internal sealed class ContentJson(Func<string, string>? redact)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The JSON; null where it cannot be written.</returns>
    public static string? Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using (var json = new Utf8JsonWriter(buffer, Readable))
            {
                write(json);
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
    public string? Redacted(string text)
    {
        try
        {
            return redact is null ? text : redact(text);
        }
        catch (Exception)
        {
            // What cannot be redacted must not be reported or kept.
            return null;
        }
    }
}
