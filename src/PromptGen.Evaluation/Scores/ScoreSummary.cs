namespace PromptGen.Evaluation;

/// <summary>The mean of scores, and how sure it is.</summary>
/// <param name="Count">How many scores there are.</param>
/// <param name="Mean">Their mean; of items that pass or fail, the rate of passes. Not a number where there are none.</param>
/// <param name="Interval">Its interval; null where there are too few scores for one.</param>
public sealed record ScoreSummary(int Count, double Mean, ConfidenceInterval? Interval)
{
    /// <summary>
    /// Summarizes scores: with Wilson's interval where all are 0 or 1 and independent, else with Student's; with clustered errors where all items have a cluster.
    /// </summary>
    /// <param name="items">The scores.</param>
    /// <param name="confidence">The confidence of the interval: more than 0 and less than 1.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is out of its range.</exception>
    public static ScoreSummary Of(IReadOnlyList<ScoredItem> items, double confidence = ConfidenceInterval.DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(items);
        var scores = ValuesOf(items);
        if (scores.Length == 0)
        {
            return new(0, double.NaN, null);
        }

        var mean = scores.Average();
        if (ClustersOf(items) is { } clusters)
        {
            var count = clusters.Distinct(StringComparer.Ordinal).Count();
            return new(scores.Length, mean, count < 2 ? null : ConfidenceInterval.StudentT(mean, StandardError.OfClusters(scores, clusters), count - 1, confidence));
        }

        if (ArePasses(items))
        {
            return new(scores.Length, mean, ConfidenceInterval.Wilson(scores.Count(static score => score == 1), scores.Length, confidence));
        }

        return new(scores.Length, mean, scores.Length < 2 ? null : ConfidenceInterval.StudentT(mean, StandardError.OfMean(scores), scores.Length - 1, confidence));
    }

    /// <summary>The standard error of the mean, with clustered errors where all items have a cluster; null where there are too few scores for one.</summary>
    internal static double? ErrorOf(IReadOnlyList<ScoredItem> items)
    {
        var scores = ValuesOf(items);
        return ClustersOf(items) is not { } clusters ? scores.Length < 2 ? null : StandardError.OfMean(scores)
            : clusters.Distinct(StringComparer.Ordinal).Skip(1).Any() ? StandardError.OfClusters(scores, clusters)
            : null;
    }

    /// <summary>
    /// The scores; with weights w, the values m + n·w/Σw · (s − m) around the weighted mean m, whose plain mean is m and whose plain standard error is that of a weighted mean: √(n/(n−1) · Σ w²(s − m)²) / Σw.
    /// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), 6.3.
    /// </summary>
    internal static double[] ValuesOf(IReadOnlyList<ScoredItem> items)
    {
        if (items.All(static item => item.Weight == 1))
        {
            return [.. items.Select(static item => item.Score)];
        }

        var sum = items.Sum(static item => item.Weight);
        var mean = items.Sum(static item => item.Weight * item.Score) / sum;
        return [.. items.Select(item => mean + (items.Count * item.Weight / sum * (item.Score - mean)))];
    }

    /// <summary>Whether each item passes or fails, and all count alike.</summary>
    internal static bool ArePasses(IEnumerable<ScoredItem> items) => items.All(static item => item is { Score: 0 or 1, Weight: 1 });

    /// <summary>The cluster of each item; null unless all have one.</summary>
    internal static string[]? ClustersOf(IReadOnlyCollection<ScoredItem> items) =>
        items.Count > 0 && items.All(static item => !string.IsNullOrEmpty(item.Cluster)) ? [.. items.Select(static item => item.Cluster!)] : null;
}
