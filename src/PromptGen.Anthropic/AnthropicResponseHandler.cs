using System.Net.Http.Headers;
using System.Text.Json;
using PromptGen.Providers;

namespace PromptGen.Anthropic;

/// <summary>
/// Reads error answers before the SDK does: its exceptions carry the provider's text in their messages and no header, so that the wait
/// that the provider asks for would be lost. Keeps the request's body from following a redirect.
/// </summary>
internal sealed class AnthropicResponseHandler : DelegatingHandler
{
    private const int MaxErrorLength = 16 * 1024;

    private static readonly AsyncLocal<ExpectedAnswer?> Expected = new();

    private static AnswerCap Cap => Expected.Value?.Cap ?? AnswerCap.Of(null);

    /// <summary>Says what is to be done with the answer to the request that the current asynchronous flow sends next: the SDK has no other way to hand it down.</summary>
    public static void Expect(ExpectedAnswer answer) => Expected.Value = answer;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? new BoundContent(request, content) : null;
        request.Content = body;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (body is { WasRedirected: true })
        {
            response.Dispose();
            throw BoundContent.Redirected();
        }

        if (Expected.Value is { } expected)
        {
            expected.RateLimits.Report(expected.ModelId, RateLimitHeaders.Read(response.Headers));
        }

        if (response.IsSuccessStatusCode)
        {
            if (response.Content.Headers.ContentType?.MediaType is "text/html")
            {
                response.Dispose();
                throw new ProviderRequestException(PromptErrorCode.ProtocolError, "The provider answered with a web page.") { Status = (int)response.StatusCode };
            }

            if (await TakeAsync(response, cancellationToken).ConfigureAwait(false) is not { } error)
            {
                return response;
            }

            response.Dispose();
            throw error;
        }

        using (response)
        {
            throw await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Bounds the body. A plain one is read here: gateways answer with an error and status 200, in which the SDK sees a broken message only.
    /// </summary>
    private static async Task<ProviderRequestException?> TakeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var whole = response.Content;
        var stream = await whole.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var isEvents = whole.Headers.ContentType?.MediaType is "text/event-stream";
        Stream body = isEvents ? CappedStream.Events(stream, Cap) : CappedStream.Whole(stream, Cap);
        ProviderRequestException? error = null;
        if (whole.Headers.ContentType?.MediaType is "application/json")
        {
            var buffer = new MemoryStream();
            await using (body.ConfigureAwait(false))
            {
                await body.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
            }

            error = ErrorIn(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
            buffer.Position = 0;
            body = buffer;
        }

        response.Content = new StreamContent(body);
        foreach (var header in whole.Headers)
        {
            response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return error;
    }

    private static ProviderRequestException? ErrorIn(ReadOnlyMemory<byte> body)
    {
        // The text of an answer may mention errors: only a body that contains the name of the member in quotes is parsed.
        if (body.Span.IndexOf("\"error\""u8) < 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (Member(document.RootElement, "error") is not { ValueKind: JsonValueKind.Object } error)
            {
                return null;
            }

            var (type, code, message) = Read(error);
            var failure = Classify(0, type, code, message);
            return new ProviderRequestException(failure, $"The answer holds an error: {failure}.") { ErrorCode = code ?? type };
        }
        catch (JsonException)
        {
            // What is wrong with the message is the SDK's to say.
            return null;
        }
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
            return Read(Member(document.RootElement, "error"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or HttpRequestException)
        {
            // The status says enough.
            return default;
        }
    }

    private static (string? Type, string? Code, string? Message) Read(JsonElement? error) =>
        (Text(error, "type"), Text(Member(error, "details"), "error_code"), Text(error, "message"));

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static IEnumerable<string>? Values(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values : null;
}
