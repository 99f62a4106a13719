using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using PromptGen.OpenAI.Requests;
using PromptGen.OpenAI.Responses;
using PromptGen.Providers;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace PromptGen.OpenAI;

/// <summary>
/// Chat completions over the official SDK. Address, credentials and transport are the SDK's; bodies are written and read here, because its
/// typed methods end a truncated stream without an error, ignore errors in a stream and fail on finish reasons that they do not know.
/// </summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly string _modelId;
    private readonly ChatClientMetadata _metadata;
    private readonly RedirectHandling _redirects;
    private readonly RateLimitFeed _rateLimits = new();
    private readonly CompatibleApi _api;
    private readonly StoredCompletions? _stored;
    private readonly bool _sendsOnce;

    /// <param name="client">The SDK's client.</param>
    /// <param name="api">What the server takes; null = what OpenAI does.</param>
    /// <param name="storesAnswers">Whether the provider is asked to store answers.</param>
    /// <param name="sendsOnce">Whether the client's own pipeline has <see cref="SingleAttemptPolicy"/>; else it is added to that of each request, which takes longer.</param>
    public OpenAIChatClient(ChatClient client, CompatibleApi? api = null, bool storesAnswers = false, bool sendsOnce = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _api = api ?? CompatibleApi.OpenAI;
        _sendsOnce = sendsOnce;
        _redirects = PipelineRedirects.TurnOff(client.Pipeline);
#pragma warning disable OPENAI001 // Model and Endpoint are for evaluation only, and the only way to learn them.
        _modelId = client.Model;
        _metadata = new ChatClientMetadata(_api.Provider, client.Endpoint, client.Model);
#pragma warning restore OPENAI001
        _stored = storesAnswers ? new StoredCompletions(client, _modelId, _api) : null;
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var modelId = ModelOf(options);
        using var content = new SingleUseContent(ChatRequestWriter.Write(modelId, messages, options, streamed: false, _api), modelId);
        try
        {
            using var response = (await _client.CompleteChatAsync(content, Single(cancellationToken)).ConfigureAwait(false)).GetRawResponse();
            await CheckAsync(response, modelId, cancellationToken).ConfigureAwait(false);
            return await ChatResponseReader.ReadAsync(CappedStream.Whole(Body(response), AnswerCap.Of(options)), modelId, _api, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception, modelId) is { } translated)
        {
            throw translated;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var modelId = ModelOf(options);
        using var response = await OpenAsync(modelId, messages, options, cancellationToken).ConfigureAwait(false);
        var updates = ReadUpdatesAsync(response, modelId, AnswerCap.Of(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await MoveNextAsync(updates, modelId).ConfigureAwait(false))
            {
                yield return updates.Current;
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(IFailureClassifier) ? ProviderFailureClassifier.Instance
            : serviceType == typeof(RedirectHandling) ? _redirects
            : serviceType == typeof(RateLimitFeed) ? _rateLimits
            : serviceType == typeof(IStoredAnswers) ? _stored
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_client) ? _client
            : null;
    }

    public void Dispose()
    {
        // The SDK's client belongs to the caller and has nothing to dispose of.
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, string modelId)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception, modelId) is { } translated)
        {
            throw translated;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadUpdatesAsync(
        PipelineResponse response,
        string modelId,
        AnswerCap cap,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mediaType = response.Headers.TryGetValue("Content-Type", out var contentType) ? contentType : "";
        if (mediaType!.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            // A server that cannot stream answers at once.
            var whole = await ChatResponseReader.ReadAsync(CappedStream.Whole(Body(response), cap), modelId, _api, cancellationToken).ConfigureAwait(false);
            foreach (var update in whole.ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        await foreach (var update in new ChatStreamReader(modelId, _api).ReadAsync(CappedStream.Events(Body(response), cap), cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private static Stream Body(PipelineResponse response) => response.ContentStream ?? Stream.Null;

    /// <summary>Classifies failures of transport and decoding; null for what is classified already, and for cancellation.</summary>
    private static ProviderRequestException? Translate(Exception exception, string modelId) => exception switch
    {
        ProviderRequestException or OperationCanceledException => null,
        JsonException or InvalidOperationException or FormatException =>
            new ProviderRequestException(PromptErrorCode.ProtocolError, $"The answer of {modelId} is not valid JSON of a chat completion.", exception),
        AggregateException { InnerExceptions: [var first, ..] } => Translate(first, modelId),
        ClientResultException { Status: 0, InnerException: { } inner } => Translate(inner, modelId),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } =>
            new ProviderRequestException(PromptErrorCode.ProtocolError, $"The provider of {modelId} does not answer in HTTP.", exception),
        IOException or HttpRequestException or ClientResultException { Status: 0 } =>
            new ProviderRequestException(PromptErrorCode.Transport, $"The connection to the provider of {modelId} failed.", exception),
        _ => null,
    };

    private string ModelOf(ChatOptions? options) => ChatRequestWriter.ModelOf(options, _modelId);

    /// <summary>Sends a request whose answer is streamed. <see cref="GetResponseAsync"/> has the same statements inline, which saves an asynchronous method under each request.</summary>
    private async ValueTask<PipelineResponse> OpenAsync(string modelId, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var content = new SingleUseContent(ChatRequestWriter.Write(modelId, messages, options, streamed: true, _api), modelId);
        try
        {
            var response = (await _client.CompleteChatAsync(content, Single(cancellationToken)).ConfigureAwait(false)).GetRawResponse();
            await CheckAsync(response, modelId, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception exception) when (Translate(exception, modelId) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Options of a request that is sent once, and whose answer is read as it comes.</summary>
    private RequestOptions Single(CancellationToken cancellationToken)
    {
        var options = new RequestOptions
        {
            CancellationToken = cancellationToken,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
            BufferResponse = false,
        };
        if (!_sendsOnce)
        {
            options.AddPolicy(SingleAttemptPolicy.Instance, PipelinePosition.PerCall);
        }

        return options;
    }

    /// <summary>Reports what an answer says of rate limits.</summary>
    /// <exception cref="ProviderRequestException">It is not a success. The response is disposed.</exception>
    private ValueTask CheckAsync(PipelineResponse response, string modelId, CancellationToken cancellationToken)
    {
        _rateLimits.Report(modelId, RateLimitHeaders.Read(response.Headers));
        return response.Status is >= 200 and < 300 ? ValueTask.CompletedTask : FailAsync(response, modelId, cancellationToken);
    }

    private static async ValueTask FailAsync(PipelineResponse response, string modelId, CancellationToken cancellationToken)
    {
        using (response)
        {
            throw await ErrorReader.ReadAsync(response, modelId, cancellationToken).ConfigureAwait(false);
        }
    }
}
