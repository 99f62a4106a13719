using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Health;

/// <summary>
/// The Polly pipeline of one model, shared by all calls: retry → circuit breaker → request. The result that flows through it is the
/// <see cref="IPipelineRequest"/> itself, so that a failure costs no exception on its way. The request limits the time of its attempt, because
/// Polly's time-out cancels on a timer's thread, where a callback that throws ends the process.
/// </summary>
internal sealed class ModelPipeline
{
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly object _lookup = new();

    /// <summary>
    /// Whether the circuit was closed when its state was last looked up, which takes a lock that all calls share. It is looked up after each request that may have changed it: one that
    /// failed, or that the circuit breaker admitted.
    /// </summary>
    private volatile bool _wasClosed = true;
    private string _reported = Circuits.Closed;
    private readonly ResiliencePipeline<IPipelineRequest> _guard;
    private readonly ResiliencePipeline<IPipelineRequest>? _retry;

    public ModelPipeline(ResilienceOptions options, TimeProvider timeProvider)
    {
        _guard = new ResiliencePipelineBuilder<IPipelineRequest> { TimeProvider = new MonotonicTimeProvider(timeProvider) }
            .AddCircuitBreaker(CircuitBreaker(options, _circuit))
            .Build();
        _retry = options.MaxRetries == 0 ? null
            : new ResiliencePipelineBuilder<IPipelineRequest> { TimeProvider = timeProvider }.AddRetry(Retry(options)).Build();
    }

    /// <summary>Whether the model is not asked because of too many failures.</summary>
    public bool IsCircuitOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Whether a request is under way that finds out if the model is back.</summary>
    public bool IsProbed => _circuit.CircuitState == CircuitState.HalfOpen;

    /// <summary>
    /// Whether the circuit is in another state than when this was asked last; true to one asker only. Polly's own callbacks would take every
    /// change of state to another thread and have the call wait for it.
    /// </summary>
    public bool HasChanged(out string circuit)
    {
        circuit = Circuit;
        return circuit != _reported && Interlocked.Exchange(ref _reported, circuit) != circuit;
    }

    /// <summary>The state of the circuit as telemetry spells it.</summary>
    public string Circuit => _circuit.CircuitState switch
    {
        CircuitState.Closed => Circuits.Closed,
        CircuitState.HalfOpen => Circuits.HalfOpen,
        _ => Circuits.Open,
    };

    /// <summary>
    /// Sends a request once. A closed circuit admits every request and only counts how they end: a request does not wait inside Polly then, which would be
    /// three asynchronous methods more.
    /// </summary>
    /// <returns>Why it was not sent, where that is not up to the request; null = its code is how it ended.</returns>
    public ValueTask<Exception?> SendAsync(IPipelineRequest request, CancellationToken cancellationToken) =>
        !_wasClosed ? GuardAsync(request, cancellationToken)
        : cancellationToken.IsCancellationRequested ? new(new OperationCanceledException(cancellationToken))
        : request.SendAsync(isCounted: false);

    /// <summary>Counts how a request ended that a closed circuit admitted.</summary>
    public void Count(IPipelineRequest request)
    {
        // A circuit that has opened since would take the request for its probe.
        if (!_wasClosed)
        {
            return;
        }

        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false);
        var counting = _guard.ExecuteOutcomeAsync(static (_, request) => ValueTask.FromResult(Outcome.FromResult(request)), context, request);
        if (counting.IsCompletedSuccessfully)
        {
            // Always: nothing in it waits.
            _ = counting.Result;
            ResilienceContextPool.Shared.Return(context);
        }

