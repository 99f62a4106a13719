using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PromptGen.Providers;

namespace PromptGen.Telemetry;

/// <summary>
/// Reports one call while it happens: a span for the call, and a child span for each request. Exists only if something listens. Exceptions of
/// listeners and loggers do not reach the call. Thread-safe.
/// </summary>
internal sealed class CallTelemetry
{
    private readonly PromptTelemetry _runtime;
    private readonly PromptProfile _prompt;
    private readonly TimeSpan? _deadline;
    private readonly long _startedAt;
    private readonly Activity? _span;
    private string? _arm;
    private Departure? _left;
    private int _attempts;
    private bool _ended;

    /// <param name="runtime">The telemetry of the runtime.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="deadline">The longest that the call may take.</param>
    /// <param name="parent">The span of what the call is part of; null = the current one.</param>
    /// <param name="cause">The span of a call that started this one and has ended; default = there is none.</param>
    public CallTelemetry(PromptTelemetry runtime, PromptProfile prompt, TimeSpan? deadline, Activity? parent = null, ActivityContext cause = default)
    {
        _runtime = runtime;
        _prompt = prompt;
        _deadline = deadline;
        _startedAt = runtime.Time.GetTimestamp();
        _span = Spans.Start(prompt.SpanName, ActivityKind.Internal, prompt.Tags, parent);
        if (cause != default)
        {
            _span?.AddLink(new ActivityLink(cause));
        }
    }

    /// <summary>The span of the call; null = nothing listens to spans.</summary>
    public Activity? Span => _span;

    /// <summary>A request is about to be sent. The current span is its own from here on, so that what the client does belongs to it.</summary>
    /// <param name="client">Who is asked.</param>
    /// <param name="tier">The model's tier.</param>
    /// <param name="reason">Why.</param>
    /// <param name="circuit">The state of the model's circuit.</param>
    /// <param name="messages">What is sent.</param>
    /// <param name="options">How it is sent.</param>
    /// <param name="streamed">Whether a stream is asked for.</param>
    /// <param name="arm">The arm of the prompt's canary that it has; null = it takes no part.</param>
    /// <returns>The telemetry of the request, for <see cref="AttemptEnded"/>.</returns>
    public AttemptTelemetry AttemptStarted(
        ClientProfile client,
        Tier tier,
        PromptAttemptReason reason,
        string circuit,
        IReadOnlyList<ChatMessage> messages,
        ChatOptions options,
        bool streamed = false,
        string? arm = null)
    {
        // Models that are asked side by side: none is asked because another one failed.
        var left = reason is PromptAttemptReason.Vote or PromptAttemptReason.Hedge ? null : _left;
        Moved(left, client, reason);
        var number = Interlocked.Increment(ref _attempts) - 1;
        var attempt = new AttemptTelemetry(_runtime, client);
        attempt.Start(_span, options, messages, streamed);
        if (attempt.Span is { IsAllDataRequested: true } span)
        {
            span.SetTag("promptgen.attempt", number);
            span.SetTag("promptgen.attempt.reason", TelemetryWords.Reason(reason));
            span.SetKnown("promptgen.attempt.trigger", left is null ? null : TelemetryWords.ErrorType(left.Why));
            span.SetKnown("promptgen.retry.delay_ms", reason == PromptAttemptReason.Retry && left is not null ? _runtime.Time.GetElapsedTime(left.At).TotalMilliseconds : null);
            span.SetTag("promptgen.circuit.state", circuit);
            span.SetTag("promptgen.route", _prompt.Route);
            span.SetTag("promptgen.tier", TelemetryWords.Tier(tier));
            span.SetKnown("promptgen.arm", arm);
            if (_runtime.Latest)
            {
                span.SetTag("gen_ai.prompt.name", _prompt.Name);
                span.SetTag("gen_ai.prompt.version", _prompt.Version);
            }
        }

        return attempt;
    }

