using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation;

/// <summary>The smallest true difference that a comparison of this size finds with the stated power: known before a run, it shows whether the run can answer the question.</summary>
public static class DetectableDifference
{
    /// <summary>The power of all figures that do not state another one: 0.8.</summary>
    public const double DefaultPower = 0.8;

    /// <summary>
    /// Of items that pass or fail: the δ for which n = (z_α·√ψ + z_β·√(ψ − δ²))² / δ². R. J. Connor, Sample size for testing differences in proportions for the paired-sample design, Biometrics 43 (1987).
    /// </summary>
    /// <param name="items">How many items are compared: at least 1.</param>
    /// <param name="disagreement">The share ψ of items that only one of the two passes: 0 to 1. Unknown before the first run; two good models disagree on 0.05 to 0.2.</param>
    /// <param name="power">How often the difference is found: more than 0 and less than 1.</param>
    /// <param name="confidence">The confidence of the comparison: more than 0 and less than 1.</param>
    /// <returns>The difference of the rates; at most <paramref name="disagreement"/>. Null where not even that can be found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double? OfPasses(int items, double disagreement, double power = DefaultPower, double confidence = ConfidenceInterval.DefaultConfidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        if (disagreement is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(disagreement), disagreement, "The disagreement must be within 0 and 1.");
        }

        var alpha = ConfidenceInterval.NormalQuantile(confidence);
        var beta = PowerQuantile(power);
        var (below, found) = (0.0, disagreement);
        if (Needed(found) > items)
        {
            return null;
        }

        for (var i = 0; i < 60; i++)
        {
            var middle = (below + found) / 2;
            (below, found) = Needed(middle) > items ? (middle, found) : (below, middle);
        }

        return found;

        double Needed(double delta) => delta == 0
            ? double.PositiveInfinity
            : Math.Pow((alpha * Math.Sqrt(disagreement)) + (beta * Math.Sqrt(Math.Max(0, disagreement - (delta * delta)))), 2) / (delta * delta);
    }

    /// <summary>Of scores: (z_α + z_β)·s / √n. E. Miller, Adding error bars to evals, arXiv 2411.00640 (2024), section 5.</summary>
    /// <param name="items">How many items are compared: at least 1.</param>
    /// <param name="standardDeviation">Of the differences of the items, in units of the score: 0 or more.</param>
    /// <param name="power">How often the difference is found: more than 0 and less than 1.</param>
    /// <param name="confidence">The confidence of the comparison: more than 0 and less than 1.</param>
    /// <returns>The difference, in units of the score.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double OfScores(int items, double standardDeviation, double power = DefaultPower, double confidence = ConfidenceInterval.DefaultConfidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        return (ConfidenceInterval.NormalQuantile(confidence) + PowerQuantile(power)) * standardDeviation / Math.Sqrt(items);
    }

    private static double PowerQuantile(double power) => power is > 0 and < 1
        ? Normal.InvCDF(0, 1, power)
        : throw new ArgumentOutOfRangeException(nameof(power), power, "The power must be more than 0 and less than 1.");
}
