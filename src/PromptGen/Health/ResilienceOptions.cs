namespace PromptGen;

/// <summary>How every model is called: retries of transient faults, circuit breakers, cool-down. One setting for all models of a runtime.</summary>
public sealed class ResilienceOptions
{
    /// <summary>How often a request is retried after a transient fault (429, 5xx, lost connection). 0–10; default: 2.</summary>
    public int MaxRetries { get; set => field = Bounds.Within(value, 0, 10); } = 2;

    /// <summary>
    /// The wait before the first retry where the provider asks for none; it doubles with each retry and varies by half up and down.
    /// 0–1 minute; default: 0.5 s.
    /// </summary>
    public TimeSpan RetryDelay { get; set => field = Bounds.Within(value, TimeSpan.Zero, TimeSpan.FromMinutes(1)); } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The longest <c>Retry-After</c> that is honoured. After a longer one the model cools down until then and the next one is called.
    /// 0–1 hour; default: 5 s.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; set => field = Bounds.Within(value, TimeSpan.Zero, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(5);

    /// <summary>How long a model cools down whose quota is exhausted, unless its provider specifies the time. 0–1 day; default: 5 minutes.</summary>
    public TimeSpan QuotaCooldown { get; set => field = Bounds.Within(value, TimeSpan.Zero, TimeSpan.FromDays(1)); } = TimeSpan.FromMinutes(5);

    /// <summary>The share of failed requests from which a model's circuit opens. 0.01–1; default: 0.5.</summary>
    public double FailureRatio { get; set => field = Bounds.Within(value, 0.01, 1d); } = 0.5;

    /// <summary>The number of requests within <see cref="SamplingDuration"/> from which the ratio applies. 2 or more; default: 5.</summary>
    public int MinimumThroughput { get; set => field = Bounds.Within(value, 2, int.MaxValue); } = 5;

    /// <summary>The time that the ratio covers. 0.5 s–1 day; default: 30 s.</summary>
    public TimeSpan SamplingDuration { get; set => field = Bounds.Within(value, TimeSpan.FromSeconds(0.5), TimeSpan.FromDays(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a circuit stays open before one request may probe the model. 0.5 s–1 day; default: 10 s. A probe costs one request, and a
    /// model that has recovered is used again after at most this time and the time until the next call.
    /// </summary>
    public TimeSpan BreakDuration { get; set => field = Bounds.Within(value, TimeSpan.FromSeconds(0.5), TimeSpan.FromDays(1)); } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many retries a request allows, counted over all calls to one provider within ten seconds: 0.2 = one retry for five requests. Beyond
    /// it a failed request is not repeated and the next model is called at once, so that retries do not prolong an outage. 0–1; default: 0.2.
    /// </summary>
    public double RetryBudget { get; set => field = Bounds.Within(value, 0d, 1d); } = 0.2;

    /// <summary>The retries per second that are always allowed to each provider, for times of few requests. 0–10,000; default: 1.</summary>
    public double MinRetriesPerSecond { get; set => field = Bounds.Within(value, 0d, 10_000d); } = 1;

    /// <summary>
    /// Whether the limits per minute apply that providers name in the headers of their answers (<c>x-ratelimit-*</c>, <c>anthropic-ratelimit-*</c>), beside those of catalog and
    /// configuration: the lower ones count, and what other programs take of them counts until they reset, at most one minute. Default: true.
    /// </summary>
    public bool LearnRateLimits { get; set; } = true;

    /// <summary>
    /// The share of a model's answers to one prompt from which the prompt skips the model because it keeps breaking the contract: not
    /// JSON, against the schema, cut off, empty or too large. An answer that an acceptance check rejected counts as valid. The last
    /// available model of a route is always called. 0.01–1; null = never; default: 0.8.
    /// </summary>
    public double? ContractFailureRatio { get; set => field = value is { } ratio ? Bounds.Within(ratio, 0.01, 1d) : null; } = 0.8;

    /// <summary>The number of answers within <see cref="ContractSamplingDuration"/> from which the ratio applies. 2 or more; default: 10.</summary>
    public int ContractMinimumThroughput { get; set => field = Bounds.Within(value, 2, int.MaxValue); } = 10;

    /// <summary>The time that the ratio of broken contracts covers. 1 s–1 day; default: 2 minutes.</summary>
    public TimeSpan ContractSamplingDuration { get; set => field = Bounds.Within(value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)); } = TimeSpan.FromMinutes(2);

    /// <summary>How long a prompt skips such a model before one call may probe it. 1 s–1 day; default: 1 minute.</summary>
    public TimeSpan ContractBreakDuration { get; set => field = Bounds.Within(value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)); } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the first token of a streamed answer may take before another model is asked; null = the attempt time-out of each model.
    /// The last model of a route with a deadline may take until then, since no other model is left. 1 ms–1 hour; default: null.
    /// </summary>
    public TimeSpan? FirstTokenTimeout
    {
        get;
        set => field = value is { } time ? Bounds.Within(time, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)) : null;
    }

    /// <summary>
    /// How long a streamed answer may pause once its first token has come. Before the first item was handed over another model is then
    /// asked, afterwards the stream fails. 1 ms–1 hour; default: 30 s, since models that reason or search send nothing for a long time.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; set => field = Bounds.Within(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The most bytes that a streamed answer may have; one event of it, or an answer that is not streamed, may have a sixth. Beyond it the
    /// answer is <see cref="PromptErrorCode.OutputTooLarge"/>. 64 KiB–1 GiB; null = 8 MiB and 2 KiB per token of the request's output limit, at
    /// most 64 MiB; default: null.
    /// </summary>
    public long? MaxAnswerBytes
    {
        get;
        set => field = value is { } bytes ? Bounds.Within(bytes, 64L * 1024, 1024L * 1024 * 1024) : null;
    }

    /// <summary>Numbers from 0 to 1 that vary the waits and draw the calls of a canary; replaced by tests.</summary>
    internal Func<double> Randomizer { get; set; } = Random.Shared.NextDouble;
}
