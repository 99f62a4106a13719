namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class MultipleTestsTests
{
    // Y. Benjamini, Y. Hochberg, Controlling the false discovery rate (1995), section 3.2: 15 comparisons of two treatments.
    private static readonly double[] Published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

    [Fact]
    public void Benjamini_and_Hochberg_find_the_four_of_their_paper()
    {
        var corrected = MultipleTests.BenjaminiHochberg(Published);

        Assert.Equal(4, corrected.Count(static value => value <= 0.05));
        Assert.Equal(15 * 0.0095 / 4, corrected[3], 12);
    }

    [Fact]
    public void Holm_finds_the_three_of_the_same_paper()
    {
        var corrected = MultipleTests.Holm(Published);

        Assert.Equal(3, corrected.Count(static value => value <= 0.05));
        Assert.Equal(13 * 0.0019, corrected[2], 12);
    }

    /// <summary>As R's <c>p.adjust</c> gives them.</summary>
    [Fact]
    public void The_order_of_the_values_is_kept()
    {
        double[] values = [0.04, 0.01, 0.03, 0.02, 0.05];

        Assert.Equal([0.09, 0.05, 0.09, 0.08, 0.09], MultipleTests.Holm(values).Select(static value => Math.Round(value, 10)));
        Assert.Equal([0.05, 0.05, 0.05, 0.05, 0.05], MultipleTests.BenjaminiHochberg(values).Select(static value => Math.Round(value, 10)));
        Assert.Empty(MultipleTests.Holm([]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => MultipleTests.Holm([0.5, 1.1]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => MultipleTests.BenjaminiHochberg([double.NaN]));
    }

    [Fact]
    public void Holm_finds_anything_in_twenty_true_null_hypotheses_in_at_most_5_percent_of_all_runs()
    {
        var random = new Random(3);
        int corrected = 0, uncorrected = 0;
        for (var run = 0; run < 5_000; run++)
        {
            double[] values = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
            corrected += MultipleTests.Holm(values).Min() < 0.05 ? 1 : 0;
            uncorrected += values.Min() < 0.05 ? 1 : 0;
        }

        Assert.InRange(corrected / 5_000.0, 0.035, 0.06);
        Assert.InRange(uncorrected / 5_000.0, 0.6, 0.68);
    }
}
