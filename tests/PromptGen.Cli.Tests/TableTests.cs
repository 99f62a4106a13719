namespace PromptGen.Cli.Tests;

public sealed class TableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The costs are those that routing.md computes from the same answers: characters / 4 at the list prices of August 2024.</summary>
    [SharedDataFact("zeroeval/gsm")]
    public async Task RecordedAnswersHaveCostsByTheListPricesOfTheirTime()
    {
        var run = await ToolRun.OfAsync(
            "table", SharedData.Find("zeroeval/gsm"), "--metric", "numeric", "--prices", SharedData.Find("models/prices.csv"), "--prices-on", "2024-08-15", "--json");

        Assert.Equal(0, run.ExitCode);
        var task = run.Json.GetProperty("tasks")[0];
        Assert.Equal("gsm", task.GetProperty("task").GetString());
        var models = task.GetProperty("models").EnumerateArray().ToDictionary(static model => model.GetProperty("model").GetString()!);
        Assert.Equal(44, models.Count);
        Assert.Equal((0.10, 94.24), Figures("gpt-4o-mini-2024-07-18"));
        Assert.Equal((2.64, 95.60), Figures("claude-3-5-sonnet-20240620"));
        Assert.True(models["gpt-4o-mini-2024-07-18"].GetProperty("costEstimated").GetBoolean());
        Assert.False(models["Yi-1.5-9B-Chat"].TryGetProperty("costUsd", out _));

        (double Usd, double Percent) Figures(string model) =>
            (Math.Round(models[model].GetProperty("costUsd").GetDouble() * 1000, 2), Math.Round(models[model].GetProperty("quality").GetDouble() * 100, 2));
    }

    [Fact]
    public async Task ModelsAreShownByTaskWithTheBestOneAndTheFront()
    {
        var (sums, code) = (await ScoresAsync("sums", ("cheap", 6, 0.001), ("strong", 9, 0.02)), await ScoresAsync("code", ("cheap", 5, 0.001), ("strong", 8, 0.04)));
        var markdown = Path.Combine(_folder.Name, "table.md");

        var run = await ToolRun.OfAsync("table", sums, code, "--json", "--markdown", markdown);

        Assert.Equal(0, run.ExitCode);
        var overall = run.Json.GetProperty("overall");
        Assert.Equal("strong", overall.GetProperty("bestSingle").GetString());
        var cheap = overall.GetProperty("models")[1];
        Assert.Equal(("cheap", 0.55, true), (cheap.GetProperty("model").GetString(), Math.Round(cheap.GetProperty("quality").GetDouble(), 9), cheap.GetProperty("onFront").GetBoolean()));
        Assert.Equal(0.001m / 0.6m, run.Json.GetProperty("tasks")[0].GetProperty("models")[1].GetProperty("costPerSuccessUsd").GetDecimal(), 9);
        Assert.Equal(1.5, cheap.GetProperty("p95Seconds").GetDouble());
        Assert.Equal(19.41, cheap.GetProperty("costQualityRatio").GetDouble(), 0.01);

        var table = await ToolRun.OfAsync("table", sums, code);
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("Best single model: strong, 85.00 %, $30.00 per 1,000 answers.", table.Output, StringComparison.Ordinal);
        Assert.Contains("31.27 – 83.18", table.Output, StringComparison.Ordinal);
        Assert.Contains("| cheap | 60.00 % | 31.27 – 83.18 | 1.5 s | $1.00 | $1.67 | 13.3 | yes |", File.ReadAllText(markdown), StringComparison.Ordinal);
        Assert.Contains("### all tasks", File.ReadAllText(markdown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARouteIsListedBesideTheBestSingleModel()
    {
        var sums = await ScoresAsync("sums", ("cascade", 9, 0.002), ("cheap", 6, 0.001), ("strong", 8, 0.02));

        var run = await ToolRun.OfAsync("table", sums, "--route", "cascade", "--json");

        var task = run.Json.GetProperty("tasks")[0];
        Assert.Equal("strong", task.GetProperty("bestSingle").GetString());
        var route = task.GetProperty("models")[0];
        Assert.Equal(0.1, route.GetProperty("againstBest").GetProperty("difference").GetDouble(), 9);
        Assert.Contains("cascade (route)", (await ToolRun.OfAsync("table", sums, "--route", "cascade")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TasksNeedDifferentNames()
    {
        var sums = await ScoresAsync("sums", ("cheap", 6, 0.001));

        Assert.Equal(2, (await ToolRun.OfAsync("table", sums, sums)).ExitCode);
        Assert.Equal(0, (await ToolRun.OfAsync("table", sums, "again=" + sums)).ExitCode);
        Assert.Equal(3, (await ToolRun.OfAsync("table", sums, "--model", "other")).ExitCode);
        Assert.Equal(1, (await ToolRun.OfAsync("table", _folder.Write("x.json", "{}"))).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("table", Path.Combine(_folder.Name, "sums"))).ExitCode);
    }

    private async Task<string> ScoresAsync(string task, params (string Model, int Right, double Cost)[] models)
    {
        _folder.Write($"{task}/questions.jsonl", string.Join('\n', Enumerable.Range(0, 10).Select(static i => $$"""{"id": {{i}}, "answer": {{i}}}""")));
        foreach (var (model, right, cost) in models)
        {
            _folder.Write($"{task}/outputs/{model}.jsonl", string.Join('\n', Enumerable.Range(0, 10).Select(i => FormattableString.Invariant($$"""{"id": {{i}}, "output": "{{(i < right ? i : 99)}}", "cost": {{cost}}, "latency": 1.5}"""))));
        }

        return _folder.Write($"{task}.json", (await ToolRun.OfAsync("score", Path.Combine(_folder.Name, task), "--metric", "numeric", "--json")).Output);
    }
}