    /// <summary>A request was entered into the ledger.</summary>
    public void AttemptEnded(AttemptTelemetry ended, PromptAttempt attempt)
    {
        _left = new Departure(attempt.ModelId, attempt.Outcome, _runtime.Time.GetTimestamp());
        ended.End(attempt);
        Count(attempt);
        Log(attempt, ended);
    }

    /// <summary>It is decided where the call enters its route.</summary>
    /// <param name="by">What decided, as the declaration says it.</param>
    /// <param name="tier">The tier at which it enters.</param>
    public void Routed(string by, Tier tier)
    {
        _span?.SetTag("promptgen.routed_by", by);
        _span?.Add("promptgen.entry", ("promptgen.routed_by", by), ("promptgen.tier", TelemetryWords.Tier(tier)));
    }

    /// <summary>A learned router has asked for the embedding of the call's texts.</summary>
    /// <param name="modelId">The model of the embedding.</param>
    /// <param name="outcome">Why there is none; <see cref="PromptErrorCode.None"/> = there is one.</param>
    /// <param name="time">How long it took.</param>
    public void Embedded(string modelId, PromptErrorCode outcome, TimeSpan time)
    {
        var type = outcome == PromptErrorCode.None ? null : TelemetryWords.ErrorType(outcome);
        _span?.Add("promptgen.embedding", ("gen_ai.request.model", modelId), ("promptgen.duration", time.TotalSeconds), ("error.type", type));
        if (type is not null)
        {
            TelemetryLog.NotEmbedded(_runtime.Logger, _prompt.Name, modelId, type);
        }
    }

    /// <summary>The members of an ensemble have voted.</summary>
    public void Voted(IReadOnlyList<PromptVote> votes, double? agreement, double? probability)
    {
        var counted = votes.Count(static vote => vote.Counted);
        _span?.SetKnown("promptgen.vote.agreement", agreement);
        _span?.SetKnown("promptgen.vote.probability", probability);
        _span?.Add("promptgen.vote", ("promptgen.vote.asked", votes.Count), ("promptgen.vote.counted", counted), ("promptgen.vote.won", agreement is not null));
    }

    /// <summary>The call has looked for a kept answer.</summary>
    /// <param name="found">What it found.</param>
    /// <param name="saved">What that answer has cost.</param>
    public void Cached(string found, PromptCost saved)
    {
        _span?.SetTag("promptgen.cache", found);
        var tags = new TagList { { "gen_ai.prompt.name", _prompt.Name }, { "promptgen.cache", found } };
        PromptMetrics.CacheRequests.Report(1, tags);
        if (saved.Usd > 0)
        {
            PromptMetrics.CacheSaved.Report((double)saved.Usd, tags);
        }
    }

