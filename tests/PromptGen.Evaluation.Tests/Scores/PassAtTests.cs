namespace PromptGen.Evaluation.Tests.Scores;

public sealed class PassAtTests
{
    /// <summary>Of 5 attempts 2 pass: 1 − C(3, 3) / C(5, 3) = 0.9 that one of 3 does, and all of 2 in C(2, 2) / C(5, 2) = 0.1.</summary>
    [Fact]
    public void The_estimate_is_the_mean_over_the_items()
    {
        ScoredItem[] items = [Item("a", 1, 0, 0, 1, 0), Item("b", 1, 1, 1, 1, 1)];

        Assert.Equal((0.95, 0.5), Rounded(PassAt.Of(items, 3)!));
        Assert.Equal((0.85, 0.55), Rounded(PassAt.Of(items, 2)!));
        Assert.Equal((0.7, 0.7), Rounded(PassAt.Of(items, 1)!));
        Assert.Equal((1, 0.5), Rounded(PassAt.Of(items, 5)!));
        Assert.Equal(2, PassAt.Of(items, 5)!.Any.Count);
        Assert.Equal(ConfidenceInterval.StudentT(0.95, 0.05, 1).Lower, PassAt.Of(items, 3)!.Any.Interval!.Value.Lower, 9);
    }

    [Fact]
    public void Items_with_too_few_attempts_or_other_scores_are_left_out()
    {
        ScoredItem[] items = [Item("a", 1, 0, 0), Item("b", 1), Item("c", 0.5, 1, 0), new("d", 1)];

        Assert.Equal(1, PassAt.Of(items, 2)!.Any.Count);
        Assert.Equal(3, PassAt.Of(items, 1)!.Any.Count);
        Assert.Null(PassAt.Of(items, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAt.Of(items, 0));
    }

    [Fact]
    public void Weights_and_clusters_count()
    {
        ScoredItem[] items = [Item("a", 1, 1) with { Weight = 3, Cluster = "x" }, Item("b", 0, 0) with { Cluster = "y" }];

        Assert.Equal((0.75, 0.75), Rounded(PassAt.Of(items, 2)!));
        Assert.NotNull(PassAt.Of(items, 2)!.Any.Interval);
    }

    /// <summary>Attempts that pass with a probability p: 1 − (1 − p)² and p² of two, however many more there are.</summary>
    [Fact]
    public void The_estimate_has_no_bias()
    {
        const double P = 0.3;
        var random = new Random(4);
        ScoredItem[] items = [.. Enumerable.Range(0, 20_000).Select(i => Item($"{i}", [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() < P ? 1.0 : 0)]))];

        var pass = PassAt.Of(items, 2)!;

        Assert.Equal(1 - ((1 - P) * (1 - P)), pass.Any.Mean, 0.01);
        Assert.Equal(P * P, pass.All.Mean, 0.01);
        Assert.True(pass.Any.Interval!.Value.Contains(1 - ((1 - P) * (1 - P))) && pass.All.Interval!.Value.Contains(P * P));
    }

    private static ScoredItem Item(string id, params double[] scores) => ScoredItem.OfAttempts(id, scores);

    private static (double Any, double All) Rounded(PassAt pass) => (Math.Round(pass.Any.Mean, 9), Math.Round(pass.All.Mean, 9));
}
