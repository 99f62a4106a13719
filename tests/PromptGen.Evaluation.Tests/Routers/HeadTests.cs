namespace PromptGen.Evaluation.Tests.Routers;

public sealed class HeadTests
{
    [Fact]
    public void A_head_is_at_the_maximum_of_its_likelihood()
    {
        var random = new Shuffler(3);
        var rows = Enumerable.Range(0, 300).Select(_ => FeatureRow.Of([KeyValuePair.Create(0, (random.NextDouble() * 4) - 2), KeyValuePair.Create(1, (random.NextDouble() * 4) - 2)])).ToArray();
        var labels = rows.Select(row => random.NextDouble() < Logistic.Of(row.Values[0] - (0.5 * row.Values[1]))).ToArray();

        var head = LogisticHead.Fit(rows, labels, 2, ridge: 2);

        // At the maximum the gradient of the likelihood is what the ridge pulls back.
        for (var column = 0; column < 2; column++)
        {
            var gradient = rows.Select((row, i) => ((labels[i] ? 1 : 0) - head.Probability(row)) * row.Values[column]).Sum();
            Assert.Equal(2 * head.Weights[column], gradient, 0.1);
        }

        Assert.InRange(head.Weights[0], 0.6, 1.4);
        Assert.InRange(head.Weights[1], -0.9, -0.2);
    }

    [Fact]
    public void Platt_finds_the_slope_and_the_offset_of_the_labels()
    {
        var random = new Shuffler(5);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
        var labels = numbers.Select(number => random.NextDouble() < Logistic.Of((3 * number) - 1)).ToArray();

        var fitted = PlattScaling.Fit(numbers, labels);

        Assert.Equal(3, fitted.Slope, 0.2);
        Assert.Equal(-1, fitted.Offset, 0.1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Numbers_that_say_the_opposite_or_nothing_have_no_slope(bool isOpposite)
    {
        var fitted = PlattScaling.Fit([.. Enumerable.Range(0, 100).Select(i => isOpposite ? -i : 1.0)], [.. Enumerable.Range(0, 100).Select(i => i >= 75)]);

        Assert.Equal(0, fitted.Slope, 6);
        Assert.Equal(0.25, fitted.Of(7), 0.02);
    }
}
