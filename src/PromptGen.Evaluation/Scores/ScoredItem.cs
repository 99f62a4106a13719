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

    /// <summary>How many answers the score is the mean of; at least 1. Default: 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How many of them passed; null where one neither passes nor fails.</summary>
    public int? Passes { get => field ?? (Attempts == 1 && Score is 0 or 1 ? (int)Score : null); init; }

    /// <summary>The score of several answers to one question.</summary>
    /// <param name="id">The id of the question.</param>
    /// <param name="scores">The score of each answer; at least one.</param>
    /// <param name="category">The slice that it belongs to; null = none.</param>
    /// <param name="cluster">What it has in common with other questions; null = it is independent.</param>
    /// <returns>Their mean, with how many passed.</returns>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static ScoredItem OfAttempts(string id, IReadOnlyList<double> scores, string? category = null, string? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new(id, scores.Average(), category, cluster)
        {
            Attempts = scores.Count,
            Passes = scores.Count > 1 && scores.All(static score => score is 0 or 1) ? scores.Count(static score => score == 1) : null,
        };
    }
}
