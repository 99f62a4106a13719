using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Polly;
using PromptGen.Providers;

namespace PromptGen.Testing;

/// <summary>
/// A client that fails at random as providers do, by Polly's chaos strategies, and otherwise passes requests on. The n-th request of a client
/// gets the fault that <see cref="ChaosOptions.FaultOf"/> returns for n. Thread-safe.
/// </summary>
public sealed class ChaosChatClient : DelegatingChatClient
{
    private readonly ChaosOptions _options;
    private readonly ResiliencePipeline<ChatResponse?> _chaos;
    private readonly long[] _injected = new long[Enum.GetValues<ChaosFault>().Length];
    private long _requests;

    /// <summary>Puts chaos in front of a client.</summary>
    /// <param name="inner">Answers the requests that meet no fault.</param>
    /// <param name="options">The rates of faults; must not be changed afterwards.</param>
    public ChaosChatClient(IChatClient inner, ChaosOptions options)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _chaos = ChaosPipeline.Create(options);
    }

    /// <summary>The requests so far, failed ones too.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>How many requests have met a fault.</summary>
    /// <param name="fault">The fault; <see cref="ChaosFault.None"/> = none.</param>
    /// <returns>Their number so far.</returns>
    public long Injected(ChaosFault fault) => Interlocked.Read(ref _injected[(int)fault]);

    /// <inheritdoc />
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        await InjectAsync(Next(), cancellationToken).ConfigureAwait(false)
        ?? await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var fault = Next();
        if (fault != ChaosFault.Truncated && await InjectAsync(fault, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            foreach (var update in answer.ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
            if (fault == ChaosFault.Truncated)
            {
                throw new ProviderRequestException(PromptErrorCode.Truncated, "Chaos: the stream was closed before the answer was finished.");
            }
        }
    }

    /// <inheritdoc />
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType == typeof(IFailureClassifier)
            ? new Classifier(InnerClient.GetService(serviceType) as IFailureClassifier)
            : base.GetService(serviceType, serviceKey);
    }

    private ChaosFault Next()
    {
        var fault = _options.FaultOf(Interlocked.Increment(ref _requests));
        Interlocked.Increment(ref _injected[(int)fault]);
        return fault;
    }

    /// <returns>A poor answer; null = the request goes on.</returns>
    private async ValueTask<ChatResponse?> InjectAsync(ChaosFault fault, CancellationToken cancellationToken)
    {
        if (fault == ChaosFault.None)
        {
            return null;
        }

        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            context.Properties.Set(ChaosPipeline.Fault, fault);
            return await _chaos.ExecuteAsync(static _ => default(ValueTask<ChatResponse?>), context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private sealed class Classifier(IFailureClassifier? inner) : IFailureClassifier
    {
        public PromptFailure? Classify(Exception exception) => ProviderFailureClassifier.Instance.Classify(exception) ?? inner?.Classify(exception);
    }
}
