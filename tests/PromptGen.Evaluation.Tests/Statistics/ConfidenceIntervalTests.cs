using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class ConfidenceIntervalTests
{
    /// <summary>R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_gives_the_published_intervals(int successes, int trials, double lower, double upper)
    {
        var interval = ConfidenceInterval.Wilson(successes, trials);

        Assert.Equal(lower, interval.Lower, 4);
        Assert.Equal(upper, interval.Upper, 4);
    }

    [Fact]
    public void Wilson_is_symmetric_and_stays_within_0_and_1()
    {
        for (var successes = 0; successes <= 40; successes++)
        {
            var interval = ConfidenceInterval.Wilson(successes, 40);
            var mirrored = ConfidenceInterval.Wilson(40 - successes, 40);

            Assert.InRange(successes / 40.0, interval.Lower, interval.Upper);
            Assert.InRange(interval.Lower, 0, 1);
            Assert.Equal(interval.Lower, 1 - mirrored.Upper, 12);
        }

        Assert.Equal(new ConfidenceInterval(0, 1), ConfidenceInterval.Wilson(0, 0));
    }

    /// <summary>Over all outcomes of a sample, by their probabilities: not a simulation.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public void Wilson_covers_the_true_rate_as_often_as_it_says(int trials)
    {
        double[] rates = [.. Enumerable.Range(1, 99).Select(static percent => percent / 100.0)];
        var coverage = rates.Average(rate => Enumerable.Range(0, trials + 1)
            .Where(successes => ConfidenceInterval.Wilson(successes, trials).Contains(rate))
            .Sum(successes => Binomial.PMF(rate, trials, successes)));

        Assert.InRange(coverage, 0.945, 0.957);
    }

    [Fact]
    public void Student_gives_the_published_quantile()
    {
        var interval = ConfidenceInterval.StudentT(1, 2, 9);

        Assert.Equal(1 - (2 * 2.262157), interval.Lower, 5);
        Assert.Equal(1 + (2 * 2.262157), interval.Upper, 5);
    }

    [Fact]
    public void Student_covers_the_true_mean_of_a_small_sample_as_often_as_it_says()
    {
        var random = new Random(7);
        var covered = Enumerable.Range(0, 4_000).Count(_ =>
        {
            double[] sample = [.. Normal.Samples(random, 3, 2).Take(8)];
            return ConfidenceInterval.StudentT(sample.Average(), StandardError.OfMean(sample), 7).Contains(3);
        });

        Assert.InRange(covered / 4_000.0, 0.94, 0.96);
    }

    [Fact]
    public void Bootstrap_covers_the_true_mean_of_skewed_scores_nearly_as_often_as_it_says()
    {
        var random = new Random(7);
        var covered = Enumerable.Range(0, 1_000).Count(i =>
        {
            double[] sample = [.. Exponential.Samples(random, 0.5).Take(100)];
            return ConfidenceInterval.Bootstrap(sample, seed: i, resamples: 400).Contains(2);
        });

        Assert.InRange(covered / 1_000.0, 0.91, 0.96);
    }

    [Fact]
    public void Bootstrap_gives_the_same_interval_for_the_same_seed()
    {
        double[] sample = [.. Enumerable.Range(1, 50).Select(static value => (double)value)];

        Assert.Equal(ConfidenceInterval.Bootstrap(sample, seed: 3), ConfidenceInterval.Bootstrap(sample, seed: 3));
        Assert.NotEqual(ConfidenceInterval.Bootstrap(sample, seed: 3), ConfidenceInterval.Bootstrap(sample, seed: 4));
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConfidenceInterval.Wilson(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConfidenceInterval.Wilson(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConfidenceInterval.Wilson(1, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConfidenceInterval.Wilson(1, 3, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConfidenceInterval.StudentT(0, 1, 0));
        Assert.Throws<ArgumentException>(static () => ConfidenceInterval.Bootstrap([]));
    }
}
