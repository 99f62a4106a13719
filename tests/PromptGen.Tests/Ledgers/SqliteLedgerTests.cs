using System.Text;
using PromptGen.Ledgers;
using PromptGen.Sqlite;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Pipelines;
using PromptGen.Tests.Sqlite;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Ledgers;

/// <summary>The ledger in a file: what it keeps out of it, what it deletes, and what happens where it cannot write.</summary>
public sealed class SqliteLedgerTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task No_column_holds_text_of_prompt_answer_or_client_by_default()
    {
        await using (var ledger = new SqliteCallLedger(_file.Path))
        await using (var desk = new RecordingDesk(ledger))
        {
            desk.Models.Mini.Answers("""{"CANARY-MEMBER":1,"value":"CANARY-ANSWER"}""").Answers("""{"value":"CANARY-ANSWER","CANARY-KEY":{"x":1}}""");
            desk.Models.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
            desk.Models.Sonnet.Answers(Numbers.Answer);
            await desk.Models.FailAsync(reject: static value => "CANARY-REASON " + value);
        }

        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_file.Path));
        Assert.Contains("sonnet", bytes, StringComparison.Ordinal);
        Assert.Contains("/value", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletes_calls_that_are_older_than_they_are_to_be_kept()
    {
        var clock = new ManualTimeProvider();
        await using var ledger = new SqliteCallLedger(_file.Path, retention: TimeSpan.FromDays(30), timeProvider: clock);
        await ledger.WriteAsync([RandomCalls.Answered("old", clock.GetUtcNow())]);
        await ledger.AddVerdictAsync(new CallVerdict("old", "person", 1));
        clock.Advance(TimeSpan.FromDays(29));
        await ledger.WriteAsync([RandomCalls.Answered("young", clock.GetUtcNow())]);
        Assert.Equal(2, (await ledger.AllAsync()).Count);

        clock.Advance(TimeSpan.FromDays(2));
        await ledger.WriteAsync([RandomCalls.Answered("new", clock.GetUtcNow())]);

        Assert.Equal(["new", "young"], (await ledger.AllAsync()).Select(static call => call.CallId));
        using var connection = _file.Connect();
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM verdict"));
        Assert.Equal(2L, connection.Scalar("SELECT count(*) FROM attempt"));
    }

    [Fact]
    public void Calls_are_kept_for_an_hour_at_least() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteCallLedger(_file.Path, retention: TimeSpan.FromMinutes(59)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_go_on_with_a_full_disk_or_a_locked_file_and_one_line_is_logged(bool isLocked)
    {
        var log = new TestLog("The ledger does not take");
        using (var connection = _file.Connect())
        {
            await using var ledger = new SqliteCallLedger(new SqliteFile(_file.Path, SqliteDurability.Process), null, null, writing =>
            {
                // The file cannot grow; a lock is waited for no longer than a second.
                writing.Execute(isLocked ? "PRAGMA busy_timeout = 0;" : "PRAGMA max_page_count = 1;");
                writing.DefaultTimeout = 1;
            });
            if (isLocked)
            {
                connection.Execute("BEGIN IMMEDIATE;");
            }

            var tried = new TriedLedger(ledger);
            await using var desk = new RecordingDesk(tried, static options => options.Capacity = 100_000, builder => builder.UseLoggerFactory(log));
            for (var i = 0; i < 2_000; i++)
            {
                desk.Models.Mini.Answers(Numbers.Answer);
                Assert.Equal(3, (await desk.Models.AskAsync()).Value);
            }

            await desk.Models.Clock.AdvanceUntilAsync(tried.Again, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            await desk.Models.Clock.AdvanceUntilAsync(desk.CloseAsync().AsTask(), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }

        Assert.StartsWith("Error: The ledger does not take calls (IOException)", Assert.Single(log.Lines), StringComparison.Ordinal);
        await using var later = new SqliteCallLedger(_file.Path);
        Assert.Empty(await later.AllAsync());
    }

    [Fact]
    public async Task A_call_that_the_tables_refuse_alone_is_left_out()
    {
        await using var ledger = new SqliteCallLedger(_file.Path);
        CallRecord[] calls = [.. Enumerable.Range(0, 5).Select(static i => RandomCalls.Answered($"{i}", DateTimeOffset.UnixEpoch))];

        // SQLite has no value for what is no number.
        calls[3] = calls[3] with { Votes = [new CallVote("mini", double.NaN, Counted: true, IsBehindWinner: true)] };

        var outcome = await new CallBatch(ledger, TestContext.Current.CancellationToken).TryAsync(calls);

        Assert.Equal((0, 1, null), (outcome.Left.Count, outcome.Refused, outcome.Error));
        Assert.IsType<InvalidOperationException>(outcome.Refusal);
        Assert.Equal(["0", "1", "2", "4"], (await ledger.AllAsync()).Select(static call => call.CallId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_ledger_may_write_to_the_same_file()
    {
        await using var first = new SqliteCallLedger(_file.Path);
        await using var second = new SqliteCallLedger(_file.Path);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).WriteAsync([RandomCalls.Answered($"{i}", DateTimeOffset.UnixEpoch)])));

        Assert.Equal(40, (await first.AllAsync()).Count);
    }

    /// <summary>Signals the second write: the first attempt has failed by then.</summary>
    private sealed class TriedLedger(ICallLedger ledger) : ICallLedger
    {
        private readonly TaskCompletionSource _again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _tries;

        public Task Again => _again.Task;

        public Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default)
        {
            if (++_tries > 1)
            {
                _again.TrySetResult();
            }

            return ledger.WriteAsync(calls, cancellationToken);
        }

        public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default) => ledger.AddVerdictAsync(verdict, cancellationToken);

        public IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, CancellationToken cancellationToken = default) => ledger.ReadAsync(filter, cancellationToken);
    }
}
