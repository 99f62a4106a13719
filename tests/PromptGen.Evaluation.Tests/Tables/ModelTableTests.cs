namespace PromptGen.Evaluation.Tests.Tables;

public sealed class ModelTableTests
{
    [Fact]
    public void The_best_is_first_and_the_front_has_no_model_that_another_one_beats()
    {
        var table = ModelTable.Of(
        [
            ("sums", [Score("cheap", 6, 0.001m), Score("mid", 7, 0.004m), Score("poor", 5, 0.005m), Score("strong", 9, 0.01m), Score("partial", 10, 0.001m)]),
            ("code", [Score("strong", 9, 0.03m), Score("mid", 7, 0.004m), Score("cheap", 4, 0.001m), Score("poor", 5, 0.005m)]),
        ]);

        Assert.Equal(["sums", "code"], table.Tasks.Select(static task => task.Task));
        Assert.Equal(["partial", "strong", "mid", "cheap", "poor"], table.Tasks[0].Rows.Select(static row => row.Model));
        Assert.Equal(["partial"], FrontOf(table.Tasks[0]));
        Assert.Equal(["strong", "mid", "cheap"], FrontOf(table.Tasks[1]));

        var overall = table.Overall!;
        Assert.Equal(["strong", "mid", "cheap", "poor"], overall.Rows.Select(static row => row.Model));
        Assert.Equal("strong", overall.BestSingle!.Model);
        Assert.Equal(["strong", "mid", "cheap"], FrontOf(overall));
        Assert.Equal((0.9, 0.02m, 20), (Math.Round(overall.Rows[0].Quality, 9), overall.Rows[0].CostUsd, overall.Rows[0].Answers));
        Assert.Equal(0.02m / 0.9m, overall.Rows[0].CostPerSuccessUsd!.Value, 9);
    }

    [Fact]
    public void The_ratio_is_quality_per_dollar_beside_the_best_model()
    {
        var rows = ModelTable.Of([("sums", [Score("unknown", 9, null), Score("strong", 8, 0.02m), Score("cheap", 4, 0.001m), Score("free", 3, 0), Score("wrong", 0, 0.01m)])]).Tasks[0].Rows;

        Assert.Equal([null, 1, 10, null, null], rows.Select(static row => row.CostQualityRatio));
        Assert.Equal(["strong", "cheap", "free"], rows.Where(static row => row.IsOnFront).Select(static row => row.Model));
        Assert.Null(rows[^1].CostPerSuccessUsd);
    }

    /// <summary>The interval of the mean of two means: √(s₁² + s₂²) / 2, with s² = p (1 − p) / (n − 1).</summary>
    [Fact]
    public void The_interval_over_all_tasks_is_that_of_a_mean_of_means()
    {
        var row = ModelTable.Of([("sums", [Score("m", 6, null)]), ("code", [Score("m", 9, null)])]).Overall!.Rows[0];

        var half = 1.959963985 * Math.Sqrt((0.6 * 0.4 / 9) + (0.9 * 0.1 / 9)) / 2;
        Assert.Equal(0.75 - half, row.Interval!.Value.Lower, 1e-8);
        Assert.Equal(0.75 + half, row.Interval!.Value.Upper, 1e-8);
    }

    [Fact]
    public void A_route_is_compared_with_the_best_single_model_and_is_never_that_model()
    {
        var table = ModelTable.Of(
        [
            ("sums", [Score("strong", 8, 0.02m), Score("route", 9, 0.005m) with { IsRoute = true }]),
            ("code", [Score("strong", 8, 0.02m), Score("route", 6, 0.005m) with { IsRoute = true }]),
        ]);

        var route = table.Tasks[0].Rows[0];
        Assert.Equal("strong", table.Tasks[0].BestSingle!.Model);
        Assert.Equal(PairedDifference.OfPasses(0, 1, 10), route.AgainstBest);
        Assert.Null(table.Tasks[0].Rows[1].AgainstBest);
        Assert.Equal(4.5, route.CostQualityRatio!.Value, 9);

        // (+1/10 − 2/10) / 2
        var overall = table.Overall!.Rows.Single(static row => row.IsRoute).AgainstBest!;
        Assert.Equal((-0.05, 20), (Math.Round(overall.Mean, 9), overall.Items));
        Assert.True(overall.Interval.Contains(-0.05) && !overall.IsSignificant);
    }

    [Fact]
    public void A_route_without_common_items_is_not_compared()
    {
        ScoredItem[] others = [new("x", 1), new("y", 0)];
        var rows = ModelTable.Of([("sums", [Score("strong", 8, null), new("route", others, ScoreSummary.Of(others)) { IsRoute = true }])]).Tasks[0].Rows;

        Assert.Null(rows.Single(static row => row.IsRoute).AgainstBest);
    }

    [Fact]
    public void Tasks_and_models_are_there_once()
    {
        Assert.Empty(ModelTable.Of([("sums", [Score("a", 9, null)]), ("code", [Score("b", 5, null)])]).Overall!.Rows);
        Assert.Null(ModelTable.Of([("sums", [Score("a", 9, null)])]).Overall);
        Assert.Throws<ArgumentException>(static () => ModelTable.Of([]));
        Assert.Throws<ArgumentException>(static () => ModelTable.Of([("sums", [Score("a", 9, null), Score("a", 5, null)])]));
        Assert.Throws<ArgumentException>(static () => ModelTable.Of([("sums", []), ("sums", [])]));
        Assert.Empty(ModelTable.Of([("sums", [new("a", [], ScoreSummary.Of([]))])]).Tasks[0].Rows);
    }

    private static IEnumerable<string> FrontOf(TaskTable task) => task.Rows.Where(static row => row.IsOnFront).Select(static row => row.Model);

    private static ModelScore Score(string model, int right, decimal? cost)
    {
        ScoredItem[] items = [.. Enumerable.Range(0, 10).Select(i => new ScoredItem($"{i}", i < right ? 1 : 0))];
        return new(model, items, ScoreSummary.Of(items)) { CostUsd = cost };
    }
}
