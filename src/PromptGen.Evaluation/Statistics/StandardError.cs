using MathNet.Numerics.Statistics;

namespace PromptGen.Evaluation;

/// <summary>How far the mean of a sample is from the true mean, typically.</summary>
public static class StandardError
{
    /// <summary>The standard error of the mean of independent values: s / √n.</summary>
    /// <param name="values">At least two values.</param>
    /// <returns>The standard error.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    public static double OfMean(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2)
        {
            throw new ArgumentException("A standard error needs at least two values.", nameof(values));
        }

        return values.StandardDeviation() / Math.Sqrt(values.Count);
    }

    /// <summary>
    /// The standard error of the mean of values that belong together in clusters, such as questions about one document: √(C/(C−1) · Σ_c (Σ_{i∈c} (x_i − x̄))²) / n.
    /// E. Miller, Adding error bars to evals, arXiv 2411.00640 (2024), with the correction for few clusters of A. C. Cameron, D. L. Miller, A practitioner's guide to cluster-robust inference (2015).
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="clusters">The cluster of each value; at least two different ones.</param>
    /// <returns>The standard error; its degrees of freedom are the clusters − 1.</returns>
    /// <exception cref="ArgumentException">The numbers of values and clusters differ, a cluster is null or empty, or there are fewer than two.</exception>
    public static double OfClusters(IReadOnlyList<double> values, IReadOnlyList<string> clusters)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = CountClusters(values, clusters);
        var mean = values.Mean();
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + values[i] - mean;
        }

        return Math.Sqrt(sums.Values.Sum(static sum => sum * sum) * count / (count - 1)) / values.Count;
    }

    /// <summary>How many clusters there are, where each value has one.</summary>
    internal static int CountClusters(IReadOnlyList<double> values, IReadOnlyList<string> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if (clusters.Count != values.Count || clusters.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("Each value needs a cluster.", nameof(clusters));
        }

        var count = clusters.Distinct(StringComparer.Ordinal).Count();
        return count >= 2 ? count : throw new ArgumentException("A clustered standard error needs at least two clusters.", nameof(clusters));
    }
}
