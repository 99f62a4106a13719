using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation;

/// <summary>
/// Whether two models, or two versions of a prompt, pass a different share of the same items. Only items that one of them passes and the other fails count.
/// Q. McNemar, Note on the sampling error of the difference between correlated proportions, Psychometrika 12 (1947).
/// </summary>
public static class McNemarTest
{
    /// <summary>
    /// The two-sided p-value of the exact test: of n = <paramref name="onlyFirst"/> + <paramref name="onlySecond"/> items, the smaller count is drawn from Binomial(n, ½); min(1, 2·P(X ≤ smaller)).
    /// </summary>
    /// <param name="onlyFirst">Items that only the first one passes.</param>
    /// <param name="onlySecond">Items that only the second one passes.</param>
    /// <returns>The p-value: more than 0, at most 1; 1 where no item distinguishes them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double Exact(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var discordant = onlyFirst + onlySecond;
        return discordant == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, discordant, Math.Min(onlyFirst, onlySecond)));
    }

    /// <summary>
    /// Tango's score interval of the difference of two paired rates, second minus first: all differences δ that a score test does not reject, |b − c − nδ| ≤ z·√(n(2q + δ(1 − δ))), where q is the
    /// most likely rate of items that only the first passes, given δ. T. Tango, Equivalence test and confidence interval for the difference in proportions for the paired-sample design, Statistics in Medicine 17 (1998).
    /// </summary>
    /// <param name="onlyFirst">Items that only the first one passes.</param>
    /// <param name="onlySecond">Items that only the second one passes.</param>
    /// <param name="items">All items; at least 1, and not fewer than those that distinguish the two.</param>
    /// <param name="confidence">The share of samples whose interval covers the true difference: more than 0 and less than 1.</param>
    /// <returns>The interval, within −1 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ConfidenceInterval Interval(int onlyFirst, int onlySecond, int items, double confidence = ConfidenceInterval.DefaultConfidence) =>
        ScoreInterval(onlyFirst, onlySecond, items, ConfidenceInterval.NormalQuantile(confidence));

    /// <summary>The score interval for a critical value in place of a confidence.</summary>
    internal static ConfidenceInterval ScoreInterval(int onlyFirst, int onlySecond, int items, double critical)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(items, Math.Max(1, onlyFirst + onlySecond));
        var difference = (onlySecond - onlyFirst) / (double)items;
        return new(
            -Edge(-difference, delta => -Score(onlyFirst, onlySecond, items, -delta), critical),
            Edge(difference, delta => Score(onlyFirst, onlySecond, items, delta), critical));
    }

    /// <summary>The largest difference whose score is not below −critical. The score falls as the difference grows.</summary>
    private static double Edge(double from, Func<double, double> score, double critical)
    {
        var (inside, outside) = (from, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = score(middle) >= -critical ? (middle, outside) : (inside, middle);
        }

        return inside;
    }

    private static double Score(int onlyFirst, int onlySecond, double items, double delta)
    {
        var b = -onlyFirst - onlySecond + (((2 * items) - onlySecond + onlyFirst) * delta);
        var c = -onlyFirst * delta * (1 - delta);
        var q = (Math.Sqrt(Math.Max(0, (b * b) - (8 * items * c))) - b) / (4 * items);
        var numerator = onlySecond - onlyFirst - (items * delta);
        return numerator == 0 ? 0 : numerator / Math.Sqrt(Math.Max(double.Epsilon, items * ((2 * q) + (delta * (1 - delta)))));
    }
}
