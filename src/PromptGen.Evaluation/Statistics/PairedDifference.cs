using MathNet.Numerics.Statistics;
using TDistribution = MathNet.Numerics.Distributions.StudentT;

namespace PromptGen.Evaluation;

/// <summary>How much better or worse a candidate is than its base on the same items: candidate minus base.</summary>
/// <param name="Items">How many items were compared.</param>
/// <param name="Mean">The mean difference of the scores; of items that pass or fail, the difference of the rates.</param>
/// <param name="Interval">Its confidence interval.</param>
/// <param name="PValue">The two-sided p-value of no difference: 0 to 1.</param>
/// <param name="Confidence">The confidence of the interval; the difference is significant where the p-value is below 1 − confidence.</param>
public sealed record PairedDifference(int Items, double Mean, ConfidenceInterval Interval, double PValue, double Confidence)
{
    /// <summary>Whether no difference is ruled out.</summary>
    public bool IsSignificant => PValue < 1 - Confidence;

    /// <summary>Compares items that pass or fail: Tango's interval and the exact McNemar test, see <see cref="McNemarTest"/>.</summary>
    /// <param name="onlyBase">Items that only the base passes.</param>
    /// <param name="onlyCandidate">Items that only the candidate passes.</param>
    /// <param name="items">All items.</param>
    /// <param name="confidence">More than 0 and less than 1.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static PairedDifference OfPasses(int onlyBase, int onlyCandidate, int items, double confidence = ConfidenceInterval.DefaultConfidence) => new(
        items,
        (onlyCandidate - onlyBase) / (double)Math.Max(1, items),
        McNemarTest.Interval(onlyBase, onlyCandidate, items, confidence),
        McNemarTest.Exact(onlyBase, onlyCandidate),
        confidence);

    /// <summary>
    /// Compares scores: the paired t-test, t = d̄ / SE(d̄) over the differences of the items. With clusters, the standard error is <see cref="StandardError.OfClusters"/> and the degrees of freedom are the clusters − 1.
    /// </summary>
    /// <param name="baseScores">The scores of the base: at least two.</param>
    /// <param name="candidateScores">The scores of the candidate for the same items in the same order.</param>
    /// <param name="clusters">The cluster of each item; null = the items are independent.</param>
    /// <param name="confidence">More than 0 and less than 1.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ArgumentException">The lists differ in length or are too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is out of its range.</exception>
    public static PairedDifference OfScores(
        IReadOnlyList<double> baseScores, IReadOnlyList<double> candidateScores, IReadOnlyList<string>? clusters = null, double confidence = ConfidenceInterval.DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(baseScores);
        ArgumentNullException.ThrowIfNull(candidateScores);
        ConfidenceInterval.CheckConfidence(confidence);
        if (baseScores.Count != candidateScores.Count)
        {
            throw new ArgumentException("Base and candidate need a score for each item.", nameof(candidateScores));
        }

        var differences = baseScores.Zip(candidateScores, static (first, second) => second - first).ToArray();
        var error = clusters is null ? StandardError.OfMean(differences) : StandardError.OfClusters(differences, clusters);
        var degrees = (clusters is null ? differences.Length : StandardError.CountClusters(differences, clusters)) - 1;
        var mean = differences.Mean();
        return new(differences.Length, mean, ConfidenceInterval.StudentT(mean, error, degrees, confidence), PValueOf(mean, error, degrees), confidence);
    }

    /// <summary>
    /// Whether the candidate is not worse than the base by the margin or more: the lower bound of the interval is above −margin. ICH E9, Statistical principles for clinical trials (1998), 3.3.2.
    /// </summary>
    /// <param name="margin">The smallest loss that matters, in units of the score; more than 0.</param>
    /// <returns>Whether that is shown.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public bool IsNotInferior(double margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        return Interval.Lower > -margin;
    }

    /// <summary>What the difference shows.</summary>
    /// <param name="margin">The smallest difference that matters, in units of the score; more than 0. Null = none is named, and nothing can be called equal.</param>
    /// <returns>
    /// <see cref="ComparisonVerdict.Equal"/> where the whole interval lies inside the margin, even if the difference is significant; else <see cref="ComparisonVerdict.Better"/> or
    /// <see cref="ComparisonVerdict.Worse"/> where it is significant; else <see cref="ComparisonVerdict.Undecided"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public ComparisonVerdict Decide(double? margin = null)
    {
        if (margin is { } limit && IsNotInferior(limit) && Interval.Upper < limit)
        {
            return ComparisonVerdict.Equal;
        }

        return IsSignificant ? Mean > 0 ? ComparisonVerdict.Better : ComparisonVerdict.Worse : ComparisonVerdict.Undecided;
    }

    private static double PValueOf(double mean, double error, int degrees) =>
        error > 0 ? 2 * TDistribution.CDF(0, 1, degrees, -Math.Abs(mean / error)) : mean == 0 ? 1 : 0;
}
