using System.IO.Compression;
using System.Text;

namespace PromptGen.Cli.Tests;

/// <summary>A router from labels and from the calls of a ledger.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] s_easy = ["refund", "invoice", "address", "password", "delivery"];
    private static readonly string[] s_hard = ["prove", "integral", "lawsuit", "diagnosis", "theorem"];

    private readonly TempFolder _folder = new();

    private string Router => Path.Combine(_folder.Name, "triage.router");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainsFromCsv()
    {
        var run = await ToolRun.OfAsync("train", Csv(200), "--output", Router, "--weak", "mini", "--strong", "sonnet", "--prompt", "Desk.AnswerAsync");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("200 labels.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Wrote {Router}", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("promptgen router 1\nprompt: Desk.AnswerAsync\nweak: mini\nstrong: sonnet\ndate: 2026-11-29\nlabels: 200\n", await File.ReadAllTextAsync(Router, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        AssertTellsEasyFromHard(task: null);
    }

    [Fact]
    public async Task TrainsFromCompressedJsonLinesForACost()
    {
        var file = Path.Combine(_folder.Name, "labels.jsonl.gz");
        await using (var gzip = new GZipStream(File.Create(file), CompressionMode.Compress))
        {
            var lines = Enumerable.Range(0, 200).Select(static i => $$"""{"input":"{{Text(i)}}","task":"support","weak_correct":{{(i % 2 == 0 ? "true" : "false")}},"strong_correct":true}""");
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)), TestContext.Current.CancellationToken);
        }

        var run = await ToolRun.OfAsync("train", file, "--output", Router, "--cost", "0.5", "--weak-cost", "0.1", "--date", "2026-11-01", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((200, Router, false), (run.Json.GetProperty("labels").GetInt32(), run.Json.GetProperty("file").GetString(), run.Json.GetProperty("isUseless").GetBoolean()));
        Assert.InRange(run.Json.GetProperty("apgr").GetDouble(), 0.6, 1);
        Assert.InRange(run.Json.GetProperty("heldOut").GetProperty("strongShare").GetDouble(), 0.2, 0.6);
        var text = await File.ReadAllTextAsync(Router, TestContext.Current.CancellationToken);
        Assert.Contains("\ngoal: cost 0.5 weak-cost 0.1\n", text, StringComparison.Ordinal);
        Assert.Contains("\ndate: 2026-11-01\n", text, StringComparison.Ordinal);
        AssertTellsEasyFromHard("support");
    }

    [Fact]
    public async Task TrainsFromALedgerWithVerdicts()
    {
        var ledger = await LedgerAsync(200, withContent: true);

        var run = await ToolRun.OfAsync("train", ledger, "--output", Router, "--weak", "mini", "--strong", "sonnet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("200 labels from 200 calls. For 100 of them the strong model was not asked", run.Output, StringComparison.Ordinal);
        Assert.Contains("\ndate: 2026-11-28\n", await File.ReadAllTextAsync(Router, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        AssertTellsEasyFromHard("Desk.AnswerAsync");
    }

    [Fact]
    public async Task TrainsFromTheSelectedCallsOfALedger()
    {
        var ledger = await LedgerAsync(200, withContent: true);

        var run = await ToolRun.OfAsync("train", ledger, "--output", Router, "--weak", "mini", "--strong", "sonnet", "--from", "2026-11-27T12:00", "--prompt", "Desk.AnswerAsync", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(100, run.Json.GetProperty("ledger").GetProperty("calls").GetInt32());
        Assert.Equal(3, (await ToolRun.OfAsync("train", ledger, "--output", Router, "--weak", "mini", "--strong", "sonnet", "--prompt", "Desk.OtherAsync")).ExitCode);
    }

    [Fact]
    public async Task ALedgerWithoutContentHasTooFewLabels()
    {
        var run = await ToolRun.OfAsync("train", await LedgerAsync(40, withContent: false), "--output", Router, "--weak", "mini", "--strong", "sonnet");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("40 have no text (LedgerOptions.CaptureContent keeps it)", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Router));
    }

    [Fact]
    public async Task ALedgerNeedsTwoModels()
    {
        var ledger = await LedgerAsync(40, withContent: true);

        Assert.Equal(2, (await ToolRun.OfAsync("train", ledger, "--output", Router, "--weak", "mini")).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("train", ledger, "--output", Router, "--weak", "mini", "--strong", "mini")).ExitCode);
    }

    [Fact]
    public async Task ARouterThatIsNoBetterThanChanceReplacesNoFile()
    {
        using var labels = new TempFile("input,weak_correct,strong_correct\n" + string.Concat(Enumerable.Range(0, 60).Select(static i => $"question {i},1,1\n")), ".csv");
        await File.WriteAllTextAsync(Router, "earlier", TestContext.Current.CancellationToken);

        var run = await ToolRun.OfAsync("train", labels.Name, "--output", Router, "--json");

        Assert.Equal(100, run.ExitCode);
        Assert.True(run.Json.GetProperty("isUseless").GetBoolean());
        Assert.False(run.Json.TryGetProperty("file", out _));
        Assert.Contains("It is not written; --force writes it.", run.Error, StringComparison.Ordinal);
        Assert.Equal("earlier", await File.ReadAllTextAsync(Router, TestContext.Current.CancellationToken));

        Assert.Equal(100, (await ToolRun.OfAsync("train", labels.Name, "--output", Router, "--force")).ExitCode);
        Assert.StartsWith("promptgen router 1\n", await File.ReadAllTextAsync(Router, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesThatCannotBeReadOrWrittenEndWithOne()
    {
        using var wrong = new TempFile("input,weak_correct,strong_correct\nCANARY,maybe,1\n", ".csv");

        var run = await ToolRun.OfAsync("train", wrong.Name, "--output", Router);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Line 2 cannot be read: 'weak_correct' is 1 or 0.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await ToolRun.OfAsync("train", Path.Combine(_folder.Name, "none.csv"), "--output", Router)).ExitCode);
        Assert.Equal(1, (await ToolRun.OfAsync("train", Csv(40), "--output", Path.Combine(_folder.Name, "none", "x.router"))).ExitCode);
        Assert.Equal(3, (await ToolRun.OfAsync("train", Csv(10), "--output", Router)).ExitCode);
    }

    private static string Text(int i) => $"{(i % 2 == 0 ? s_easy : s_hard)[i / 2 % 5]} is the subject of question {i}";

    private string Csv(int count)
    {
        var file = Path.Combine(_folder.Name, $"labels{count}.csv");
        File.WriteAllText(file, "input,weak_correct,strong_correct\n" + string.Concat(Enumerable.Range(0, count).Select(static i => $"{Text(i)},{(i % 2 == 0 ? 1 : 0)},1\n")));
        return file;
    }

    private void AssertTellsEasyFromHard(string? task)
    {
        var router = LearnedRouter.Parse(File.ReadAllBytes(Router));
        Assert.True(router.Score(task, "refund is the subject of question 77") >= router.Threshold);
        Assert.True(router.Score(task, "lawsuit is the subject of question 77") < router.Threshold);
    }

    /// <summary>A ledger whose weak model answers every other question right; a check rejects its other answers, and the strong model is asked.</summary>
    private async Task<string> LedgerAsync(int count, bool withContent)
    {
        var file = Path.Combine(_folder.Name, "calls.db");
        await using var ledger = new SqliteCallLedger(file);
        await ledger.WriteAsync([.. Enumerable.Range(0, count).Select(i => Call(i, withContent, new DateTimeOffset(2026, 11, i < count / 2 ? 27 : 28, 8, 0, 0, TimeSpan.Zero)))]);
        for (var i = 0; i < count; i++)
        {
            await ledger.AddVerdictAsync(new CallVerdict($"{i}", "person", 1));
        }

        return file;
    }

    private static CallRecord Call(int i, bool withContent, DateTimeOffset startedAt)
    {
        var weak = new CallAttempt
        {
            ModelId = "mini",
            Provider = "openai",
            Tier = Tier.Fast,
            Reason = PromptAttemptReason.Initial,
            Outcome = i % 2 == 0 ? PromptErrorCode.None : PromptErrorCode.NotAccepted,
            Cost = PromptCost.Zero,
            Duration = TimeSpan.FromSeconds(1),
            Request = withContent ? $$"""[{"role":"system","content":"You answer."},{"role":"user","content":"The question: {{Text(i)}}\nAnswer in one sentence."}]""" : null,
        };
        CallAttempt[] attempts = i % 2 == 0 ? [weak] : [weak, weak with { ModelId = "sonnet", Tier = Tier.General, Reason = PromptAttemptReason.Escalation, Outcome = PromptErrorCode.None }];
        return new CallRecord
        {
            CallId = $"{i}",
            Prompt = "Desk.AnswerAsync",
            Version = "00c0ffee",
            StartedAt = startedAt,
            Duration = TimeSpan.FromSeconds(1),
            Outcome = PromptErrorCode.None,
            ModelId = attempts[^1].ModelId,
            Tier = attempts[^1].Tier,
            Cost = PromptCost.Zero,
            FullCost = PromptCost.Zero,
            Attempts = attempts,
        };
    }
}
