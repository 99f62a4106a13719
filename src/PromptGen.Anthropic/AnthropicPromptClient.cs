using System.Runtime.CompilerServices;
using System.Text.Json;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using PromptGen.Providers;
using RawMessageStreamEvent = Anthropic.Models.Messages.RawMessageStreamEvent;

namespace PromptGen.Anthropic;

/// <summary>The SDK's own chat client with its gaps closed: failures classified, sampling options sent, refusals and cut streams recognisable.</summary>
internal sealed class AnthropicPromptClient(IChatClient inner, string? modelId, int maxOutputTokens, RedirectHandling redirects) : DelegatingChatClient(inner)
{
    private readonly RateLimitFeed _rateLimits = new();

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AnthropicResponseHandler.Expect(ExpectedAnswer(options));
        try
        {
            var completed = AnthropicRequestOptions.Complete(options, modelId, maxOutputTokens);
            var response = await base.GetResponseAsync(messages, completed, cancellationToken).ConfigureAwait(false);
            if (response.FinishReason == ChatFinishReason.ContentFilter && response.Messages.Count > 0)
            {
                response.Messages[^1].Contents.Add(Refusal());
            }

            return response;
        }
        catch (Exception exception) when (Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AnthropicResponseHandler.Expect(ExpectedAnswer(options));
        var completed = AnthropicRequestOptions.Complete(options, modelId, maxOutputTokens);
        var updates = base.GetStreamingResponseAsync(messages, completed, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            ChatResponseUpdate? last = null;
            ChatFinishReason? finishReason = null;
            while (await MoveNextAsync(updates).ConfigureAwait(false))
            {
                last = updates.Current;
                finishReason ??= last.FinishReason;
                yield return IsArgument(last) ? UpdateProgress.Mark(last) : last;
            }

            if (IsRefused(last, finishReason))
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [Refusal()]) { MessageId = last!.MessageId, ResponseId = last.ResponseId, FinishReason = finishReason };
            }
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? base.GetService(serviceType, serviceKey)
            : serviceType == typeof(IFailureClassifier) ? ProviderFailureClassifier.Instance
            : serviceType == typeof(RedirectHandling) ? redirects
            : serviceType == typeof(RateLimitFeed) ? _rateLimits
            : base.GetService(serviceType, serviceKey);
    }

    private ExpectedAnswer ExpectedAnswer(ChatOptions? options) => new(AnswerCap.Of(options, maxOutputTokens), options?.ModelId ?? modelId ?? "", _rateLimits);

    /// <summary>The adapter collects the arguments of a tool call, and sends an empty update for each part.</summary>
    private static bool IsArgument(ChatResponseUpdate update) =>
        update is { Contents.Count: 0, RawRepresentation: RawMessageStreamEvent raw }
        && raw.TryPickContentBlockDelta(out var block)
        && block.Delta.TryPickInputJson(out var json)
        && json.PartialJson.Length > 0;

    /// <summary>Judges a stream that has ended; one that was cut off must not look finished.</summary>
    private static bool IsRefused(ChatResponseUpdate? last, ChatFinishReason? finishReason) =>
        last is null ? throw new ProviderRequestException(PromptErrorCode.ProtocolError, "The stream holds no answer.")
        : finishReason is null ? throw new ProviderRequestException(PromptErrorCode.Truncated, "The stream was closed before the answer was finished.")
        : finishReason == ChatFinishReason.ContentFilter;

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    // The adapter reports the stop reason "refusal", which is the model's, as if a filter had stepped in.
    private static ErrorContent Refusal() => new("The model refused to answer.") { ErrorCode = ErrorCodes.Refusal };

    /// <summary>Classifies the SDK's failures, without their text; null for what is classified already, and for cancellation.</summary>
    private static ProviderRequestException? Translate(Exception exception) => exception switch
    {
        ProviderRequestException or OperationCanceledException => null,
        AnthropicIOException { InnerException: { } inner } => Translate(inner) ?? ConnectionFailed(inner),
        AnthropicSseException error => StreamError(error),
        AnthropicApiException error => new ProviderRequestException(
            HttpFailure.Classify((int)error.StatusCode, error.ErrorCode),
            $"The request failed with HTTP status {(int)error.StatusCode}."),
        AnthropicInvalidDataException or JsonException or FormatException =>
            new ProviderRequestException(PromptErrorCode.ProtocolError, "The answer is not a message of Anthropic's protocol.", exception as JsonException),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } =>
            new ProviderRequestException(PromptErrorCode.ProtocolError, "The provider does not answer in HTTP.", exception),
        HttpRequestException or IOException => ConnectionFailed(exception),
        AnthropicException => new ProviderRequestException(PromptErrorCode.ProtocolError, "The SDK could not read the answer."),
        _ => null,
    };

    private static ProviderRequestException ConnectionFailed(Exception exception) =>
        new(PromptErrorCode.Transport, "The connection to the provider failed.", exception);

    private static ProviderRequestException StreamError(AnthropicSseException error)
    {
        var type = TypeOf(error);
        var failure = HttpFailure.Classify(0, error.ErrorCode, type);
        return new ProviderRequestException(failure, $"The stream holds an error: {failure}.") { ErrorCode = error.ErrorCode ?? type };
    }

    private static string? TypeOf(AnthropicServiceException error) =>
        error.Body is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty("error", out var inner)
        && inner.ValueKind == JsonValueKind.Object
        && inner.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;
}