        if (request.Code != PromptErrorCode.None)
        {
            LookUp();
        }
    }

    /// <summary>Sends a request again that failed, as often as that is worthwhile.</summary>
    /// <returns>The latest request that was sent, and why none followed where that is not up to the request.</returns>
    public async ValueTask<(IPipelineRequest Latest, Exception? Exception)> RetryAsync(IPipelineRequest failed, CancellationToken cancellationToken)
    {
        if (_retry is null)
        {
            return (failed, null);
        }

        var retries = new Retries(this, failed);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await _retry.ExecuteOutcomeAsync(static (context, retries) => retries.NextAsync(context.CancellationToken), context, retries).ConfigureAwait(false);
            return (retries.Latest, outcome.Exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Lets the circuit breaker decide whether a request is sent.</summary>
    private async ValueTask<Exception?> GuardAsync(IPipelineRequest request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            return (await _guard.ExecuteOutcomeAsync(static (_, request) => SendGuardedAsync(request), context, request).ConfigureAwait(false)).Exception;
        }
        finally
        {
            LookUp();
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>The last lookup sees the last change, because none begins before the one before has ended.</summary>
    private void LookUp()
    {
        lock (_lookup)
        {
            _wasClosed = _circuit.CircuitState == CircuitState.Closed;
        }
    }

    private static async ValueTask<Outcome<IPipelineRequest>> SendGuardedAsync(IPipelineRequest request) =>
        await request.SendAsync(isCounted: true).ConfigureAwait(false) is { } exception ? Outcome.FromException<IPipelineRequest>(exception) : Outcome.FromResult(request);

    private static RetryStrategyOptions<IPipelineRequest> Retry(ResilienceOptions options) => new()
    {
        MaxRetryAttempts = options.MaxRetries,
        ShouldHandle = static args => new(args.Outcome.Result is { } request && request.IsWorthRetrying(args.AttemptNumber)),
        DelayGenerator = static args => new(args.Outcome.Result?.RetryDelay(args.AttemptNumber)),
    };

    private static CircuitBreakerStrategyOptions<IPipelineRequest> CircuitBreaker(ResilienceOptions options, CircuitBreakerStateProvider circuit) => new()
    {
        FailureRatio = options.FailureRatio,
        MinimumThroughput = options.MinimumThroughput,
        SamplingDuration = options.SamplingDuration,
        BreakDuration = options.BreakDuration,
        StateProvider = circuit,
        ShouldHandle = args => new(IsFailure(args.Outcome, circuit)),
    };

    /// <summary>
    /// A probe that its caller abandons, cannot pay for, or does not wait for, says nothing about the model. Polly would close the circuit on it, so it counts as a failure there,
    /// and only there.
    /// </summary>
    private static bool IsFailure(Outcome<IPipelineRequest> outcome, CircuitBreakerStateProvider circuit) => outcome.Result?.Code switch
    {
        PromptErrorCode.RateLimited or PromptErrorCode.Overloaded or PromptErrorCode.ServerError or PromptErrorCode.Transport
            or PromptErrorCode.ProtocolError or PromptErrorCode.AttemptTimeout or PromptErrorCode.FirstTokenTimeout
            or PromptErrorCode.StreamIdleTimeout => true,
        PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded or PromptErrorCode.BudgetExceeded
            or PromptErrorCode.CircuitOpen or null => circuit.CircuitState == CircuitState.HalfOpen,
        _ => false,
    };

    /// <summary>What the retry strategy calls: it returns the failed request first, then sends new ones.</summary>
    private sealed class Retries(ModelPipeline pipeline, IPipelineRequest failed)
    {
        private bool _started;

        /// <summary>The latest request that was sent.</summary>
        public IPipelineRequest Latest { get; private set; } = failed;

        public async ValueTask<Outcome<IPipelineRequest>> NextAsync(CancellationToken cancellationToken)
        {
            if (!_started)
            {
                _started = true;
                return Outcome.FromResult(Latest);
            }

            var next = Latest.Again();
            if (await pipeline.SendAsync(next, cancellationToken).ConfigureAwait(false) is { } exception)
            {
                return Outcome.FromException<IPipelineRequest>(exception);
            }

            Latest = next;
            return Outcome.FromResult(next);
        }
    }
}
