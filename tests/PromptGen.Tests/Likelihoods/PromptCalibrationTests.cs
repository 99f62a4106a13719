using PromptGen.Likelihoods;

namespace PromptGen.Tests.Likelihoods;

/// <summary>A line through the points of a map.</summary>
public sealed class PromptCalibrationTests
{
    private static readonly PromptCalibration Map = new("sure", [0.2, 0.6, 0.8], [0.1, 0.1, 0.9]);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.2, 0.1)]
    [InlineData(0.4, 0.1)]
    [InlineData(0.6, 0.1)]
    [InlineData(0.65, 0.3)]
    [InlineData(0.7, 0.5)]
    [InlineData(0.8, 0.9)]
    [InlineData(1, 0.9)]
    public void Between_two_points_it_is_straight_and_outside_of_them_it_is_level(double probability, double share) => Assert.Equal(share, Map.Of(probability), 12);

    [Fact]
    public void It_never_falls()
    {
        var random = new Random(1);
        for (var run = 0; run < 200; run++)
        {
            var points = random.Next(2, 8);
            var map = new PromptCalibration("sure", Drawn(random, points), Drawn(random, points));
            var shares = Enumerable.Range(0, 101).Select(i => map.Of(i / 100.0)).ToArray();

            Assert.Equal(shares.Order(), shares);
            Assert.All(shares, static share => Assert.InRange(share, 0, 1));
        }
    }

    [Fact]
    public void A_model_without_a_map_has_no_probability()
    {
        var likelihood = new PromptLikelihood(0.9) { Calibration = [Map] };

        Assert.Equal(0.9, likelihood.Calibrate("sure", 1));
        Assert.Null(likelihood.Calibrate("Sure", 1));
        Assert.Equal(0.4, new PromptLikelihood(0.9).Calibrate("other", 0.4));
    }

    private static double[] Drawn(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble()).Order()];
}
