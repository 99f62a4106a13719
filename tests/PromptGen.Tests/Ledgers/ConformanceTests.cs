using PromptGen.Testing;
using PromptGen.Tests.Sqlite;

namespace PromptGen.Tests.Ledgers;

public sealed class ConformanceTests
{
    public static TheoryData<CallLedgerCheck> Checks => [.. CallLedgerConformance.Checks];

    [Theory]
    [MemberData(nameof(Checks), DisableDiscoveryEnumeration = true)]
    public Task The_ledger_in_memory_keeps(CallLedgerCheck check) => check.RunAsync(new InMemoryCallLedger());

    [Theory]
    [MemberData(nameof(Checks), DisableDiscoveryEnumeration = true)]
    public async Task The_ledger_in_a_file_keeps(CallLedgerCheck check)
    {
        using var file = new TemporaryFile();
        await using var ledger = new SqliteCallLedger(file.Path);
        await check.RunAsync(ledger);
    }

    [Fact]
    public async Task The_ledger_in_memory_keeps_the_latest_calls()
    {
        var ledger = new InMemoryCallLedger(capacity: 2);
        foreach (var check in Enumerable.Range(1, 3))
        {
            await ledger.WriteAsync([RandomCalls.Answered($"{check}", DateTimeOffset.UnixEpoch.AddSeconds(check))]);
            await ledger.AddVerdictAsync(new CallVerdict($"{check}", "test", 1));
        }

        Assert.Equal(["3", "2"], await ledger.ReadAsync(new CallFilter()).Select(static call => call.CallId).ToListAsync());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_score_is_from_0_to_1(double score) => Assert.Throws<ArgumentOutOfRangeException>(() => new CallVerdict("1", "test", score));
}
