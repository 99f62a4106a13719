using System.Net.Http.Headers;
using System.Text.Json;
using PromptGen.Execution;

namespace PromptGen.Anthropic;

/// <summary>
/// Reads error answers before the SDK does: its exceptions carry the provider's text in their messages and no header, so that the wait
/// that the provider asks for would be lost.
/// </summary>
internal sealed class AnthropicResponseHandler : DelegatingHandler
{
    private const int MaxErrorLength = 16 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            if (response.Content.Headers.ContentType?.MediaType is "text/html")
            {
                response.Dispose();
                throw new ProviderRequestException(PromptErrorCode.ProtocolError, "The provider answered with a web page.") { Status = (int)response.StatusCode };
            }

            await CapAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }

        using (response)
        {
            throw await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CapAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var whole = response.Content;
        var capped = new StreamContent(new CappedStream(await whole.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)));
        foreach (var header in whole.Headers)
        {
            capped.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = capped;
    }

    private static async Task<ProviderRequestException> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (type, code, message) = await ReadBodyAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var failure = Classify(status, type, code, message);
        return new ProviderRequestException(failure, $"The request failed: {failure}, HTTP status {status}.")
        {
            Status = status,
            ErrorCode = code ?? type,
            RequestId = Values(response.Headers, "request-id")?.FirstOrDefault(),
            RetryAfter = RetryAfter.Parse(Values(response.Headers, "Retry-After"), Values(response.Headers, "retry-after-ms"), DateTimeOffset.UtcNow),
        };
    }

    // The codes of spend limits are many (contract, tier, workspace) and mean the same: waiting does not help.
    private static PromptErrorCode Classify(int status, string? type, string? code, string? message) =>
        code?.Contains("spend_limit", StringComparison.Ordinal) is true ? PromptErrorCode.QuotaExhausted : HttpFailure.Classify(status, code, type, message);

    private static async Task<(string? Type, string? Code, string? Message)> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[MaxErrorLength];
            var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            var error = Member(document.RootElement, "error");
            return (Text(error, "type"), Text(Member(error, "details"), "error_code"), Text(error, "message"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or HttpRequestException)
        {
            // The status says enough.
            return default;
        }
    }

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static IEnumerable<string>? Values(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values : null;
}
