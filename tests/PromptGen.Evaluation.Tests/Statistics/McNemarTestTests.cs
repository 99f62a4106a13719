using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class McNemarTestTests
{
    /// <summary>By hand: twice the sum of the binomial coefficients up to the smaller count, over 2ⁿ.</summary>
    [Theory]
    [InlineData(0, 10, 2 / 1024.0)]
    [InlineData(1, 9, 2 * 11 / 1024.0)]
    [InlineData(6, 16, 2 * 110056 / 4194304.0)]
    [InlineData(5, 5, 1)]
    [InlineData(0, 0, 1)]
    public void The_exact_p_value_is_that_of_a_binomial(int onlyFirst, int onlySecond, double expected)
    {
        Assert.Equal(expected, McNemarTest.Exact(onlyFirst, onlySecond), 10);
        Assert.Equal(expected, McNemarTest.Exact(onlySecond, onlyFirst), 10);
    }

    /// <summary>Over all outcomes, by their probabilities: a difference between models that are equally good is reported in at most 5 %.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void The_exact_test_keeps_its_size(double disagreement)
    {
        var size = Outcomes(200, disagreement / 2, disagreement / 2).Where(static outcome => McNemarTest.Exact(outcome.First, outcome.Second) < 0.05).Sum(static outcome => outcome.Probability);

        Assert.InRange(size, 0.002, 0.05);
    }

    [Fact]
    public void Without_a_disagreement_the_interval_has_a_closed_form()
    {
        var bound = 1.959964 * 1.959964 / (44 + (1.959964 * 1.959964));
        var interval = McNemarTest.Interval(0, 0, 44);

        Assert.Equal(bound, interval.Upper, 6);
        Assert.Equal(-bound, interval.Lower, 6);
    }

    /// <summary>At no difference the score is McNemar's own statistic, (c − b) / √(b + c).</summary>
    [Theory]
    [InlineData(12, 30, 200)]
    [InlineData(4, 17, 60)]
    public void The_interval_touches_0_where_the_statistic_is_the_critical_value(int onlyFirst, int onlySecond, int items)
    {
        var statistic = (onlySecond - onlyFirst) / Math.Sqrt(onlySecond + onlyFirst);
        var interval = McNemarTest.Interval(onlyFirst, onlySecond, items, (2 * Normal.CDF(0, 1, statistic)) - 1);

        Assert.Equal(0, interval.Lower, 9);
        Assert.InRange((onlySecond - onlyFirst) / (double)items, interval.Lower, interval.Upper);
    }

    [Theory]
    [InlineData(60, 0.1, 0.1)]
    [InlineData(60, 0.02, 0.1)]
    [InlineData(60, 0.05, 0.3)]
    [InlineData(25, 0.0, 0.1)]
    public void The_interval_covers_the_true_difference_as_often_as_it_says(int items, double onlyFirst, double onlySecond)
    {
        var coverage = Outcomes(items, onlyFirst, onlySecond)
            .Where(outcome => McNemarTest.Interval(outcome.First, outcome.Second, items).Contains(onlySecond - onlyFirst))
            .Sum(static outcome => outcome.Probability);

        Assert.InRange(coverage, 0.93, 0.995);
    }

    [Fact]
    public void The_interval_is_symmetric_and_bounded()
    {
        var interval = McNemarTest.Interval(3, 11, 40);
        var mirrored = McNemarTest.Interval(11, 3, 40);

        Assert.Equal(interval.Lower, -mirrored.Upper, 9);
        Assert.Equal(interval.Upper, -mirrored.Lower, 9);
        Assert.Equal(1, McNemarTest.Interval(0, 30, 30).Upper, 9);
        Assert.Equal((30 - (1.959964 * 1.959964)) / (30 + (1.959964 * 1.959964)), McNemarTest.Interval(0, 30, 30).Lower, 6);
        Assert.Throws<ArgumentOutOfRangeException>(static () => McNemarTest.Interval(3, 11, 13));
        Assert.Throws<ArgumentOutOfRangeException>(static () => McNemarTest.Interval(0, 0, 0));
    }

    private static IEnumerable<(int First, int Second, double Probability)> Outcomes(int items, double onlyFirst, double onlySecond)
    {
        for (var first = 0; first <= items; first++)
        {
            for (var second = 0; first + second <= items; second++)
            {
                var ways = SpecialFunctions.BinomialLn(items, first) + SpecialFunctions.BinomialLn(items - first, second);
                var probability = Math.Exp(ways) * Math.Pow(onlyFirst, first) * Math.Pow(onlySecond, second) * Math.Pow(1 - onlyFirst - onlySecond, items - first - second);
                if (probability > 1e-12)
                {
                    yield return (first, second, probability);
                }
            }
        }
    }
}
