using MathNet.Numerics.Distributions;

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
