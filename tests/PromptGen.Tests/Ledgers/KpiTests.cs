using PromptGen.Tests.Sqlite;

namespace PromptGen.Tests.Ledgers;

/// <summary>Key figures by SQL, against a computation over the records that shares nothing with it.</summary>
public sealed class KpiTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1, KpiGroup.Prompt)]
    [InlineData(2, KpiGroup.Model)]
    [InlineData(3, KpiGroup.Tier)]
    [InlineData(4, KpiGroup.Version)]
    [InlineData(5, KpiGroup.Day)]
    [InlineData(6, KpiGroup.Scope)]
    [InlineData(7, KpiGroup.Prompt)]
    public async Task Figures_are_those_of_the_records(int seed, KpiGroup by)
    {
        var calls = new RandomCalls(seed, s_start).Take(2_000);
        var verdicts = RandomCalls.Verdicts(seed, calls);
        await using var ledger = new SqliteCallLedger(_file.Path);
        await ledger.WriteAsync(calls);
        foreach (var verdict in verdicts)
        {
            await ledger.AddVerdictAsync(verdict);
        }

        foreach (var query in new[] { new KpiQuery { By = by }, new KpiQuery { By = by, From = s_start.AddDays(1), Until = s_start.AddDays(3) }, new KpiQuery { By = by, Prompt = "Desk.Urgency", Scope = "tenant-1" } })
        {
            Expected.Same(Expected.Of(calls, verdicts, query), await ledger.GetKpisAsync(query));
        }
    }

    [Theory]
    [InlineData(1, KpiGroup.Prompt)]
    [InlineData(2, KpiGroup.Day)]
    [InlineData(3, KpiGroup.Scope)]
    public async Task Spending_is_that_of_the_requests_by_the_model_that_was_asked(int seed, KpiGroup by)
    {
        var calls = new RandomCalls(seed, s_start).Take(2_000);
        await using var ledger = new SqliteCallLedger(_file.Path);
        await ledger.WriteAsync(calls);

        foreach (var query in new[] { new KpiQuery { By = by }, new KpiQuery { By = by, From = s_start.AddDays(1), Scope = "tenant-1" } })
        {
            var (expected, came) = (Expected.SpendingOf(calls, query), await ledger.GetSpendingAsync(query));

            Assert.NotEmpty(expected);
            Assert.Equal(expected, came.Select(static row => row with { CostUsd = Math.Round(row.CostUsd, 9) }));
            foreach (var group in await ledger.GetKpisAsync(query))
            {
                Assert.Equal(group.Attempts, came.Where(row => row.Key == group.Key).Sum(static row => row.Requests));
            }
        }
    }

    [Fact]
    public async Task A_ledger_without_calls_has_no_figures()
    {
        await using var ledger = new SqliteCallLedger(_file.Path);
        Assert.Empty(await ledger.GetSpendingAsync(new KpiQuery()));

        Assert.Empty(await ledger.GetKpisAsync(new KpiQuery { BaselineFrom = s_start }));
    }

    [Fact]
    public async Task Reports_what_changed_against_the_baseline_and_nothing_else()
    {
        await using var ledger = new SqliteCallLedger(_file.Path);
        await ledger.WriteAsync([.. Period(0, 400, repairedOf10: 1), .. Period(1, 400, repairedOf10: 3)]);

        var kpis = Assert.Single(await ledger.GetKpisAsync(new KpiQuery { BaselineFrom = s_start, From = s_start.AddDays(1) }));

        Assert.Equal(["BreachRate", "RepairRate"], kpis.Drift.Select(static drift => drift.Figure).Order(StringComparer.Ordinal));
        var drift = kpis.Drift[0];
        Assert.Equal((0.1, 0.3), (Math.Round(drift.Baseline, 6), Math.Round(drift.Current, 6)));
        Assert.InRange(drift.P, 1e-14, 1e-10);
    }

    [Fact]
    public async Task Chance_is_no_drift()
    {
        var found = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            using var file = new TemporaryFile();
            await using var ledger = new SqliteCallLedger(file.Path);
            await ledger.WriteAsync(new RandomCalls(seed, s_start).Take(1_000));
            found += (await ledger.GetKpisAsync(new KpiQuery { BaselineFrom = s_start, From = s_start.AddDays(2) })).Sum(static kpis => kpis.Drift.Count);
        }

        // 40 comparisons of three prompts, each with up to eleven figures: at 5 % of the comparisons one of them may be found.
        Assert.InRange(found, 0, 8);
    }

    [Fact]
    public async Task Few_calls_are_no_drift()
    {
        await using var ledger = new SqliteCallLedger(_file.Path);
        await ledger.WriteAsync([.. Period(0, 20, repairedOf10: 0), .. Period(1, 400, repairedOf10: 10)]);

        Assert.Empty(Assert.Single(await ledger.GetKpisAsync(new KpiQuery { BaselineFrom = s_start, From = s_start.AddDays(1) })).Drift);
    }

    private static IEnumerable<CallRecord> Period(int day, int count, int repairedOf10) => Enumerable.Range(0, count).Select(i =>
    {
        var call = RandomCalls.Answered($"{day}-{i}", s_start.AddDays(day).AddSeconds(i));
        return i % 10 < repairedOf10
            ? call with { Attempts = [call.Attempts[0] with { Outcome = PromptErrorCode.SchemaMismatch }, call.Attempts[0] with { Reason = PromptAttemptReason.Repair }] }
            : call;
    });
}
