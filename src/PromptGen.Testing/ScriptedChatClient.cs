using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Testing;

/// <summary>
/// A model that answers from a script: prepared answers in order, then a function of the request if one was given. It records its
/// requests. Thread-safe.
/// </summary>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly object _lock = new();
    private readonly Queue<Answer> _script = new();
    private readonly Answer? _otherwise;
    private readonly List<ScriptedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource<ScriptedRequest> Source)> _waits = [];

    /// <summary>A client without answers yet; see <see cref="Answers(string, long?, long?, long?, ChatFinishReason?, string?)"/>.</summary>
    public ScriptedChatClient()
    {
    }

    /// <summary>A client that answers with these texts, in order.</summary>
    /// <param name="answers">The texts.</param>
    public ScriptedChatClient(params string[] answers)
    {
        foreach (var answer in answers)
        {
            Answers(answer);
        }
    }

    /// <summary>A client that computes its answers from the requests.</summary>
    /// <param name="answer">Gives the text of the answer.</param>
    public ScriptedChatClient(Func<ScriptedRequest, string> answer)
        : this((request, _) => Task.FromResult(Response(answer(request))))
    {
    }

    /// <summary>A client that computes its answers from the requests.</summary>
    /// <param name="answer">Gives the answer, or throws.</param>
    public ScriptedChatClient(Func<ScriptedRequest, CancellationToken, Task<ChatResponse>> answer) => _otherwise = new Answer(answer);

    /// <summary>The requests in order of arrival, failed ones too.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>The services that <see cref="GetService"/> returns, besides the client itself.</summary>
    public IList<object> Services { get; } = [];

    /// <summary>Adds an answer to the script.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="inputTokens">The input tokens it reports; null together with <paramref name="outputTokens"/> = no usage at all.</param>
    /// <param name="outputTokens">The output tokens it reports.</param>
    /// <param name="cachedTokens">The input tokens read from a cache.</param>
    /// <param name="finishReason">Why the answer ended. Default: <see cref="ChatFinishReason.Stop"/>.</param>
    /// <param name="modelId">The model named in the answer; null = none.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Answers(
        string text,
        long? inputTokens = null,
        long? outputTokens = null,
        long? cachedTokens = null,
        ChatFinishReason? finishReason = null,
        string? modelId = null)
    {
        var response = Response(text, finishReason);
        response.ModelId = modelId;
        if (inputTokens is not null || outputTokens is not null)
        {
            response.Usage = new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = outputTokens, CachedInputTokenCount = cachedTokens };
        }

        return Answers(response);
    }

    /// <summary>Adds an answer with the log-probabilities of its tokens to the script. They are handed over whether the request asks for them or not.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="tokens">The tokens of the text; see <see cref="AnswerTokens"/>.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Answers(string text, IReadOnlyList<TokenLogProbability> tokens)
    {
        var response = Response(text);
        LogProbabilities.Set(response, tokens);
        return Answers(response);
    }

    /// <summary>Adds an answer to the script.</summary>
    /// <param name="response">The answer; null = the client returns null.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Answers(ChatResponse? response) => Then((_, _) => Task.FromResult(response!));

    /// <summary>Adds a failure to the script: the task that the client returns is faulted.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Fails(Exception exception) => Then((_, _) => Task.FromException<ChatResponse>(exception));

    /// <summary>Adds a request to the script that is never answered; it ends when its token is cancelled.</summary>
    /// <returns>This client.</returns>
    public ScriptedChatClient Hangs() => Then(static async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    });

    /// <summary>Adds an answer of any kind to the script.</summary>
    /// <param name="answer">Gives the answer; what it throws before it returns a task the client throws too.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Then(Func<ScriptedRequest, CancellationToken, Task<ChatResponse>> answer) => Then(new Answer(answer));

    /// <summary>Adds an answer to the script that streams in these pieces and ends with <see cref="ChatFinishReason.Stop"/>.</summary>
    /// <param name="pieces">The pieces of its text, one update each.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Streams(params string[] pieces) => Streams((_, _) => Pieces(pieces));

    /// <summary>Adds a stream of any kind to the script. Asked for a whole answer, the client gives the stream's updates put together.</summary>
    /// <param name="updates">Gives the updates; what it throws before it returns them the client throws too.</param>
    /// <returns>This client.</returns>
    public ScriptedChatClient Streams(Func<ScriptedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> updates) =>
        Then(new Answer((request, cancellationToken) => updates(request, cancellationToken).ToChatResponseAsync(cancellationToken), updates));

    /// <summary>Completes when a request has arrived; at once where it has already.</summary>
    /// <param name="count">Which request, counted from 1.</param>
    /// <returns>The request.</returns>
    public Task<ScriptedRequest> WaitForRequestAsync(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_lock)
        {
            if (_requests.Count >= count)
            {
                return Task.FromResult(_requests[count - 1]);
            }

            var source = new TaskCompletionSource<ScriptedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((count, source));
            return source.Task;
        }
    }

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Next(messages, options, isStreaming: false, cancellationToken, out var request).Whole(request, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var answer = Next(messages, options, isStreaming: true, cancellationToken, out var request);
        return answer.Updates?.Invoke(request, cancellationToken) ?? UpdatesAsync(answer, request, cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : Services.FirstOrDefault(serviceType.IsInstanceOfType) ?? (serviceType == typeof(RedirectHandling) ? RedirectHandling.NotFollowed : null);
    }

    /// <inheritdoc />
    public void Dispose() => IsDisposed = true;

    private static ChatResponse Response(string text, ChatFinishReason? finishReason = null) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = finishReason ?? ChatFinishReason.Stop };

    private static async IAsyncEnumerable<ChatResponseUpdate> UpdatesAsync(
        Answer answer,
        ScriptedRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = await answer.Whole(request, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Pieces(string[] pieces)
    {
        foreach (var piece in pieces)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        await Task.CompletedTask.ConfigureAwait(false);
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    private ScriptedChatClient Then(Answer answer)
    {
        lock (_lock)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    private Answer Next(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStreaming, CancellationToken cancellationToken, out ScriptedRequest request)
    {
        Answer? answer;
        int count;
        request = new ScriptedRequest(messages, options, isStreaming, cancellationToken);
        lock (_lock)
        {
            _requests.Add(request);
            count = _requests.Count;
            foreach (var wait in _waits)
            {
                if (wait.Count <= count)
                {
                    wait.Source.TrySetResult(_requests[wait.Count - 1]);
                }
            }

            _waits.RemoveAll(wait => wait.Count <= count);
            answer = _script.TryDequeue(out var scripted) ? scripted : _otherwise;
        }

        return answer ?? throw new ProviderRequestException(
            PromptErrorCode.Configuration, $"The script of the ScriptedChatClient has no answer for request {count} ({options?.ModelId ?? "no model"}). Add one with Answers, or give the client a function.");
    }

    /// <summary>How a request is answered.</summary>
    private sealed record Answer(
        Func<ScriptedRequest, CancellationToken, Task<ChatResponse>> Whole,
        Func<ScriptedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>? Updates = null);
}
