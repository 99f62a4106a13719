using System.ClientModel.Primitives;
using System.Text.Json;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Responses;

/// <summary>Turns an error answer into an exception that holds its meaning and none of its text.</summary>
internal static class ErrorReader
{
    private const int MaxBodyLength = 64 * 1024;

    /// <summary>Reads an answer that is not a success.</summary>
    public static async ValueTask<ProviderRequestException> ReadAsync(PipelineResponse response, string modelId, CancellationToken cancellationToken)
    {
        var (code, type, message, delay) = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        var failure = HttpFailure.Classify(response.Status, code, type, message);
        return new ProviderRequestException(failure, $"The request to {modelId} failed: {failure}, HTTP status {response.Status}.")
        {
            Status = response.Status,
            ErrorCode = code ?? type,
            RequestId = Header(response, "x-request-id"),
            RetryAfter = RetryAfter.Parse(Headers(response, "Retry-After"), Headers(response, "retry-after-ms"), DateTimeOffset.UtcNow) ?? RetryAfter.Parse(delay, null, DateTimeOffset.UtcNow),
        };
    }

    /// <summary>Reads an error from an answer with status 200 or from a stream.</summary>
    /// <returns>The exception; null where there is no error.</returns>
    public static ProviderRequestException? Read(JsonElement answer, string modelId)
    {
        if (answer.Member("error"u8) is not { ValueKind: JsonValueKind.Object or JsonValueKind.String } error)
        {
            return null;
        }

        var (code, type, message) = Names(error);
        var status = int.TryParse(code, out var number) ? number : 0;
        var failure = HttpFailure.Classify(status, code, type, message);
        return new ProviderRequestException(failure, $"The answer of {modelId} holds an error: {failure}.") { ErrorCode = code ?? type };
    }

    private static async ValueTask<(string? Code, string? Type, string? Message, string? Delay)> ReadBodyAsync(PipelineResponse response, CancellationToken cancellationToken)
    {
        try
        {
            if (response.ContentStream is not { } stream)
            {
                return default;
            }

            using var document = await JsonDocument.ParseAsync(new CappedStream(stream, MaxBodyLength), default, cancellationToken).ConfigureAwait(false);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            {
                root = root[0];
            }

            var error = root.Member("error"u8) is { ValueKind: not JsonValueKind.Null } inner ? inner : root;
            var (code, type, message) = Names(error);
            return (code, type, message, Delay(error));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or HttpRequestException or ProviderRequestException)
        {
            // The status says enough.
            return default;
        }
    }

    private static (string? Code, string? Type, string? Message) Names(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return (null, null, error.GetString());
        }

        // Azure says the reason one level further in.
        var inner = error.Member("innererror"u8)?.Text("code"u8);
        return (error.TextOrNumber("code"u8) ?? inner, error.Text("type"u8) ?? error.Text("status"u8), error.Text("message"u8));
    }

    /// <summary>Google says in the error how long to wait, for example <c>"retryDelay": "34s"</c>.</summary>
    private static string? Delay(JsonElement error) =>
        error.Member("details"u8) is { ValueKind: JsonValueKind.Array } details
            ? details.EnumerateArray().Select(static detail => detail.Text("retryDelay"u8)).FirstOrDefault(static delay => delay is not null)?.TrimEnd('s')
            : null;

    private static string? Header(PipelineResponse response, string name) => response.Headers.TryGetValue(name, out var value) ? value : null;

    private static IEnumerable<string>? Headers(PipelineResponse response, string name) => response.Headers.TryGetValues(name, out var values) ? values : null;
}
