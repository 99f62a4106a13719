namespace PromptGen.Testing;

/// <summary>
/// What every <see cref="ICallLedger"/> guarantees, as checks that any test framework can run: <c>foreach (var check in CallLedgerConformance.Checks) await check.RunAsync(ledger);</c>.
/// </summary>
public static class CallLedgerConformance
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<CallLedgerCheck> Checks { get; } =
    [
        new("Gives back a call with all that is known of it", static async probe =>
        {
            var call = Full(probe);
            await probe.WriteAsync(call).ConfigureAwait(false);
            probe.Same(call, (await probe.ReadAsync(probe.All).ConfigureAwait(false)).SingleOrDefault());
        }),
        new("Gives back a call of which little is known", static async probe =>
        {
            var call = probe.Call(1) with { Outcome = PromptErrorCode.RouteExhausted, ModelId = null, Tier = null, EntryTier = null, Attempts = [], Cost = PromptCost.Unknown, FullCost = PromptCost.Unknown };
            await probe.WriteAsync(call).ConfigureAwait(false);
            probe.Same(call, (await probe.ReadAsync(probe.All).ConfigureAwait(false)).SingleOrDefault());
        }),
        new("Reads the calls that started last first", static async probe =>
        {
            await probe.WriteAsync(probe.Call(1, seconds: 10), probe.Call(2, seconds: 30), probe.Call(3, seconds: 20)).ConfigureAwait(false);
            await probe.FindsAsync(probe.All, 2, 3, 1).ConfigureAwait(false);
            await probe.FindsAsync(probe.All with { Limit = 2 }, 2, 3).ConfigureAwait(false);
        }),
        new("Keeps a call that is written again as it was", static async probe =>
        {
            var call = probe.Call(1);
            await probe.WriteAsync(call).ConfigureAwait(false);
            await probe.WriteAsync(call with { Version = "later000" }, probe.Call(2, seconds: -1)).ConfigureAwait(false);
            var found = await probe.ReadAsync(probe.All).ConfigureAwait(false);
            probe.Same([call.CallId, probe.Id(2)], found.Select(static call => call.CallId).ToArray());
            probe.Same(call, found[0]);
        }),
        new("Keeps a batch that is written twice at the same time once", static async probe =>
        {
            CallRecord[] calls = [.. Enumerable.Range(1, 50).Select(number => probe.Call(number, number))];
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => probe.Ledger.WriteAsync(calls)))).ConfigureAwait(false);
            var found = await probe.ReadAsync(probe.All).ConfigureAwait(false);
            probe.Same(50, found.Count);
            probe.Same(50, found.Sum(static call => call.Attempts.Count));
        }),
        new("Selects by every condition", SelectsAsync),
        new("Adds a verdict, also before its call", static async probe =>
        {
            var (early, late) = (Verdict(probe, "person", 1), Verdict(probe, "test", 0.25));
            await probe.Ledger.AddVerdictAsync(early).ConfigureAwait(false);
            await probe.WriteAsync(probe.Call(1)).ConfigureAwait(false);
            await probe.Ledger.AddVerdictAsync(late).ConfigureAwait(false);
            probe.Same([early, late], (await probe.ReadAsync(probe.All).ConfigureAwait(false)).Single().Verdicts.ToArray());
        }),
        new("Replaces the verdict of a source", static async probe =>
        {
            await probe.WriteAsync(probe.Call(1)).ConfigureAwait(false);
            await probe.Ledger.AddVerdictAsync(Verdict(probe, "person", 1)).ConfigureAwait(false);
            await probe.Ledger.AddVerdictAsync(Verdict(probe, "person", 0)).ConfigureAwait(false);
            probe.Same([Verdict(probe, "person", 0)], (await probe.ReadAsync(probe.All).ConfigureAwait(false)).Single().Verdicts.ToArray());
        }),
        new("Reads while it writes", static async probe =>
        {
            await probe.WriteAsync(probe.Call(1)).ConfigureAwait(false);
            await foreach (var call in probe.Ledger.ReadAsync(probe.All).ConfigureAwait(false))
            {
                await probe.WriteAsync(probe.Call(2, seconds: 1)).ConfigureAwait(false);
                probe.Same(probe.Id(1), call.CallId);
            }

            await probe.FindsAsync(probe.All, 2, 1).ConfigureAwait(false);
        }),
    ];

    private static CallVerdict Verdict(CallLedgerProbe probe, string source, double score) => new(probe.Id(1), source, score) { At = CallLedgerProbe.Start };

    private static async Task SelectsAsync(CallLedgerProbe probe)
    {
        await probe.WriteAsync(
            probe.Call(1, seconds: 0) with { Scope = "tenant-1", Pipeline = "nightly" },
            probe.Call(2, seconds: 10) with { ModelId = "haiku", ParentCallId = probe.Id(1) },
            probe.Call(3, seconds: 20) with { Outcome = PromptErrorCode.DeadlineExceeded, ModelId = null, Tier = null }).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { CallId = probe.Id(2) }, 2).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { ParentCallId = probe.Id(1) }, 2).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { ModelId = "mini" }, 1).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { Outcome = PromptErrorCode.DeadlineExceeded }, 3).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { Scope = "tenant-1" }, 1).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { Pipeline = "nightly" }, 1).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { From = CallLedgerProbe.Start.AddSeconds(10) }, 3, 2).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { Until = CallLedgerProbe.Start.AddSeconds(10) }, 1).ConfigureAwait(false);
        await probe.FindsAsync(probe.All with { Prompt = probe.Prompt + "x" }).ConfigureAwait(false);
    }

    /// <summary>A call with a value in every member.</summary>
    private static CallRecord Full(CallLedgerProbe probe) => probe.Call(1) with
    {
        ParentCallId = probe.Id(0),
        IsSubstituted = true,
        FromCache = true,
        Saved = new PromptCost(0.125m, IsComplete: false),
        RoutedBy = "plan = Free",
        Arm = "canary",
        Scope = "tenant-1",
        Pipeline = "nightly",
        Stage = "classify",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        FullCost = new PromptCost(0.5m, IsComplete: false),
        Agreement = 0.75,
        Votes = [new CallVote("mini", 1.5, Counted: true, IsBehindWinner: true), new CallVote("haiku", 0, Counted: false, IsBehindWinner: false)],
        Attempts =
        [
            CallLedgerProbe.Attempt() with
            {
                Outcome = PromptErrorCode.SchemaMismatch,
                ResponseModelId = "mini-2026",
                CachedInputTokens = 500,
                ReasoningTokens = 50,
                TimeToFirstToken = TimeSpan.FromMilliseconds(250),
                Arm = "canary",
                Rungs = ["Fence", "Quotes"],
                Violations = ["", "/items/*/name", "/items/*/name"],
                IsAbandoned = true,
                FromJournal = true,
                Request = """[{"role":"user","content":"Hello"}]""",
                Answer = "{}",
            },
            CallLedgerProbe.Attempt() with { Reason = PromptAttemptReason.Repair, InputTokens = null, OutputTokens = null, Cost = PromptCost.Unknown },
        ],
    };
}
