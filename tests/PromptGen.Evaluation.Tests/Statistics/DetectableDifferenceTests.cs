using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class DetectableDifferenceTests
{
    [Theory]
    [InlineData(300, 0.1)]
    [InlineData(1_319, 0.08)]
    public void A_difference_of_this_size_is_found_as_often_as_the_power_says(int items, double disagreement)
    {
        var random = new Random(2);
        var delta = DetectableDifference.OfPasses(items, disagreement)!.Value;
        double[] rates = [(disagreement - delta) / 2, (disagreement + delta) / 2, 1 - disagreement];
        var found = Enumerable.Range(0, 3_000).Count(_ =>
        {
            var counts = new Multinomial(rates, items, random).Sample();
            return McNemarTest.Exact(counts[0], counts[1]) < 0.05;
        });

        Assert.InRange(found / 3_000.0, 0.74, 0.83);
    }

    [Fact]
    public void Scores_of_this_difference_are_found_as_often_as_the_power_says()
    {
        var random = new Random(2);
        var delta = DetectableDifference.OfScores(100, 2);
        var found = Enumerable.Range(0, 3_000).Count(_ => PairedDifference.OfScores(new double[100], [.. Normal.Samples(random, delta, 2).Take(100)]).IsSignificant);

        Assert.InRange(found / 3_000.0, 0.77, 0.83);
        Assert.Equal(2.801585 * 0.2, delta, 6);
    }

    [Fact]
    public void Too_few_items_find_nothing()
    {
        Assert.Null(DetectableDifference.OfPasses(20, 0.05));
        Assert.Null(DetectableDifference.OfPasses(1_000, 0));
        Assert.True(DetectableDifference.OfPasses(10_000, 0.1) < DetectableDifference.OfPasses(1_000, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => DetectableDifference.OfPasses(10, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => DetectableDifference.OfScores(10, 1, power: 1));
    }
}
