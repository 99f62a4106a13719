using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using TDistribution = MathNet.Numerics.Distributions.StudentT;

namespace PromptGen.Evaluation;

/// <summary>A range that covers the true value in the stated share of all samples.</summary>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>The confidence of all intervals that do not state another one: 0.95.</summary>
    public const double DefaultConfidence = 0.95;

    /// <summary>Upper minus lower bound.</summary>
    public double Width => Upper - Lower;

    /// <summary>Whether a value lies in the interval; both bounds belong to it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>
    /// Wilson's score interval of a rate: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    /// Unlike the normal approximation it holds for small samples and for rates near 0 and 1.
    /// </summary>
    /// <param name="successes">How many succeeded: 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">How many there were; 0 gives the interval from 0 to 1.</param>
    /// <param name="confidence">The share of samples whose interval covers the true rate: more than 0 and less than 1.</param>
    /// <returns>The interval, within 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ConfidenceInterval Wilson(int successes, int trials, double confidence = DefaultConfidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var z = NormalQuantile(confidence);
        if (trials == 0)
        {
            return new(0, 1);
        }

        double n = trials;
        var rate = successes / n;
        var center = (rate + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((rate * (1 - rate) / n) + (z * z / (4 * n * n)));
        return new(successes == 0 ? 0 : center - half, successes == trials ? 1 : center + half);
    }

    /// <summary>
    /// Student's t interval of a mean: x̄ ± t·SE with <c>degreesOfFreedom</c> degrees of freedom. Student, The probable error of a mean, Biometrika 6 (1908).
    /// </summary>
    /// <param name="mean">The mean of the sample.</param>
    /// <param name="standardError">The standard error of the mean: 0 or more; see <see cref="StandardError"/>.</param>
    /// <param name="degreesOfFreedom">At least 1: values − 1, or clusters − 1.</param>
    /// <param name="confidence">The share of samples whose interval covers the true mean: more than 0 and less than 1.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ConfidenceInterval StudentT(double mean, double standardError, int degreesOfFreedom, double confidence = DefaultConfidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardError);
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        CheckConfidence(confidence);
        var half = TDistribution.InvCDF(0, 1, degreesOfFreedom, (1 + confidence) / 2) * standardError;
        return new(mean - half, mean + half);
    }

    /// <summary>
    /// The percentile bootstrap interval of a mean, for scores that are too skewed for <see cref="StudentT"/>. B. Efron, R. J. Tibshirani, An introduction to the bootstrap (1993), chapter 13.
    /// The same seed gives the same interval.
    /// </summary>
    /// <param name="values">The sample; at least one value.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="resamples">How many samples are drawn: at least 100.</param>
    /// <param name="confidence">The share of samples whose interval covers the true mean: more than 0 and less than 1.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ConfidenceInterval Bootstrap(IReadOnlyList<double> values, int seed = 1, int resamples = 2_000, double confidence = DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        CheckConfidence(confidence);
        double[] sample = [.. values];
        if (sample.Length == 0)
        {
            throw new ArgumentException("A bootstrap needs at least one value.", nameof(values));
        }

        var random = new Random(seed);
        var means = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < sample.Length; j++)
            {
                sum += sample[random.Next(sample.Length)];
            }

            means[i] = sum / sample.Length;
        }

        var tail = (1 - confidence) / 2;
        return new(means.Quantile(tail), means.Quantile(1 - tail));
    }

    /// <summary>How many standard deviations of a normal distribution an interval reaches to both sides.</summary>
    internal static double NormalQuantile(double confidence)
    {
        CheckConfidence(confidence);
        return Normal.InvCDF(0, 1, (1 + confidence) / 2);
    }

    internal static void CheckConfidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must be more than 0 and less than 1.");
        }
    }
}
