namespace PromptGen.Evaluation;

/// <summary>What the last look at a run has shown: <see cref="EvaluationStopping"/>.</summary>
/// <param name="Look">The look: from 1.</param>
/// <param name="Looks">How many there are at most.</param>
/// <param name="Items">How many items have a score.</param>
/// <param name="Verdict">
/// Of a threshold: <see cref="ComparisonVerdict.Better"/> = it is reached, <see cref="ComparisonVerdict.Worse"/> = it is missed. Of two arms: what the second one is, compared with the first.
/// </param>
/// <param name="Confidence">The corrected confidence of this look.</param>
/// <param name="Interval">With that confidence, the interval of the mean score, or of the difference of the two arms; null where there are too few scores for one.</param>
public sealed record EvaluationLook(int Look, int Looks, int Items, ComparisonVerdict Verdict, double Confidence, ConfidenceInterval? Interval)
{
    /// <summary>Whether the run may end with it: there is a verdict, or with a margin the second arm is shown not to be worse by that.</summary>
    public bool IsDecided { get; init; }

    /// <summary>Calls that were not made, since the run ended with this look. Default: 0.</summary>
    public int SavedCalls { get; init; }

    /// <summary>What they would have cost in USD, by the mean of the calls of their arms; null where that is not known.</summary>
    public decimal? SavedUsd { get; init; }
}
