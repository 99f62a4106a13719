using System.Buffers;
using System.Text.Json;

namespace PromptGen.Testing.Protocols;

/// <summary>The answer to <c>GET /v1/models</c>.</summary>
internal static class ModelListing
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<string> modelIds, bool anthropic)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var id in modelIds)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            if (anthropic)
            {
                json.WriteString("type", "model");
                json.WriteString("display_name", id);
                json.WriteString("created_at", "2024-01-01T00:00:00Z");
            }
            else
            {
                json.WriteString("object", "model");
                json.WriteNumber("created", 1_700_000_000);
                json.WriteString("owned_by", "test");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more", false);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
