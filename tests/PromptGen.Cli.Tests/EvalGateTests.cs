using System.Globalization;
using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.Cli.Tests;

/// <summary>What <c>eval</c> decides: thresholds, two arms, early ends, repeats, and the same as JUnit XML.</summary>
public sealed class EvalGateTests : IDisposable
{
    private const string Luna = "gpt-5.6-luna";
    private const string Terra = "gpt-5.6-terra";
    private const string Triage = "SupportDesk.TriageAsync";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ARunEndsWhereItsThresholdIsDecided()
    {
        await using var server = await StartAsync(static _ => "Billing");

        var run = await RunAsync(server, Data(40), "--model", Luna, "--min-quality", "0.5", "--looks", "4");
        var json = await RunAsync(server, Data(40), "--model", Luna, "--min-quality", "0.5", "--looks", "4", "--json");

        Assert.Equal((0, 20), (run.ExitCode, server.Requests.Count));
        Assert.Contains("Look 2 of 4, after 20 items: gpt-5.6-luna reaches 50.00 % (", run.Output, StringComparison.Ordinal);
        Assert.Contains("The run ended there: 20 calls not made, about $0.0008800 saved.", run.Output, StringComparison.Ordinal);
        var look = json.Json.GetProperty("look");
        Assert.Equal((2, 4, "better", true, 20), (look.GetProperty("look").GetInt32(), look.GetProperty("looks").GetInt32(), look.GetProperty("verdict").GetString(), look.GetProperty("decided").GetBoolean(), look.GetProperty("savedCalls").GetInt32()));
        Assert.Equal(0.00088m, look.GetProperty("savedUsd").GetDecimal());
        Assert.True(look.GetProperty("lower").GetDouble() >= 0.5);
        Assert.Equal(20, json.Json.GetProperty("models")[0].GetProperty("answers").GetInt32());
    }

