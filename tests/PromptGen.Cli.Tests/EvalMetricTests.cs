using System.Globalization;
using PromptGen.Testing;

namespace PromptGen.Cli.Tests;

/// <summary><c>promptgen eval --metric TYPE.METHOD</c>: prompts and methods of the assembly that measure answers.</summary>
public sealed class EvalMetricTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task APromptJudgesAndIsPaidOnce()
    {
        await using var server = await StartAsync(static rated => rated == "Billing" ? "5" : "3");
        string[] arguments = ["--metric", "JudgedDesk.RateAsync", "--scale", "1..5", "--max-usd", "1", "--json"];

        var run = await EvalAsync(server, arguments);

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Error));
        Assert.Equal((0.75, 8), (run.Json.GetProperty("models")[0].GetProperty("accuracy").GetDouble(), server.Requests.Count));
        Assert.Equal(4 * (0.00018m + 0.0018m), run.Json.GetProperty("spentUsd").GetDecimal());
        Assert.Equal(0.00018m, run.Json.GetProperty("models")[0].GetProperty("costUsd").GetDecimal());
        Assert.Contains("Rate Billing for ticket 0.", server.Requests.Select(static request => request.TextOf("user").Split('\n')[0]));
        Assert.Equal(run.Json.GetProperty("spentUsd").GetDecimal(), (await EvalAsync(server, arguments)).Json.GetProperty("spentUsd").GetDecimal());
        Assert.Equal(8, server.Requests.Count);
    }

    [Theory]
    [InlineData("DeskMetrics.Same", 0.5)]
    [InlineData("PromptGen.Cli.Tests.DeskMetrics.Half", 0.125)]
    [InlineData("DeskMetrics.Made", 0.5)]
    public async Task AMethodMeasures(string method, double accuracy)
    {
        await using var server = await StartAsync(static _ => "5");

        var run = await EvalAsync(server, "--metric", method, "--json");

        Assert.Equal((0, accuracy), (run.ExitCode, run.Json.GetProperty("models")[0].GetProperty("accuracy").GetDouble()));
    }

    /// <summary>Two of four answers are right, the other two cannot be measured: the mean is between a half and 1.</summary>
    [Theory]
    [InlineData(null, 3)]
    [InlineData("0.5", 0)]
    [InlineData("0.8", 3)]
    public async Task WhatIsBrokenIsNeitherRightNorWrong(string? threshold, int code)
    {
        await using var server = await StartAsync(static _ => "5");
        string[] least = threshold is null ? [] : ["--min-quality", threshold];

        var run = await EvalAsync(server, ["--metric", "DeskMetrics.LaterAsync", "--json", .. least]);

        Assert.Equal((code, 1.0, 2), (run.ExitCode, run.Json.GetProperty("models")[0].GetProperty("accuracy").GetDouble(), run.Json.GetProperty("models")[0].GetProperty("broken").GetInt32()));
        Assert.Equal(["t1", "t3"], run.Json.GetProperty("broken").EnumerateArray().Select(static one => one.GetProperty("item").GetString()).Order());
        Assert.Equal("The dictionary has no such queue.", run.Json.GetProperty("broken")[0].GetProperty("problem").GetString());
        var table = await ToolRun.OfAsync("table", _folder.Write("scores.json", run.Output));
        Assert.Contains("Broken", table.Output, StringComparison.Ordinal);
        var text = await EvalAsync(server, ["--metric", "DeskMetrics.LaterAsync", .. least]);
        Assert.Contains("Broken measurements: 2", text.Error, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("DeskMetrics.None", "has no prompt and no static method 'DeskMetrics.None'")]
    [InlineData("None.Same", "has no prompt and no static method 'None.Same'")]
    [InlineData("DeskMetrics.Text", "has to be a static method (answer), (answer, expected)")]
    [InlineData("same", "or TYPE.METHOD of the assembly")]
    public async Task WhatIsNoMetricIsSaid(string method, string problem)
    {
        await using var server = await StartAsync(static _ => "5");

        var run = await EvalAsync(server, "--metric", method);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("--scale", "1", "--scale must be a rule such as 1..5")]
    [InlineData("--contradiction", "2", "--contradiction must be 0 to 1")]
    [InlineData("--member", "Points", "has no member 'Points'")]
    [InlineData("--judge-model", "none-1", "cannot be asked of 'none-1'")]
    public async Task OptionsOfTheJudgeAreChecked(string option, string value, string problem)
    {
        await using var server = await StartAsync(static _ => "5");

        var run = await EvalAsync(server, "--metric", "JudgedDesk.RateAsync", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    private static Task<ModelServer> StartAsync(Func<string, string> rating) => ModelServer.StartAsync(request =>
    {
        var text = request.TextOf("user");
        return request.ModelId == JudgedModels.Judges
            ? ModelReply.Text($$"""{"value": {{rating(text.Split(' ')[1])}}}""", inputTokens: 100, outputTokens: 20)
            : ModelReply.Text(int.Parse(text.Split("ticket ")[1].TrimEnd('?'), CultureInfo.InvariantCulture) % 2 == 0 ? "Billing" : "Sales", inputTokens: 100, outputTokens: 20);
    });

    private Task<ToolRun> EvalAsync(ModelServer server, params string[] options) => ToolRun.OfAsync(
        ["eval", typeof(JudgedDesk).Assembly.Location, Data(), "--prompt", "JudgedDesk.QueueAsync", "--store", Path.Combine(_folder.Name, "eval.db"), .. options],
        TestContext.Current.CancellationToken,
        variables: new() { ["OPENAI_API_KEY"] = "k", ["OPENAI_BASE_URL"] = server.OpenAIEndpoint.ToString() });

    private string Data() => _folder.Write("tickets.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(static i =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"id": "t{{{i}}}", "input": {"ticket": "{{{i}}}"}, "expected": "Billing"}"""))));
}
