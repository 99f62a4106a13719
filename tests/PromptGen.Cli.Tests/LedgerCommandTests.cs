using System.Text.Json;

namespace PromptGen.Cli.Tests;

/// <summary>The commands that read a ledger.</summary>
public sealed class LedgerCommandTests
{
    [Fact]
    public async Task ReportShowsWhatCallsCostAndHowAnswersCame()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync("report", ledger.Name);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("3 calls, $0.003000, $0.003000 saved by the cache", run.Output, StringComparison.Ordinal);
        Assert.Contains("2026-11-27 … 2026-11-28   calls ▅█   cost █▁", run.Output, StringComparison.Ordinal);
        Assert.Contains("██████████", run.Output, StringComparison.Ordinal);
        Assert.Contains("Desk.TriageAsync broke its contract at /urgency 1", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Model asked +Requests +Accepted +Input +Output +Cost *\n[ ─]+\n +mini +2 +1 +200 +20 +\$0\.003000", run.Output.Replace("\r", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "unknown")]
    [InlineData(0.25, "≥ $0.2500")]
    public async Task ACostThatIsNotKnownIsNeverShownAsNothing(decimal known, string shown)
    {
        await using var ledger = await LedgerFile.WithUnknownCostAsync(known);

        var report = await ToolRun.OfAsync("report", ledger.Name, "--html", ledger.Beside("report.html"));
        var list = await ToolRun.OfAsync("calls", "list", ledger.Name);
        var show = await ToolRun.OfAsync("calls", "show", ledger.Name, "unknown");
        var explain = await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--ledger", ledger.Name);
        var page = await File.ReadAllTextAsync(ledger.Beside("report.html"), TestContext.Current.CancellationToken);

        Assert.Contains($"1 call, {shown} (the usage or the price of some requests is unknown)", report.Output, StringComparison.Ordinal);
        Assert.Contains($"1 call, {shown} (the usage", page, StringComparison.Ordinal);
        Assert.Contains($"typical  cost {shown} and 2.5 s, 95 of 100 within 2.5 s, of 1 answer", explain.Output, StringComparison.Ordinal);
        Assert.Contains($"<td>{shown}</td>", page, StringComparison.Ordinal);
        Assert.All([report.Output, list.Output, show.Output], text =>
        {
            Assert.Contains(shown, text, StringComparison.Ordinal);
            Assert.DoesNotContain("$0.00", text, StringComparison.Ordinal);
        });
        Assert.EndsWith(",false", (await ToolRun.OfAsync("report", ledger.Name, "--csv")).Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task ReportFitsANarrowTerminalWithoutCuttingAFigure(int columns)
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync(["report", ledger.Name], TestContext.Current.CancellationToken, columns);

        Assert.All(run.Output.Split('\n').Where(static line => line.Contains("Desk.TriageAsync  ", StringComparison.Ordinal)), line => Assert.InRange(line.TrimEnd().Length, 1, columns));
        Assert.Contains("66.7 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("2.5 s", run.Output, StringComparison.Ordinal);
        Assert.Contains("██████████", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('…', string.Concat(run.Output.Split('\n').Skip(2)));
    }

    [Fact]
    public async Task ReportGivesTheFiguresAsJson()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var group = (await ToolRun.OfAsync("report", ledger.Name, "--json")).Json.GetProperty("groups").EnumerateArray().Single();

        Assert.Equal("Desk.TriageAsync", group.GetProperty("key").GetString());
        Assert.Equal((3, 2), (group.GetProperty("calls").GetInt32(), group.GetProperty("answers").GetInt32()));
        Assert.Equal(0.0015, group.GetProperty("costPerAnswerUsd").GetDouble(), 9);
        Assert.Equal(2.5, group.GetProperty("p95").GetDouble());
        Assert.Equal(1, group.GetProperty("quality").GetDouble());
    }

    [Fact]
    public async Task ReportGivesTheSpendingOnEachModelAskedAsJson()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var spending = (await ToolRun.OfAsync("report", ledger.Name, "--by", "day", "--json")).Json.GetProperty("spending").EnumerateArray().Single();

        Assert.Equal(("2026-11-27", "mini"), (spending.GetProperty("key").GetString(), spending.GetProperty("modelId").GetString()));
        Assert.Equal((2, 0.003), (spending.GetProperty("requests").GetInt32(), Math.Round(spending.GetProperty("costUsd").GetDouble(), 9)));
    }

    [Fact]
    public async Task ReportGivesTheFiguresAsCsv()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var lines = (await ToolRun.OfAsync("report", ledger.Name, "--by", "scope", "--csv")).Output.Split("\r\n");

        Assert.StartsWith("scope,calls,answer_rate,attempts,cost_usd,cost_per_answer_usd", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"tenant \"\"1\"\", <b>\",3,0.6666666666666666,2,0.003,0.0015,0.003,0.002,2.5,2.5,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportWritesAPageThatRefersToNothingElse()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync("report", ledger.Name, "--by", "scope", "--html", ledger.Beside("report.html"));

        Assert.Equal(0, run.ExitCode);
        var page = await File.ReadAllTextAsync(ledger.Beside("report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("<td>tenant &quot;1&quot;, &lt;b&gt;</td>", page, StringComparison.Ordinal);
        Assert.Contains("Cost by day, 2026-11-27 to 2026-11-28", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ReportOfNoCallsCouldNotDecide()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        Assert.Equal(3, (await ToolRun.OfAsync("report", ledger.Name, "--prompt", "Desk.OtherAsync")).ExitCode);
    }

    [Fact]
    public async Task ReportComparesWithABaselineOnlyWhereItKnowsThePeriod()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        Assert.Equal(2, (await ToolRun.OfAsync("report", ledger.Name, "--baseline", "2026-11-01")).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("report", ledger.Name, "--from", "yesterday")).ExitCode);
        Assert.Equal(0, (await ToolRun.OfAsync("report", ledger.Name, "--baseline", "2026-11-01", "--from", "2026-11-28")).ExitCode);
    }

    [Fact]
    public async Task CallsListsTheLatestFirstAndFilters()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        Assert.Equal(["failed", "cached", "repaired"], await IdsAsync("calls", "list", ledger.Name));
        Assert.Equal(["failed"], await IdsAsync("calls", "list", ledger.Name, "--limit", "1"));
        Assert.Equal(["failed"], await IdsAsync("calls", "list", ledger.Name, "--outcome", "DeadlineExceeded"));
        Assert.Equal(["repaired"], await IdsAsync("calls", "list", ledger.Name, "--until", "2026-11-28"));
        Assert.Contains("DeadlineExceeded", (await ToolRun.OfAsync("calls", "list", ledger.Name)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task CallsListNeverBreaksAName(int columns)
    {
        const string Prompt = "CustomerServiceDesk.TriageIncomingTicketsAsync";
        await using var ledger = await LedgerFile.CreateAsync(prompt: Prompt);

        var run = await ToolRun.OfAsync(["calls", "list", ledger.Name], TestContext.Current.CancellationToken, columns);

        Assert.Equal(3, run.Output.Split(Prompt).Length - 1);
        Assert.Equal(3, run.Output.Split("2026-11-2").Length - 1);
        Assert.Contains("$0.003000", run.Output, StringComparison.Ordinal);
        Assert.Equal(columns == 200, run.Output.Contains("Requests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallsShowsOneWithItsRequests()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync("calls", "show", ledger.Name, "repaired");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("SchemaMismatch", run.Output, StringComparison.Ordinal);
        Assert.Contains("/urgency", run.Output, StringComparison.Ordinal);
        Assert.Contains("person 1", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolRun.OfAsync("calls", "show", ledger.Name, "repaired", "--json")).Json.GetProperty("call").GetProperty("attempts").GetArrayLength());
        Assert.Equal(1, (await ToolRun.OfAsync("calls", "show", ledger.Name, "other")).ExitCode);
    }

    [Fact]
    public async Task ExportWritesAcceptedAnswersForFineTuning()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync("export", ledger.Name);

        Assert.Equal("""{"messages":[{"role":"user","content":"Rate it"},{"role":"assistant","content":"{\"urgency\":5}"}]}""", run.Output.Trim());
    }

    [Fact]
    public async Task ExportWritesPreferencePairs()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var pair = (await ToolRun.OfAsync("export", ledger.Name, "--as", "preferences")).Json;

        Assert.Equal("Rate it", pair.GetProperty("input").GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("""{"urgency":5}""", pair.GetProperty("preferred_output")[0].GetProperty("content").GetString());
        Assert.Equal("""{"urgency":9}""", pair.GetProperty("non_preferred_output")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task ExportWritesRecordsToAFile()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync("export", ledger.Name, "--as", "calls", "--output", ledger.Beside("calls.jsonl"));

        Assert.Equal((0, "3 lines from 3 calls."), (run.ExitCode, run.Output.Trim()));
        var lines = await File.ReadAllLinesAsync(ledger.Beside("calls.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(["failed", "cached", "repaired"], lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("callId").GetString()));
    }

    [Fact]
    public async Task ExportSelectsByVerdict()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        Assert.Single((await ToolRun.OfAsync("export", ledger.Name, "--as", "calls", "--min-score", "0.5")).Output.Trim().Split('\n'));
    }

    [Fact]
    public async Task ExportWithoutContentCouldNotDecide()
    {
        await using var ledger = await LedgerFile.CreateAsync(withContent: false);

        var run = await ToolRun.OfAsync("export", ledger.Name);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("LedgerOptions.CaptureContent", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsSaid()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync("export", ledger.Name, "--as", "calls", "--output", Path.Combine(ledger.Beside("none"), "calls.jsonl"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("calls.jsonl cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("report")]
    [InlineData("calls", "list")]
    [InlineData("export")]
    public async Task AFileThatIsNoLedgerEndsWithOne(params string[] command)
    {
        using var file = new TempFile(new string('x', 5_000), ".db");

        Assert.Equal(1, (await ToolRun.OfAsync([.. command, file.Name])).ExitCode);
        Assert.Equal(1, (await ToolRun.OfAsync([.. command, "/nowhere/calls.db"])).ExitCode);
    }

    private static async Task<string?[]> IdsAsync(params string[] arguments) =>
        [.. (await ToolRun.OfAsync([.. arguments, "--json"])).Json.EnumerateArray().Select(static call => call.GetProperty("callId").GetString())];
}
