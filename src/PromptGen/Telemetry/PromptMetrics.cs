using System.Diagnostics.Metrics;

namespace PromptGen.Telemetry;

/// <summary>PromptGen's own instruments. Their attributes are names, codes and nothing that grows with the number of users.</summary>
internal static class PromptMetrics
{
    public static Meter Meter { get; } = new(PromptTelemetry.SourceName, PromptTelemetry.Version);

    public static Histogram<double> CallDuration { get; } =
        Buckets.Duration("promptgen.call.duration", "How long a call of a prompt takes, all attempts and waits included.");

    public static Counter<long> Attempts { get; } =
        Meter.CreateCounter<long>("promptgen.attempts", "{attempt}", "Requests to models.");

    public static Counter<double> Cost { get; } =
        Meter.CreateCounter<double>("promptgen.cost", "{USD}", "What attempts cost, as far as usage and price are known.");

    public static Counter<long> ValidationFailures { get; } =
        Meter.CreateCounter<long>("promptgen.validation.failures", "{attempt}", "Answers that break their contract or fail its acceptance check.");

    public static UpDownCounter<long> InFlight { get; } =
        Meter.CreateUpDownCounter<long>("promptgen.inflight", "{request}", "Requests that models are working on.");

    public static Counter<long> RetryBudgetExhausted { get; } =
        Meter.CreateCounter<long>("promptgen.retry_budget.exhausted", "{retry}", "Retries not made because too many requests were retries.");

    public static Histogram<double> RateLimitWait { get; } =
        Buckets.Duration("promptgen.rate_limit.wait", "How long requests wait because the limits per minute of their model have no room.");

    public static Gauge<double> BudgetRemaining { get; } =
        Meter.CreateGauge<double>("promptgen.budget.remaining", "{USD}", "What is left of a budget.");

    public static Gauge<int> BudgetUnsettled { get; } =
        Meter.CreateGauge<int>("promptgen.budget.unsettled", "{settlement}", "Settlements that the budget store has not confirmed and that are repeated.");

    public static Counter<double> BudgetLost { get; } =
        Meter.CreateCounter<double>("promptgen.budget.lost", "{USD}", "What was spent and may not be counted, because its settlement was given up.");

    public static Counter<long> LedgerDropped { get; } =
        Meter.CreateCounter<long>("promptgen.ledger.dropped", "{call}", "Calls that are not recorded, because the ledger did not take them in time.");

    public static Counter<long> CacheRequests { get; } =
        Meter.CreateCounter<long>("promptgen.cache.requests", "{call}", "Calls of prompts whose answers are kept, by what the cache had.");

    public static Counter<double> CacheSaved { get; } =
        Meter.CreateCounter<double>("promptgen.cache.saved", "{USD}", "What the calls have cost whose answers were used again, once for each use.");

    public static Histogram<double> PipelineDuration { get; } =
        Buckets.Duration("promptgen.pipeline.duration", "How long a pipeline takes, from its start until it is disposed.");

    public static Histogram<double> PipelineItemDuration { get; } =
        Buckets.Duration("promptgen.pipeline.item.duration", "How long an item of a stage takes.");

    public static Counter<long> PipelineUnknown { get; } =
        Meter.CreateCounter<long>("promptgen.pipeline.unknown", "{request}", "Requests of earlier runs whose outcome the journal does not have.");

    public static ObservableGauge<int> CircuitState { get; } =
        Meter.CreateObservableGauge("promptgen.circuit.state", Circuits.Observe, "1", "0 = closed, 1 = half-open, 2 = open.");

    /// <summary>Whether anything listens to an instrument that a call records to.</summary>
    public static bool Enabled => CallDuration.Enabled || Attempts.Enabled || Cost.Enabled || ValidationFailures.Enabled || InFlight.Enabled
        || RetryBudgetExhausted.Enabled || RateLimitWait.Enabled || CacheRequests.Enabled || CacheSaved.Enabled;
}
