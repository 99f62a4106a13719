using System.Globalization;
using PromptGen.Testing;

namespace PromptGen.Cli.Tests;

public sealed class EvalTests : IDisposable
{
    private const string Luna = "gpt-5.6-luna";
    private const string Terra = "gpt-5.6-terra";

    private readonly TempFolder _folder = new();

    private string Store => Path.Combine(_folder.Name, "eval.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task APromptIsEvaluatedOverHttpByItsRouteAndByModels()
    {
        await using var server = await StartAsync(static request => NumberOf(request) < 3 || request.ModelId == Terra ? "Billing" : "Other");
        var data = Data(6);
        string[] arguments = ["eval", ToolRun.SupportDesk, data, "--prompt", "SupportDesk.TriageAsync", "--store", Store, "--model", Luna, "--model", Terra, "--route", "--json"];

        var run = await RunAsync(server, arguments);

        Assert.Equal("", run.Error.Split('\n').FirstOrDefault(static line => line.Contains("could not", StringComparison.Ordinal)) ?? "");
        Assert.Equal(0, run.ExitCode);
        var models = run.Json.GetProperty("models").EnumerateArray().ToDictionary(static model => model.GetProperty("model").GetString()!);
        Assert.Equal([(Luna, 0.5), (Terra, 1.0), ("route", 0.5)], models.Values.Select(static model => (model.GetProperty("model").GetString()!, model.GetProperty("accuracy").GetDouble())));
        Assert.True(models["route"].GetProperty("route").GetBoolean());
        Assert.Equal(18, server.Requests.Count);
        Assert.Equal(0.000044m, models[Luna].GetProperty("costUsd").GetDecimal());
        Assert.Equal([Luna], run.Json.GetProperty("answeredModels").GetProperty(Luna).EnumerateArray().Select(static model => model.GetString()));
        Assert.Contains("18 calls, at most $", run.Error, StringComparison.Ordinal);
        Assert.Contains("6 items are too few to find a difference", run.Error, StringComparison.Ordinal);

        // The same again asks nothing.
        var again = await RunAsync(server, arguments);
        Assert.Equal(run.Json.GetProperty("spentUsd").GetDecimal(), again.Json.GetProperty("spentUsd").GetDecimal());
        Assert.Equal(models.Values.Select(static model => model.GetProperty("accuracy").GetDouble()), again.Json.GetProperty("models").EnumerateArray().Select(static model => model.GetProperty("accuracy").GetDouble()));
        Assert.Equal(18, server.Requests.Count);

        // The result is a file of scores for the other commands.
        var scores = _folder.Write("scores.json", run.Output);
        Assert.Equal(0, (await ToolRun.OfAsync("table", scores)).ExitCode);
        Assert.Contains("undecided", (await ToolRun.OfAsync("compare", scores, scores, "--base-model", Luna, "--candidate-model", Terra)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissedThresholdEndsWithAHundredAndADryRunAsksNothing()
    {
        await using var server = await StartAsync(static _ => "Other");
        var data = Data(3);

        var dry = await RunAsync(server, "eval", ToolRun.SupportDesk, data, "--prompt", "SupportDesk.TriageAsync", "--store", Store, "--model", Luna, "--dry-run", "--json");
        Assert.Equal(0, dry.ExitCode);
        Assert.Empty(server.Requests);
        Assert.True(dry.Json.GetProperty("arms")[0].GetProperty("worstCaseUsd").GetDecimal() > 0);

        var run = await RunAsync(server, "eval", ToolRun.SupportDesk, data, "--prompt", "SupportDesk.TriageAsync", "--store", Store, "--model", Luna, "--min-quality", "0.9");
        Assert.Equal(100, run.ExitCode);
        Assert.Contains("0.00 %", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheLimitOfTheCostEndsTheRunUndecided()
    {
        await using var server = await StartAsync(static _ => "Billing");

        var run = await RunAsync(server, "eval", ToolRun.SupportDesk, Data(30), "--prompt", "SupportDesk.TriageAsync", "--store", Store, "--model", Luna, "--max-usd", "0.001", "-j", "1", "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.InRange(run.Json.GetProperty("spentUsd").GetDecimal(), 0.00004m, 0.001m);
        Assert.InRange(run.Json.GetProperty("notMeasured").GetInt32(), 1, 29);
        Assert.Contains("the limit of the cost had no room", run.Json.GetProperty("problem").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--prompt", "None", "has no prompt 'None'", 2)]
    [InlineData("--model", "gpt-1", "cannot be asked of 'gpt-1'", 2)]
    [InlineData("--configure", "None.Configure", "has no static method", 2)]
    [InlineData("--repeat", "0", "must be 1 to 1000", 2)]
    public async Task WhatCannotRunIsSaid(string option, string value, string problem, int code)
    {
        await using var server = await StartAsync(static _ => "Other");
        string[] prompt = option == "--prompt" ? [] : ["--prompt", "SupportDesk.TriageAsync"];

        var run = await RunAsync(server, ["eval", ToolRun.SupportDesk, Data(1), "--store", Store, option, value, .. prompt]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ItemsAndKeysAreCheckedBeforeAnythingIsAsked()
    {
        var bad = _folder.Write("bad.jsonl", """{"id": 1, "input": {"ticket": "x"}, "expected": {"queue": "Nowhere"}}""");

        var items = await ToolRun.OfAsync(
            ["eval", ToolRun.SupportDesk, bad, "--prompt", "SupportDesk.TriageAsync", "--store", Store], TestContext.Current.CancellationToken, variables: new() { ["OPENAI_API_KEY"] = "k", ["ANTHROPIC_API_KEY"] = "k" });
        Assert.Equal(1, items.ExitCode);
        Assert.Contains("bad.jsonl', line 1 ('1') has no input 'product'", items.Error, StringComparison.Ordinal);
        Assert.Contains("expects what the contract does not allow at '/queue'", items.Error, StringComparison.Ordinal);

        var keys = await ToolRun.OfAsync("eval", ToolRun.SupportDesk, Data(1), "--prompt", "SupportDesk.TriageAsync", "--store", Store);
        Assert.Equal(2, keys.ExitCode);
        Assert.Contains("set ANTHROPIC_API_KEY", keys.Error, StringComparison.Ordinal);
    }

    private static Task<ToolRun> RunAsync(ModelServer server, params string[] arguments) => ToolRun.OfAsync(arguments, TestContext.Current.CancellationToken, variables: new()
    {
        ["OPENAI_API_KEY"] = "k",
        ["OPENAI_BASE_URL"] = server.OpenAIEndpoint.ToString(),
        ["ANTHROPIC_API_KEY"] = "k",
        ["ANTHROPIC_BASE_URL"] = server.AnthropicEndpoint.ToString(),
    });

    private static Task<ModelServer> StartAsync(Func<ModelRequest, string> queue) => ModelServer.StartAsync(
        request => ModelReply.Json(new { queue = queue(request), urgency = 3, summary = "s", confidence = 0.9 }, inputTokens: 100, outputTokens: 20));

    private static int NumberOf(ModelRequest request) => int.Parse(request.TextOf("user").Split("number ")[1].Split('.')[0], CultureInfo.InvariantCulture);

    private string Data(int count) => _folder.Write("tickets.jsonl", string.Join('\n', Enumerable.Range(0, count).Select(static i =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"id": "t{{{i}}}", "input": {"product": "Ledger", "ticket": "Ticket number {{{i}}}."}, "expected": {"queue": "Billing"}}"""))));
}
