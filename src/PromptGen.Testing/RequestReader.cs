using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PromptGen.Testing.Protocols;

namespace PromptGen.Testing;

/// <summary>Turns an HTTP request into a <see cref="ModelRequest"/>.</summary>
internal static class RequestReader
{
    public static async Task<ModelRequest> ReadAsync(HttpContext context, WireProtocol protocol, CancellationToken aborted)
    {
        var body = await ReadBodyAsync(context).ConfigureAwait(false);
        var isObject = body.ValueKind == JsonValueKind.Object;
        return new ModelRequest
        {
            Protocol = protocol.Protocol,
            ModelId = isObject && body.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String ? model.GetString()! : "",
            IsStreaming = isObject && body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True,
            Messages = protocol.ReadMessages(body),
            Schema = protocol.ReadSchema(body),
            MaxOutputTokens = protocol.ReadMaxOutputTokens(body),
            Body = body,
            Aborted = aborted,
            Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
    }

    private static async Task<JsonElement> ReadBodyAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
