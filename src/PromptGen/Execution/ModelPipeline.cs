using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace PromptGen.Execution;

/// <summary>
/// The Polly pipeline of one model, shared by all calls: retry → circuit breaker → attempt time-out → request. The result that flows
/// through it is the <see cref="AttemptRunner"/> itself, so that a failure costs no exception on its way.
/// </summary>
internal sealed class ModelPipeline
{
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline<AttemptRunner> _pipeline;

    public ModelPipeline(ResilienceOptions options, TimeProvider timeProvider)
    {
        var pipeline = new ResiliencePipelineBuilder<AttemptRunner> { TimeProvider = timeProvider };
        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(Retry(options));
        }

        // The breaker has a clock of its own, and the time-out must stay inside it: a probe that never ends would keep the circuit half-open for good.
        var breaker = new ResiliencePipelineBuilder<AttemptRunner> { TimeProvider = new MonotonicTimeProvider(timeProvider) }
            .AddCircuitBreaker(CircuitBreaker(options, _circuit))
            .Build();

        _pipeline = pipeline.AddPipeline(breaker).AddTimeout(AttemptTimeout()).Build();
    }

    /// <summary>Whether the model is left alone after too many failures.</summary>
    public bool IsCircuitOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    public ValueTask<Outcome<AttemptRunner>> SendAsync(ResilienceContext context, AttemptRunner attempt) =>
        _pipeline.ExecuteOutcomeAsync(static (context, attempt) => attempt.SendAsync(context), context, attempt);

    private static RetryStrategyOptions<AttemptRunner> Retry(ResilienceOptions options) => new()
    {
        MaxRetryAttempts = options.MaxRetries,
        ShouldHandle = static args => new(args.Outcome.Result is { } attempt && attempt.IsWorthRetrying(args.AttemptNumber)),
        DelayGenerator = static args => new(args.Outcome.Result?.RetryDelay(args.AttemptNumber)),
    };

    private static CircuitBreakerStrategyOptions<AttemptRunner> CircuitBreaker(ResilienceOptions options, CircuitBreakerStateProvider circuit) => new()
    {
        FailureRatio = options.FailureRatio,
        MinimumThroughput = options.MinimumThroughput,
        SamplingDuration = options.SamplingDuration,
        BreakDuration = options.BreakDuration,
        StateProvider = circuit,
        ShouldHandle = args => new(Counts(args.Outcome, circuit)),
    };

    private static TimeoutStrategyOptions AttemptTimeout() => new()
    {
        TimeoutGenerator = static args => new(AttemptRunner.Of(args.Context).AttemptTimeout()),
    };

    /// <summary>
    /// A probe that its caller abandons says nothing about the model. Polly would close the circuit on it, so it counts as a failure there,
    /// and only there.
    /// </summary>
    private static bool Counts(Outcome<AttemptRunner> outcome, CircuitBreakerStateProvider circuit) => outcome.Result?.Code switch
    {
        PromptErrorCode.RateLimited or PromptErrorCode.Overloaded or PromptErrorCode.ServerError or PromptErrorCode.Transport
            or PromptErrorCode.ProtocolError or PromptErrorCode.AttemptTimeout => true,
        PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded or null => circuit.CircuitState == CircuitState.HalfOpen,
        _ => false,
    };
}
