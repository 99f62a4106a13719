namespace PromptGen.Evaluation;

/// <summary>
/// When a run may end before all items are asked: it is looked at after equal parts of the items, and ends where what it is to show is decided with the corrected confidence of the look, so that all looks
/// together keep the confidence of the plan. Items are asked in an order that depends on their ids alone, since the first items of a file are no sample of it; those of a cluster stay together.
/// </summary>
public sealed class EvaluationStopping
{
    private readonly SequentialPlan _plan;
    private readonly double? _minQuality;
    private readonly double? _margin;

    private EvaluationStopping(SequentialPlan plan, double? minQuality, double? margin) => (_plan, _minQuality, _margin) = (plan, minQuality, margin);

    /// <summary>How many looks there are at most.</summary>
    internal int Looks => _plan.CriticalValues.Count;

    /// <summary>Whether two arms are compared.</summary>
    internal bool Compares => _minQuality is null;

    /// <summary>The run ends where it is shown whether the mean score of the route, or without it of the first arm, is below a threshold.</summary>
    /// <param name="plan">How often it is looked at.</param>
    /// <param name="minQuality">The threshold: 0 to 1.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not within 0 and 1.</exception>
    public static EvaluationStopping AtThreshold(SequentialPlan plan, double minQuality)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return minQuality is >= 0 and <= 1 ? new(plan, minQuality, null) : throw new ArgumentOutOfRangeException(nameof(minQuality), minQuality, "A threshold of the quality is within 0 and 1.");
    }

    /// <summary>The run, which must have two arms, ends where the second one is shown to be better or worse than the first, or with a margin not worse by that.</summary>
    /// <param name="plan">How often it is looked at.</param>
    /// <param name="margin">The smallest difference that matters, in units of the score; more than 0. Null = none is named.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public static EvaluationStopping OfComparison(SequentialPlan plan, double? margin = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return margin is not <= 0 ? new(plan, null, margin) : throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is more than 0.");
    }

    /// <summary>Looks at the scores so far.</summary>
    /// <param name="look">The look: from 1.</param>
    /// <param name="scores">The scores of each arm.</param>
    internal EvaluationLook LookAt(int look, IReadOnlyList<ModelScore> scores)
    {
        var confidence = _plan.ConfidenceAt(look);
        var (verdict, interval, isDecided) = _minQuality is { } least ? AgainstThreshold(scores, least, confidence) : Compare(scores, confidence);
        return new(look, Looks, scores.Max(static score => score.Items.Count), verdict, confidence, interval) { IsDecided = isDecided };
    }

    private static (ComparisonVerdict Verdict, ConfidenceInterval? Interval, bool IsDecided) AgainstThreshold(IReadOnlyList<ModelScore> scores, double least, double confidence)
    {
        var interval = ScoreSummary.Of(EvaluationRun.JudgedOf(scores).Items, confidence).Interval;
        var verdict = !IsUsable(interval) ? ComparisonVerdict.Undecided
            : interval!.Value.Lower >= least ? ComparisonVerdict.Better
            : interval.Value.Upper < least ? ComparisonVerdict.Worse
            : ComparisonVerdict.Undecided;
        return (verdict, interval, verdict != ComparisonVerdict.Undecided);
    }

    private (ComparisonVerdict Verdict, ConfidenceInterval? Interval, bool IsDecided) Compare(IReadOnlyList<ModelScore> scores, double confidence)
    {
        if (RunComparison.OfCommon(scores[0].Items, scores[1].Items, _margin, confidence) is not { } comparison || !IsUsable(comparison.Difference.Interval))
        {
            return (ComparisonVerdict.Undecided, null, false);
        }

        return (comparison.Verdict, comparison.Difference.Interval, comparison.Verdict != ComparisonVerdict.Undecided || (_margin is { } margin && comparison.Difference.IsNotInferior(margin)));
    }

    /// <summary>The first scores may be equal, which says nothing about how much the others differ.</summary>
    private static bool IsUsable(ConfidenceInterval? interval) => interval is { Width: > 0 };
}
