namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>FailoverBench v0.1, S01–S16, with its checks.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("S01", "429 with Retry-After", "fb-s01-429-retry-after", 20)
        {
            Checks =
            [
                Check.Advisory("2 attempts", static run => Attempts(run, "s01").Count >= 2),
                Check.Advisory("gap ≥ 1.8 s", static run => Attempts(run, "s01") is [var first, var second, ..] && second.At - first.At >= Seconds(1.8)),
                Check.Required("≤ 2 attempts in 1.5 s", static run => CountWithin(Attempts(run, "s01"), 1.5) <= 2),
            ],
            Asked = static _ => "PP",
            StricterAsync = static (cell, run) => TakesAsync(cell, run, 2, 2.2),
        },
        new("S02", "429 persistent", "fb-s02-429-persistent", 40)
        {
            Checks = [Check.NoHang, AtMost(6, "s02"), Check.Required("≤ 4 attempts in 3 s", static run => CountWithin(Attempts(run, "s02"), 3) <= 4)],
            Asked = static _ => "PPPF",
        },
        new("S03", "500 once", "fb-s03-500-then-200", 20)
        {
            Checks = [Check.NoHang, Check.Advisory("2 attempts", static run => Attempts(run, "s03").Count >= 2)],
            Asked = static _ => "PP",
        },
        new("S04", "503 persistent", "fb-s04-503-persistent", 40) { Checks = [Check.NoHang, AtMost(6, "s04")], Asked = static _ => "PPPF" },
        new("S05", "TCP reset", "fb-s05-reset", 20) { Asked = static _ => "PP" },
        new("S06", "no response", "fb-s06-no-response", 130)
        {
            Checks = [Check.NoHang, Check.Within(100, isRequired: true), Check.Advisory("1 attempt", static run => Attempts(run, "s06").Count <= 1)],
            Silence = BenchProvider.NoResponse,
            Asked = static _ => "PF",
        },
        new("S07", "slow first token", "fb-s07-slow-ttft", 60)
        {
            Checks = [Check.NoHang, Check.Within(15, isRequired: false)],
            Silence = BenchProvider.SlowStart,
            Asked = static column => column.IsBaseline ? "P" : "PF",
        },
        new("S08", "stream cut", "fb-s08-stream-cut", 40)
        {
            Checks = [Check.NoHang, Check.NoTruncatedSuccess],
            WordsBefore = 40,
            Asked = static column => column.Resumes ? "PF" : column.IsLive ? "P" : "PPPF",
        },
        new("S09", "stream stalls", "fb-s09-stream-stall", 70)
        {
            Checks = [Check.NoHang, Check.NoTruncatedSuccess, Check.AliveAfter, Check.Within(45, isRequired: true)],
            Silence = BenchProvider.Stall,
            WordsBefore = 20,
            Asked = static column => column.IsLive && !column.Resumes ? "P" : "PF",
        },
        new("S10", "malformed chunk", "fb-s10-malformed-chunk", 30)
        {
            Checks = [Check.NoHang, Check.NoTruncatedSuccess, Check.AliveAfter, Check.Advisory("the whole text", static run => run.IsWhole)],
            WordsBefore = 10,
            Asked = static column => column.Resumes ? "PF" : column.IsLive ? "P" : "PPF",
        },
        new("S11", "no [DONE]", "fb-s11-no-done", 30)
        {
            Checks = [Check.NoHang, Check.Within(8, isRequired: true), Check.UsagePresent],
            Asked = static _ => "P",
            StricterAsync = static (cell, run) => TakesAsync(cell, run, 0, 0),
        },
        new("S12", "context length", "fb-s12-context-length", 20)
        {
            Checks = [Check.NoHang, Check.Required("≤ 2 attempts, each repeat smaller", static run => Attempts(run, "s12") is [] or [_] || Shrinks(Attempts(run, "s12")))],
            Asked = static _ => "PF",
        },
        new("S13", "content filter", "fb-s13-content-filter", 20)
        {
            IdealIsError = true,
            Checks = [Check.NoHang, Check.Required("1 attempt", static run => Attempts(run, "s13").Count == 1)],
            Asked = static _ => "P",
            StricterAsync = static (cell, _) => IsFilteredAsync(cell),
        },
        new("S14", "fallback rejects prefill", "fb-s14-stream-cut", 40)
        {
            Fallback = "fb-ok-noprefill",
            Checks = [Check.NoHang, Check.NoTruncatedSuccess, Check.Required("no prefill masking", static run => !IsMasked(run))],
            WordsBefore = 40,
            Asked = static column => column.Resumes ? "PF" : column.IsLive ? "P" : "PPPF",
        },
        new("S15", "primary flaps, 20 calls", "fb-s15-flap", 30)
        {
            Calls = 20,
            Checks =
            [
                Check.NoHang,
                Check.Required("all calls of the outage succeeded", static run => Early(run).All(static call => call.Outcome == BenchOutcome.Success)),
                Check.Required("back in 30 s", static run => BackAfter(run) <= Seconds(30)),
            ],
            StricterAsync = static (cell, run) => IsSparedAndBackAsync(cell, run),
        },
        new("S16", "accounting", "fb-s16-503-persistent", 40)
        {
            Checks =
            [
                AtMost(6, "s16"),
                Check.UsagePresent,
                Check.Advisory("the fallback is named", static run =>
                    run.To(Scenario.FallbackId).Count == 0
                    || (run.Calls[0].ModelId ?? "").Split('/')[^1].Contains(Scenario.FallbackId, StringComparison.OrdinalIgnoreCase)),
            ],
            Asked = static _ => "PPPF",
            StricterAsync = static (cell, _) => CostsOnceAsync(cell),
        },
    ];

    /// <summary>How long after its recovery the primary of S15 gave its first answer.</summary>
    public static TimeSpan BackAfter(BenchRun run) =>
        Attempts(run, "s15").FirstOrDefault(static attempt => attempt.Status == 200) is { } back ? back.At - BenchProvider.Outage : TimeSpan.MaxValue;

    /// <summary>The requests to the primary of S15 while it was down.</summary>
    public static int InOutage(BenchRun run) => Attempts(run, "s15").Count(static attempt => attempt.At < BenchProvider.Outage);

    private static Check AtMost(int attempts, string fault) => Check.Required($"≤ {attempts} attempts", run => Attempts(run, fault).Count <= attempts);

    private static IReadOnlyList<BenchAttempt> Attempts(BenchRun run, string fault) =>
        [.. run.Log.Where(attempt => attempt.ModelId.StartsWith($"fb-{fault}-", StringComparison.Ordinal))];

    private static int CountWithin(IReadOnlyList<BenchAttempt> attempts, double seconds) =>
        attempts.Count(attempt => attempt.At - attempts[0].At < Seconds(seconds));

    private static bool Shrinks(IReadOnlyList<BenchAttempt> attempts) => attempts is [var first, var second] && second.PromptTokens < first.PromptTokens;

    private static bool IsMasked(BenchRun run) => run.Outcome == BenchOutcome.Error && run.Log.Any(static attempt => attempt.IsRejectedPrefill);

    private static IReadOnlyList<BenchCall> Early(BenchRun run) => [.. run.Calls.Where(static call => call.StartedAt < BenchProvider.Outage)];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Task TakesAsync(Cell cell, BenchRun run, double least, double most)
    {
        Assert.InRange(run.Elapsed - cell.Column.Delivery, Seconds(least), Seconds(most));
        return Task.CompletedTask;
    }

    private static Task IsFilteredAsync(Cell cell)
    {
        Assert.Equal(PromptErrorCode.ContentFiltered, cell.Code);
        return Task.CompletedTask;
    }

    /// <summary>The breaker limits the requests to the primary during the outage, and the primary is used again before the last call.</summary>
    private static Task IsSparedAndBackAsync(Cell cell, BenchRun run)
    {
        Assert.InRange(InOutage(run), 5, Early(run).Count - 1);
        // The primary is used again after at most one break and the time until the next call. The last call starts 16 s after the recovery, so a default
        // that allows more than 14 s has no margin left.
        var latest = new ResilienceOptions().BreakDuration + Cell.Interval;
        Assert.InRange(latest, TimeSpan.Zero, Seconds(14));
        Assert.InRange(BackAfter(run), TimeSpan.Zero, latest);
        Assert.All(run.Calls, static call => Assert.True(call.IsWhole));
        Assert.Equal(cell.Scenario.Primary, run.Log[^1].ModelId);
        return Task.CompletedTask;
    }

    /// <summary>21 tokens in and 60 out at the fallback's price; the failed attempts cost nothing.</summary>
    private static Task CostsOnceAsync(Cell cell)
    {
        Assert.Equal(((21 * 2m) + (60 * 4m)) / 1_000_000, cell.Spent);
        return Task.CompletedTask;
    }
}