    /// <summary>The caller has tags for the call.</summary>
    public void Tagged(IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (name, value) in tags)
        {
            _span?.SetTag("promptgen.tag." + name, value);
        }
    }

    /// <summary>The call has an arm of the prompt's canary from here on.</summary>
    public void Joined(string arm)
    {
        _arm = arm;
        _span?.SetTag("promptgen.arm", arm);
    }

    /// <summary>A model was skipped without a request, or its answer was rejected after its request had ended.</summary>
    public void Skipped(string modelId, PromptErrorCode why)
    {
        _left = new Departure(modelId, why, _left?.At ?? 0);
    }

    /// <summary>A request has waited because the limits per minute of its model had no room.</summary>
    public void AwaitedRate(string modelId, TimeSpan wait)
    {
        _span?.Add("promptgen.rate_limit", ("gen_ai.request.model", modelId), ("promptgen.rate_limit.wait", wait.TotalSeconds));
        PromptMetrics.RateLimitWait.Report(wait.TotalSeconds, new TagList { { "gen_ai.prompt.name", _prompt.Name }, { "gen_ai.request.model", modelId } });
    }

    /// <summary>The circuit of a model changed on an attempt of this call.</summary>
    public void CircuitChanged(ClientProfile client, string state)
    {
        _span?.Add("promptgen.circuit", ("gen_ai.request.model", client.ModelId), ("promptgen.circuit.state", state));
        TelemetryLog.CircuitChanged(_runtime.Logger, state == Circuits.Open ? LogLevel.Warning : LogLevel.Information, client.ModelId, client.Provider, state);
    }

    /// <summary>An attempt is not made because a budget does not allow it.</summary>
    /// <param name="modelId">The model that would have been asked.</param>
    /// <param name="budget">The budget's name; <c>call</c> = that of the call.</param>
    public void BudgetStopped(string modelId, string budget = "call")
    {
        _span?.Add("promptgen.budget", ("promptgen.to.model", modelId), ("promptgen.budget.name", budget), ("promptgen.reason", "budget_exceeded"));
        TelemetryLog.BudgetStopped(_runtime.Logger, _prompt.Name, modelId, budget);
    }

    /// <summary>A retry is not made because too many requests to the provider were retries.</summary>
    /// <param name="modelId">The model that would have been asked again.</param>
    public void RetryBudgetExhausted(string modelId)
    {
        _span?.Add("promptgen.budget", ("promptgen.to.model", modelId), ("promptgen.budget.name", "retry"), ("promptgen.reason", TelemetryWords.ErrorType(_left?.Why ?? PromptErrorCode.None)));
        PromptMetrics.RetryBudgetExhausted.Report(1, new TagList { { "gen_ai.prompt.name", _prompt.Name }, { "gen_ai.request.model", modelId } });
    }

    /// <summary>The call ended with an answer.</summary>
    public void Accepted(Tier tier, PromptCost cost) => End(TelemetryWords.Accepted, null, tier, cost, []);

    /// <summary>The call ended with an error.</summary>
    public void Failed(PromptErrorCode code, PromptCost cost, IReadOnlyList<PromptAttempt> ledger)
    {
        var type = TelemetryWords.ErrorType(code);
        End(type, type, null, cost, ledger);
    }

    /// <summary>No model answered, and the prompt's fallback method took over.</summary>
    public void HandedOver(PromptCost cost, IReadOnlyList<PromptAttempt> ledger) => End(TelemetryWords.HandedOver, null, null, cost, ledger);

    private void End(string outcome, string? errorType, Tier? tier, PromptCost cost, IReadOnlyList<PromptAttempt> ledger)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        var elapsed = _runtime.Time.GetElapsedTime(_startedAt);
        var tags = new TagList { { "gen_ai.prompt.name", _prompt.Name }, { "promptgen.route", _prompt.Route }, { "promptgen.outcome", outcome } };
        if (_arm is not null)
        {
            tags.Add("promptgen.arm", _arm);
        }

        PromptMetrics.CallDuration.Report(elapsed.TotalSeconds, tags);
        if (_span is not null)
        {
            SetOutcome(_span, outcome, errorType, tier, cost, elapsed);
            Spans.Stop(_span);
        }

        Log(outcome, errorType, cost, ledger, elapsed);
    }

    private void SetOutcome(Activity span, string outcome, string? errorType, Tier? tier, PromptCost cost, TimeSpan elapsed)
    {
        if (errorType is not null)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        if (span.IsAllDataRequested)
        {
            span.SetTag("promptgen.outcome", outcome);
            span.SetTag("promptgen.attempts", _attempts);
            span.SetKnown("promptgen.tier.final", tier is { } answered ? TelemetryWords.Tier(answered) : null);
            span.SetCost(cost);
            span.SetKnown("promptgen.deadline.remaining_ms", _deadline is { } limit ? Math.Max(0, (limit - elapsed).TotalMilliseconds) : null);
            span.SetKnown("error.type", errorType);
        }
    }

    /// <summary>Reports a change of model, once the next model is known.</summary>
    private void Moved(Departure? left, ClientProfile to, PromptAttemptReason reason)
    {
        if (left is not { ModelId: var from } || reason is not (PromptAttemptReason.Fallback or PromptAttemptReason.Escalation or PromptAttemptReason.Resume))
        {
            return;
        }

        var why = TelemetryWords.ErrorType(left.Why);
        _span?.Add(
            "promptgen." + TelemetryWords.Reason(reason),
            ("promptgen.from.model", from),
            ("promptgen.to.model", to.ModelId),
            ("promptgen.reason", why));
        switch (reason)
        {
            case PromptAttemptReason.Fallback:
                TelemetryLog.FellBack(_runtime.Logger, _prompt.Name, from, to.ModelId, why);
                break;
            case PromptAttemptReason.Escalation:
                TelemetryLog.Escalated(_runtime.Logger, _prompt.Name, from, to.ModelId, why);
                break;
            default:
                TelemetryLog.Resumed(_runtime.Logger, _prompt.Name, from, to.ModelId, why);
                break;
        }
    }

    private void Count(PromptAttempt attempt)
    {
        if (!PromptMetrics.Enabled)
        {
            return;
        }

        var reason = TelemetryWords.Reason(attempt.Reason);
        var outcome = TelemetryWords.Outcome(attempt.Outcome);
        var tags = new TagList { { "gen_ai.prompt.name", _prompt.Name }, { "gen_ai.request.model", attempt.ModelId } };
        PromptMetrics.Attempts.Report(1, [.. tags, new("promptgen.attempt.reason", reason), new("promptgen.outcome", outcome)]);
        if (attempt.Cost.Usd > 0)
        {
            PromptMetrics.Cost.Report((double)attempt.Cost.Usd, [.. tags, new("promptgen.outcome", outcome)]);
        }

        if (attempt.Outcome != PromptErrorCode.None && TelemetryWords.Validation(attempt.Outcome) is { } validation)
        {
            PromptMetrics.ValidationFailures.Report(1, [.. tags, new("promptgen.validation", validation)]);
        }
    }

    private void Log(PromptAttempt attempt, AttemptTelemetry ended)
    {
        if (attempt.Outcome is PromptErrorCode.None or PromptErrorCode.Cancelled)
        {
            return;
        }

        var why = TelemetryWords.ErrorType(attempt.Outcome);
        if (ended.Exception is { } exception && !ended.IsTracedByClient)
        {
            TelemetryLog.AttemptFailed(_runtime.Logger, _prompt.Name, _attempts, attempt.ModelId, attempt.Provider, why, exception.GetType().FullName ?? "", TransportDetail.Of(exception) is { } detail ? ": " + detail : "");
        }
        else
        {
            TelemetryLog.AttemptRejected(_runtime.Logger, _prompt.Name, _attempts, attempt.ModelId, attempt.Provider, why, AttemptDetail.Of(attempt));
        }
    }

    private void Log(string outcome, string? errorType, PromptCost cost, IReadOnlyList<PromptAttempt> ledger, TimeSpan elapsed)
    {
        var logger = _runtime.Logger;
        if (outcome == TelemetryWords.HandedOver && logger.IsEnabled(LogLevel.Warning))
        {
            TelemetryLog.HandedOver(logger, _prompt.Name, _attempts, cost, string.Join("; ", ledger));
        }
        else if (errorType is not (null or "cancelled") && logger.IsEnabled(LogLevel.Error))
        {
            TelemetryLog.Exhausted(logger, _prompt.Name, errorType, _attempts, cost, string.Join("; ", ledger));
        }

        if (_runtime.CallLogLevel != LogLevel.None)
        {
            TelemetryLog.CallEnded(logger, _runtime.CallLogLevel, _prompt.Name, elapsed.TotalSeconds, _attempts, outcome, cost, _left?.ModelId ?? "no model");
        }
    }

    /// <summary>The model that the latest attempt left, or that was skipped. It is one object, so that concurrent attempts never see a part of it.</summary>
    private sealed record Departure(string ModelId, PromptErrorCode Why, long At);
}
