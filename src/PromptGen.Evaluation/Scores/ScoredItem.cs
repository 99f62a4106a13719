namespace PromptGen.Evaluation;

/// <summary>How right the answer to one question is.</summary>
/// <param name="Id">The id of the question.</param>
/// <param name="Score">0 to 1; of a metric that passes or fails, 1 or 0.</param>
/// <param name="Category">The slice that it belongs to; null = none.</param>
/// <param name="Cluster">What it has in common with other questions; null = it is independent.</param>
public sealed record ScoredItem(string Id, double Score, string? Category = null, string? Cluster = null)
{
    /// <summary>How much it counts in means; more than 0. Default: 1.</summary>
    public double Weight { get; init; } = 1;
}
