namespace PromptGen;

/// <summary>
/// Key figures of a group of calls. Shares are of all its calls, 0–1, unless they say something else. An answer is one of a model, of the cache or of the prompt's substitute.
/// </summary>
public sealed record CallKpis
{
    /// <summary>What the calls have in common; see <see cref="KpiGroup"/>.</summary>
    public required string Key { get; init; }

    /// <summary>How many calls there were, those that other calls made included.</summary>
    public required long Calls { get; init; }

    /// <summary>How many of them gave an answer.</summary>
    public required long Answers { get; init; }

    /// <summary>Requests to models.</summary>
    public required long Attempts { get; init; }

    /// <summary>
    /// What the requests of the calls have cost, in USD; those of calls that they made belong to the groups of those, so that the sum over all groups counts every request once.
    /// </summary>
    public required double CostUsd { get; init; }

    /// <summary>Whether usage and price of every request are known.</summary>
    public required bool IsCostComplete { get; init; }

    /// <summary>What the calls have cost with those that they made, failed ones included, divided by their answers, in USD; null where there is no answer.</summary>
    public double? CostPerAnswerUsd { get; init; }

    /// <summary>What the cache has saved, in USD.</summary>
    public required double SavedUsd { get; init; }

    /// <summary>Whether that is all that it has saved: what the kept answers had cost was known.</summary>
    public bool IsSavedComplete { get; init; } = true;

    /// <summary>The time within which half of the answers came (nearest rank); null where there is no answer.</summary>
    public TimeSpan? P50 { get; init; }

    /// <summary>The time within which 95 of 100 answers came (nearest rank).</summary>
    public TimeSpan? P95 { get; init; }

    /// <summary>The time within which 99 of 100 answers came (nearest rank).</summary>
    public TimeSpan? P99 { get; init; }

    /// <summary>The share of the answers that each tier gave; answers without a model belong to none.</summary>
    public required IReadOnlyDictionary<Tier, double> TierShares { get; init; }

    /// <summary>Calls that a stronger step was asked in, because an answer was rejected.</summary>
    public required double EscalationRate { get; init; }

    /// <summary>Calls in which a model was asked again with the violations of its answer.</summary>
    public required double RepairRate { get; init; }

    /// <summary>Calls in which another model was asked, because one was unavailable.</summary>
    public required double FallbackRate { get; init; }

    /// <summary>Calls in which a request was sent again after a transient fault.</summary>
    public required double RetryRate { get; init; }

    /// <summary>Calls in which an answer broke its contract.</summary>
    public required double BreachRate { get; init; }

    /// <summary>Calls in which an acceptance check or a judge rejected a valid answer.</summary>
    public required double RejectionRate { get; init; }

    /// <summary>Calls that the prompt's substitute answered.</summary>
    public required double SubstituteRate { get; init; }

    /// <summary>Calls that were answered from the cache.</summary>
    public required double CacheRate { get; init; }

    /// <summary>Answers of models that were not strictly valid, of all answers of models.</summary>
    public required double RungRate { get; init; }

    /// <summary>The mean agreement of ensembles, of the votes that were won; null where there was none.</summary>
    public double? Agreement { get; init; }

    /// <summary>How many calls have a verdict.</summary>
    public required long Judged { get; init; }

    /// <summary>The mean over the calls that have verdicts, of the mean score of each, 0–1; null where there is none.</summary>
    public double? Quality { get; init; }

    /// <summary>Where answers broke the contract, most frequent first: at most 20 members.</summary>
    public IReadOnlyList<MemberBreaches> Breaches { get; init; } = [];

    /// <summary>What differs from the baseline; empty where nothing does, or there is none.</summary>
    public IReadOnlyList<KpiDrift> Drift { get; init; } = [];
}

/// <summary>How often answers broke the contract at one member.</summary>
/// <param name="Pointer">The member, as <see cref="CallAttempt.Violations"/>; empty for the whole answer.</param>
/// <param name="Answers">The answers that broke it there.</param>
public sealed record MemberBreaches(string Pointer, long Answers);

/// <summary>A figure that differs from the baseline by more than chance and by enough to matter.</summary>
/// <param name="Figure">Its name, for example <c>EscalationRate</c>.</param>
/// <param name="Baseline">What it was.</param>
/// <param name="Current">What it is.</param>
/// <param name="P">
/// How likely a difference as large is where nothing has changed: G-test for shares, Welch's test in its normal form for means. Reported where it passes Benjamini–Hochberg at 5 %
/// over all figures of all groups.
/// </param>
public sealed record KpiDrift(string Figure, double Baseline, double Current, double P);
