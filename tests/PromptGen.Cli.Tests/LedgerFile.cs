namespace PromptGen.Cli.Tests;

/// <summary>A ledger of three calls: one repaired, one from the cache, one that failed.</summary>
internal sealed class LedgerFile : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private LedgerFile() => Name = Beside("calls.db");

    public string Name { get; }

    public string Beside(string file) => Path.Combine(_folder.Name, file);

    public static async Task<LedgerFile> CreateAsync(bool withContent = true, string prompt = "Desk.TriageAsync")
    {
        var file = new LedgerFile();
        await using var ledger = new SqliteCallLedger(file.Name);
        await ledger.WriteAsync([.. new[] { Repaired(withContent), Cached(), Failed() }.Select(call => call with { Prompt = prompt })]);
        await ledger.AddVerdictAsync(new CallVerdict("repaired", "person", 1));
        return file;
    }

    /// <summary>A ledger of one answered call whose cost is not known, because its model reported no usage.</summary>
    /// <param name="knownUsd">What a part of its requests has cost.</param>
    public static async Task<LedgerFile> WithUnknownCostAsync(decimal knownUsd = 0)
    {
        var file = new LedgerFile();
        await using var ledger = new SqliteCallLedger(file.Name);
        var cost = new PromptCost(knownUsd, IsComplete: false);
        var call = Repaired(withContent: false);
        await ledger.WriteAsync([call with { CallId = "unknown", Prompt = "SupportDesk.TriageAsync", Cost = cost, FullCost = cost, Attempts = [call.Attempts[1] with { Cost = cost }] }]);
        return file;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CallRecord Repaired(bool withContent)
    {
        var first = new CallAttempt
        {
            ModelId = "mini",
            Provider = "openai",
            Tier = Tier.Fast,
            Reason = PromptAttemptReason.Initial,
            Outcome = PromptErrorCode.SchemaMismatch,
            InputTokens = 100,
            OutputTokens = 10,
            Cost = new PromptCost(0.001m, IsComplete: true),
            Duration = TimeSpan.FromSeconds(1),
            Violations = ["/urgency"],
            Request = withContent ? """[{"role":"user","content":"Rate it"}]""" : null,
            Answer = withContent ? """{"urgency":9}""" : null,
        };
        var cost = new PromptCost(0.003m, IsComplete: true);
        return Failed() with
        {
            CallId = "repaired",
            StartedAt = new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(2.5),
            Outcome = PromptErrorCode.None,
            ModelId = "mini",
            Tier = Tier.Fast,
            EntryTier = Tier.Fast,
            Cost = cost,
            FullCost = cost,
            Attempts =
            [
                first,
                first with
                {
                    Reason = PromptAttemptReason.Repair,
                    Outcome = PromptErrorCode.None,
                    Cost = new PromptCost(0.002m, IsComplete: true),
                    Violations = [],
                    Rungs = ["Fence"],
                    Request = withContent ? """[{"role":"user","content":"Rate it"},{"role":"assistant","content":"{\"urgency\":9}"},{"role":"user","content":"/urgency must be from 1 to 5"}]""" : null,
                    Answer = withContent ? """{"urgency":5}""" : null,
                },
            ],
        };
    }

    private static CallRecord Cached() => Failed() with
    {
        CallId = "cached",
        StartedAt = new DateTimeOffset(2026, 11, 28, 8, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromMilliseconds(2),
        Outcome = PromptErrorCode.None,
        ModelId = "mini",
        Tier = Tier.Fast,
        FromCache = true,
        Saved = new PromptCost(0.003m, IsComplete: true),
    };

    private static CallRecord Failed() => new()
    {
        CallId = "failed",
        Prompt = "Desk.TriageAsync",
        Version = "00c0ffee",
        StartedAt = new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(9),
        Outcome = PromptErrorCode.DeadlineExceeded,
        Scope = "tenant \"1\", <b>",
        Cost = PromptCost.Zero,
        FullCost = PromptCost.Zero,
    };
}