    [Fact]
    public async Task TwoArmsAreComparedWithinTheMargin()
    {
        await using var server = await StartAsync(static request => request.ModelId == Terra ? "Billing" : "Other");
        var data = Data(40);

        var worse = await RunAsync(server, data, "--model", Terra, "--model", Luna, "--margin", "0.1", "--looks", "4", "--json");
        var better = await RunAsync(server, data, "--model", Luna, "--model", Terra, "--margin", "0.1");
        var undecided = await RunAsync(server, Data(3), "--model", Terra, "--model", Luna, "--margin", "0.1");

        Assert.Equal((100, 0, 3), (worse.ExitCode, better.ExitCode, undecided.ExitCode));
        Assert.Equal(("worse", "worse"), (worse.Json.GetProperty("look").GetProperty("verdict").GetString(), worse.Json.GetProperty("comparison").GetProperty("verdict").GetString()));
        Assert.Equal(worse.Json.GetProperty("look").GetProperty("confidence").GetDouble(), worse.Json.GetProperty("comparison").GetProperty("confidence").GetDouble());
        Assert.Equal(40, worse.Json.GetProperty("look").GetProperty("savedCalls").GetInt32());
        Assert.Contains("gpt-5.6-terra is shown not to be worse than gpt-5.6-luna by 10.00 points or more.", better.Output, StringComparison.Ordinal);
        Assert.Contains("not shown not to be worse", undecided.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RepeatsShowWhatSeveralAttemptsAchieve()
    {
        var calls = 0;
        await using var server = await StartAsync(_ => Interlocked.Increment(ref calls) % 2 == 0 ? "Billing" : "Other");
        string[] arguments = ["--model", Luna, "--repeat", "4", "-j", "1"];

        var json = await RunAsync(server, Data(3), [.. arguments, "--pass-at", "2", "--pass-at", "1", "--json"]);
        var table = await RunAsync(server, Data(3), arguments);

        // Each item passes 2 of 4 times: 1 − C(2, 2) / C(4, 2) = 5/6 of two attempts once, and C(2, 2) / C(4, 2) = 1/6 both times.
        var passes = json.Json.GetProperty("models")[0].GetProperty("passAt").EnumerateArray().ToArray();
        Assert.Equal([(1, 0.5, 0.5), (2, 5 / 6.0, 1 / 6.0)], passes.Select(static pass => (pass.GetProperty("k").GetInt32(), Math.Round(pass.GetProperty("any").GetDouble(), 12), Math.Round(pass.GetProperty("all").GetDouble(), 12))), Near);
        Assert.Contains("pass@4", table.Output, StringComparison.Ordinal);
        Assert.Contains("pass^4", table.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(server, Data(3), "--model", Luna, "--repeat", "2", "--pass-at", "3")).ExitCode);
        Assert.Equal(12, server.Requests.Count);

        // The file of scores keeps the attempts for the table.
        var scores = _folder.Write("scores.json", json.Output);
        var shown = await ToolRun.OfAsync("table", scores, "--pass-at", "2", "--pass-at", "9", "--json");
        var row = Assert.Single(shown.Json.GetProperty("tasks")[0].GetProperty("models")[0].GetProperty("passAt").EnumerateArray());
        Assert.Equal((2, 3, 0.8333), (row.GetProperty("k").GetInt32(), row.GetProperty("items").GetInt32(), Math.Round(row.GetProperty("any").GetDouble(), 4)));
        Assert.Contains("83.33 %", (await ToolRun.OfAsync("table", scores, "--pass-at", "2")).Output, StringComparison.Ordinal);

        static bool Near((int K, double Any, double All) first, (int K, double Any, double All) second) => first.K == second.K && Math.Abs(first.Any - second.Any) < 1e-9 && Math.Abs(first.All - second.All) < 1e-9;
    }

    [Fact]
    public async Task JUnitHasACaseForEachArmAndCategoryAndForTheThreshold()
    {
        var (junit, markdown) = (Path.Combine(_folder.Name, "eval.xml"), Path.Combine(_folder.Name, "eval.md"));
        await using var server = await StartAsync(static request => request.ModelId == Terra || request.TextOf("user").Contains("number 1", StringComparison.Ordinal) ? "Billing" : "Other");

        var run = await RunAsync(server, Data(12, static i => i % 2 == 0 ? "even" : "odd <&\u0001>"), "--model", Luna, "--model", Terra, "--min-quality", "0.9", "--margin", "0.05", "--junit", junit, "--markdown", markdown);

        Assert.Equal(100, run.ExitCode);
        var suite = JUnitSchema.Read(junit);
        Assert.Equal("promptgen eval", suite.Attribute("name")!.Value);
        Assert.Equal(
            [.. ((string[])[Luna, Terra]).SelectMany(static model => ((string[])["all", "even", "odd <&\uFFFD>"]).Select(name => ($"{Triage}, {model}", name))), ($"{Triage}, {Luna}", "quality of at least 90.00 %")],
            suite.Elements("testcase").Take(7).Select(static test => (test.Attribute("classname")!.Value, test.Attribute("name")!.Value)));
        Assert.Equal("25.00 % is below 90.00 %", Assert.Single(suite.Descendants("failure")).Attribute("message")!.Value);
        Assert.StartsWith("100.00 % (", suite.Elements("testcase").ElementAt(3).Element("system-out")!.Value, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(markdown, TestContext.Current.CancellationToken);
        Assert.Contains("| gpt-5.6-terra | 100.00 % |", page, StringComparison.Ordinal);
        Assert.Contains("### gpt-5.6-terra against gpt-5.6-luna", page, StringComparison.Ordinal);
        Assert.Contains("gpt-5.6-terra is shown not to be worse than gpt-5.6-luna by 5.00 points or more.", page, StringComparison.Ordinal);
        Assert.Equal((0, $"{Terra} against {Luna}"), ((int)suite.Attribute("errors")!, suite.Elements("testcase").Last().Attribute("classname")!.Value));
    }

    [Fact]
    public async Task WhatIsNotMeasuredIsAnErrorInJUnit()
    {
        var junit = Path.Combine(_folder.Name, "eval.xml");
        await using var server = await StartAsync(static _ => "Billing");

        var run = await RunAsync(server, Data(30), "--model", Luna, "--max-usd", "0.001", "-j", "1", "--min-quality", "0.9", "--junit", junit);

        Assert.Equal(3, run.ExitCode);
        var suite = JUnitSchema.Read(junit);
        Assert.Equal(["all", "quality of at least 90.00 %"], suite.Elements("testcase").Select(static test => test.Attribute("name")!.Value));
        var error = Assert.Single(suite.Descendants("error"));
        Assert.Contains(" not measured: ", error.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Contains("t29", error.Value, StringComparison.Ordinal);
        Assert.Empty(suite.Descendants("failure"));
    }

    [Theory]
    [InlineData("--margin", "0.1", "compares two arms")]
    [InlineData("--looks", "3", "--looks needs --min-quality, or two arms")]
    [InlineData("--looks", "0", "--looks must be 1 to 50")]
    [InlineData("--margin", "1", "--margin must be more than 0")]
    [InlineData("--pass-at", "0", "--pass-at must be 1 to 1000")]
    public async Task WhatDoesNotFitTheArmsIsRefused(string option, string value, string problem)
    {
        await using var server = await StartAsync(static _ => "Other");

        var run = await RunAsync(server, Data(3), "--model", Luna, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    /// <summary>200 items on a fifth of which two arms differ: n = (1.96·√0.2 + 0.8416·√(0.2 − δ²))² / δ² gives 8.8 points.</summary>
    [Fact]
    public async Task TheSmallestDetectableDifferenceIsKnownBeforeTheRun()
    {
        await using var server = await StartAsync(static _ => "Other");

        var text = await RunAsync(server, Data(200), "--model", Luna, "--dry-run");
        var json = await RunAsync(server, Data(200), "--model", Luna, "--dry-run", "--json");

        var difference = json.Json.GetProperty("smallestDetectable").GetDouble();
        Assert.Equal(200, Math.Pow((1.959964 * Math.Sqrt(0.2)) + (0.841621 * Math.Sqrt(0.2 - (difference * difference))), 2) / (difference * difference), 0.01);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"200 items find a difference of {difference * 100:0.00} points"), text.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ProgressIsShownOnATerminalAndAsLinesElsewhere()
    {
        await using var server = await StartAsync(static _ => "Billing");
        string[] arguments = ["eval", ToolRun.SupportDesk, Data(20), "--prompt", Triage, "--model", Luna, "-j", "1"];

        var piped = await ToolRun.OfAsync([.. arguments, "--store", Path.Combine(_folder.Name, "a.db")], TestContext.Current.CancellationToken, variables: Environment(server));
        var terminal = await ToolRun.OfAsync([.. arguments, "--store", Path.Combine(_folder.Name, "b.db")], TestContext.Current.CancellationToken, variables: Environment(server), showsProgress: true);

        Assert.Equal(9, piped.Error.Split('\n').Count(static line => line.StartsWith("gpt-5.6-luna: ", StringComparison.Ordinal) && line.Contains(" of 20 calls, $", StringComparison.Ordinal)));
        Assert.DoesNotContain("\u001b", piped.Error, StringComparison.Ordinal);
        Assert.Contains("\u001b", terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(terminal.Error.Split('\n'), static line => line.StartsWith("gpt-5.6-luna: ", StringComparison.Ordinal));
    }

    private Task<ToolRun> RunAsync(ModelServer server, string data, params string[] arguments) => ToolRun.OfAsync(
        ["eval", ToolRun.SupportDesk, data, "--prompt", Triage, "--store", Path.Combine(_folder.Name, "eval.db"), .. arguments], TestContext.Current.CancellationToken, variables: Environment(server));

    private static Dictionary<string, string> Environment(ModelServer server) => new() { ["OPENAI_API_KEY"] = "k", ["OPENAI_BASE_URL"] = server.OpenAIEndpoint.ToString() };

    private static Task<ModelServer> StartAsync(Func<ModelRequest, string> queue) => ModelServer.StartAsync(
        request => ModelReply.Json(new { queue = queue(request), urgency = 3, summary = "s", confidence = 0.9 }, inputTokens: 100, outputTokens: 20));

    private string Data(int count, Func<int, string>? category = null) => _folder.Write("tickets.jsonl", string.Join('\n', Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize(new
    {
        id = string.Create(CultureInfo.InvariantCulture, $"t{i}"),
        input = new { product = "Ledger", ticket = string.Create(CultureInfo.InvariantCulture, $"Ticket number {i}.") },
        expected = new { queue = "Billing" },
        category = category?.Invoke(i),
    }))));
}
