using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class PairedDifferenceTests
{
    // Student, The probable error of a mean, Biometrika 6 (1908): hours of sleep gained by ten patients with two drugs.
    private static readonly double[] FirstDrug = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] SecondDrug = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void The_paired_t_test_gives_the_published_result()
    {
        var difference = PairedDifference.OfScores(FirstDrug, SecondDrug);

        Assert.Equal(10, difference.Items);
        Assert.Equal(1.58, difference.Mean, 10);
        Assert.Equal(0.00283289, difference.PValue, 8);
        Assert.Equal(0.7001142, difference.Interval.Lower, 6);
        Assert.Equal(2.4598858, difference.Interval.Upper, 6);
        Assert.Equal(ComparisonVerdict.Better, difference.Decide());
        Assert.Equal(ComparisonVerdict.Worse, PairedDifference.OfScores(SecondDrug, FirstDrug).Decide());
    }

    [Fact]
    public void The_paired_t_test_keeps_its_size()
    {
        var random = new Random(5);
        var found = Enumerable.Range(0, 4_000).Count(_ =>
        {
            double[] items = [.. Normal.Samples(random, 0, 3).Take(12)];
            return PairedDifference.OfScores([.. items.Select(Noise)], [.. items.Select(Noise)]).IsSignificant;
        });

        Assert.InRange(found / 4_000.0, 0.04, 0.06);

        double Noise(double value) => value + Normal.Sample(random, 0, 1);
    }

    [Fact]
    public void Clusters_take_significance_away_from_items_that_repeat_each_other()
    {
        double[] first = [.. Enumerable.Repeat(FirstDrug, 20).SelectMany(static scores => scores)];
        double[] second = [.. Enumerable.Repeat(SecondDrug, 20).SelectMany(static scores => scores)];
        string[] clusters = [.. Enumerable.Range(0, 200).Select(static i => $"patient {i % 10}")];

        var alone = PairedDifference.OfScores(first, second);
        var clustered = PairedDifference.OfScores(first, second, clusters);

        Assert.InRange(alone.PValue, 0, 1e-20);
        Assert.Equal(0.00283289, clustered.PValue, 8);
    }

    [Fact]
    public void Scores_that_do_not_differ_are_equal_within_any_margin()
    {
        var same = PairedDifference.OfScores(FirstDrug, FirstDrug);

        Assert.Equal(1, same.PValue);
        Assert.Equal(ComparisonVerdict.Undecided, same.Decide());
        Assert.Equal(ComparisonVerdict.Equal, same.Decide(margin: 0.01));
    }

    [Theory]
    [InlineData(60, 20, 1_000, 0.02, ComparisonVerdict.Worse)]
    [InlineData(20, 60, 1_000, 0.02, ComparisonVerdict.Better)]
    [InlineData(20, 22, 1_000, 0.02, ComparisonVerdict.Equal)]
    [InlineData(20, 22, 100, 0.02, ComparisonVerdict.Undecided)]
    [InlineData(60, 20, 10_000, 0.02, ComparisonVerdict.Equal)]
    [InlineData(60, 20, 10_000, null, ComparisonVerdict.Worse)]
    [InlineData(20, 22, 1_000, null, ComparisonVerdict.Undecided)]
    public void The_margin_decides_what_matters(int onlyBase, int onlyCandidate, int items, double? margin, ComparisonVerdict expected) =>
        Assert.Equal(expected, PairedDifference.OfPasses(onlyBase, onlyCandidate, items).Decide(margin));

    [Fact]
    public void A_candidate_may_be_worse_by_less_than_the_margin()
    {
        var difference = PairedDifference.OfPasses(30, 25, 1_000);

        Assert.True(difference.IsNotInferior(0.03));
        Assert.False(difference.IsNotInferior(0.005));
        Assert.Throws<ArgumentOutOfRangeException>(() => difference.IsNotInferior(0));
    }

    [Fact]
    public void Lists_of_different_lengths_are_refused() => Assert.Throws<ArgumentException>(static () => PairedDifference.OfScores([1, 2], [1]));
}
