namespace PromptGen.Evaluation;

/// <summary>A model, or a route, in a <see cref="TaskTable"/>.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Answers">How many of its answers were scored.</param>
/// <param name="Quality">The mean score: 0 to 1.</param>
/// <param name="Interval">Its 95 % interval; null where there are too few scores for one.</param>
public sealed record ModelRow(string Model, int Answers, double Quality, ConfidenceInterval? Interval)
{
    /// <summary>Whether it is a route, which may ask several models. Default: false.</summary>
    public bool IsRoute { get; init; }

    /// <summary>Answers that the metric could not measure; they are in no figure. Default: 0.</summary>
    public int Broken { get; init; }

    /// <summary>The latency in seconds that 95 % of the answers keep; over several tasks the longest of theirs. Null = unknown.</summary>
    public double? P95Seconds { get; init; }

    /// <summary>The mean cost of an answer in USD; null = unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Whether the cost was estimated from the length of the answers. Default: false.</summary>
    public bool IsCostEstimated { get; init; }

    /// <summary>What a right answer costs in USD: the cost of an answer divided by the mean score; null where the cost is unknown, or nothing is right.</summary>
    public decimal? CostPerSuccessUsd => Quality > 0 ? CostUsd / (decimal)Quality : null;

    /// <summary>
    /// The share of the quality of the best single model whose cost is known, divided by the share of its cost: 1 for that model, 10 for one with ten times as much quality per
    /// dollar. Null where the cost is unknown or 0, or nothing is right.
    /// </summary>
    public double? CostQualityRatio { get; init; }

    /// <summary>What several attempts at an item achieve, by the numbers of attempts that were asked for; those that the model has too few attempts for are left out. Over several tasks the means of theirs, without an interval.</summary>
    public IReadOnlyList<PassAt> PassAt { get; init; } = [];

    /// <summary>Whether no other row is at least as good for at most the same cost, and better in one of the two. False where the cost is unknown.</summary>
    public bool IsOnFront { get; init; }

    /// <summary>Of a route: its scores minus those of the best single model, on the items that both have. Null where they have too few, and for single models.</summary>
    public PairedDifference? AgainstBest { get; init; }
}
