using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace PromptGen.Evaluation;

/// <summary>
/// How a comparison may be looked at while it still runs, and stopped, without more false findings than one look at its end has. Each look uses a higher critical value than a single test: its interval is a
/// repeated confidence interval, which covers the true difference at all looks together. C. Jennison, B. W. Turnbull, Group sequential methods with applications to clinical trials (2000), chapters 2 and 9.
/// </summary>
public sealed class SequentialPlan
{
    /// <summary>The most looks that a plan can have.</summary>
    public const int MaxLooks = 50;

    private const int Nodes = 96;

    private SequentialPlan(double confidence, double[] criticalValues) => (Confidence, CriticalValues) = (confidence, criticalValues);

    /// <summary>The confidence over all looks together.</summary>
    public double Confidence { get; }

    /// <summary>The critical value of each look, in standard errors. The looks come after equal numbers of items.</summary>
    public IReadOnlyList<double> CriticalValues { get; }

    /// <summary>The same critical value at each look; stops early more often. S. J. Pocock, Group sequential methods in the design and analysis of clinical trials, Biometrika 64 (1977).</summary>
    /// <param name="looks">How many there are: 1 to <see cref="MaxLooks"/>.</param>
    /// <param name="confidence">Over all looks: more than 0 and less than 1.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static SequentialPlan Pocock(int looks, double confidence = ConfidenceInterval.DefaultConfidence) => Solve(looks, confidence, static (_, _) => 1);

    /// <summary>
    /// High critical values at first that end near the value of a single test, √(looks / look) times the last one; stops early only on large differences. P. C. O'Brien, T. R. Fleming, A multiple testing
    /// procedure for clinical trials, Biometrics 35 (1979).
    /// </summary>
    /// <param name="looks">How many there are: 1 to <see cref="MaxLooks"/>.</param>
    /// <param name="confidence">Over all looks: more than 0 and less than 1.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static SequentialPlan OBrienFleming(int looks, double confidence = ConfidenceInterval.DefaultConfidence) => Solve(looks, confidence, static (look, looks) => Math.Sqrt(looks / (double)look));

    /// <summary>The difference of items that pass or fail at a look.</summary>
    /// <param name="look">The look: 1 to the number of looks.</param>
    /// <param name="onlyBase">Items so far that only the base passes.</param>
    /// <param name="onlyCandidate">Items so far that only the candidate passes.</param>
    /// <param name="items">All items so far.</param>
    /// <param name="margin">The smallest difference that matters; more than 0. Null = none is named.</param>
    /// <returns>
    /// <see cref="ComparisonVerdict.Better"/> or <see cref="ComparisonVerdict.Worse"/> where the interval of this look excludes 0, <see cref="ComparisonVerdict.Equal"/> where it lies inside the margin:
    /// the comparison can stop. Else <see cref="ComparisonVerdict.Undecided"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ComparisonVerdict Decide(int look, int onlyBase, int onlyCandidate, int items, double? margin = null) =>
        Decide(McNemarTest.ScoreInterval(onlyBase, onlyCandidate, items, CriticalValueOf(look)), margin);

    /// <summary>The difference of scores at a look.</summary>
    /// <param name="look">The look: 1 to the number of looks.</param>
    /// <param name="mean">The mean difference so far, candidate minus base.</param>
    /// <param name="standardError">Its standard error: 0 or more.</param>
    /// <param name="margin">The smallest difference that matters; more than 0. Null = none is named.</param>
    /// <returns>As for items that pass or fail.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ComparisonVerdict Decide(int look, double mean, double standardError, double? margin = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardError);
        var half = CriticalValueOf(look) * standardError;
        return Decide(new ConfidenceInterval(mean - half, mean + half), margin);
    }

    private static ComparisonVerdict Decide(ConfidenceInterval interval, double? margin)
    {
        if (margin is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(margin));
            if (interval.Lower > -limit && interval.Upper < limit)
            {
                return ComparisonVerdict.Equal;
            }
        }

        return interval.Lower > 0 ? ComparisonVerdict.Better : interval.Upper < 0 ? ComparisonVerdict.Worse : ComparisonVerdict.Undecided;
    }

    /// <summary>The confidence with which a look has to decide, so that all looks together keep <see cref="Confidence"/>: 2·Φ(critical value) − 1.</summary>
    /// <param name="look">The look: 1 to the number of looks.</param>
    /// <returns>More than 0 and less than 1: the confidence of the comparison at this look.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such look.</exception>
    public double ConfidenceAt(int look) => (2 * Normal.CDF(0, 1, CriticalValueOf(look))) - 1;

    private double CriticalValueOf(int look)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(look, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(look, CriticalValues.Count);
        return CriticalValues[look - 1];
    }

    private static SequentialPlan Solve(int looks, double confidence, Func<int, int, double> shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(looks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(looks, MaxLooks);
        var single = ConfidenceInterval.NormalQuantile(confidence);
        var shapes = Enumerable.Range(1, looks).Select(look => shape(look, looks)).ToArray();
        var last = looks == 1 ? single : Brent.FindRoot(factor => StaysInside([.. shapes.Select(value => value * factor)]) - confidence, single, single + Math.Sqrt(looks), 1e-7);
        return new(confidence, [.. shapes.Select(value => value * last)]);
    }

    /// <summary>
    /// How likely the statistic stays within the critical values at every look, if there is no difference. The sum of the looks' increments is followed from look to look: its density is integrated over what has
    /// not been stopped yet. P. Armitage, C. K. McPherson, B. C. Rowe, Repeated significance tests on accumulating data, Journal of the Royal Statistical Society A 132 (1969).
    /// </summary>
    private static double StaysInside(double[] criticalValues)
    {
        var edge = criticalValues[0];
        var rule = new GaussLegendreRule(-edge, edge, Nodes);
        var density = Generate.Map(rule.Abscissas, static value => Normal.PDF(0, 1, value));
        for (var look = 2; look <= criticalValues.Length; look++)
        {
            edge = criticalValues[look - 1] * Math.Sqrt(look);
            var next = new GaussLegendreRule(-edge, edge, Nodes);
            var (before, from) = (density, rule);
            density = Generate.Map(next.Abscissas, value => Enumerable.Range(0, Nodes).Sum(i => from.GetWeight(i) * before[i] * Normal.PDF(from.GetAbscissa(i), 1, value)));
            rule = next;
        }

        return Enumerable.Range(0, Nodes).Sum(i => rule.GetWeight(i) * density[i]);
    }
}
