using PromptGen.Ledgers;
using PromptGen.Tests.Pipelines;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Ledgers;

/// <summary>A ledger that fails or hangs: calls go on, what is lost is counted, and one line is logged.</summary>
public sealed class LedgerFaultTests
{
    [Fact]
    public async Task A_ledger_that_throws_affects_no_call_and_gets_the_calls_once_it_is_back()
    {
        var log = new TestLog("ledger");
        var ledger = new BrokenLedger { IsBroken = true };
        await using var desk = new RecordingDesk(ledger, configure: builder => builder.UseLoggerFactory(log));
        Fill(desk, 3);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(3, (await desk.Models.AskAsync()).Value);
        }

        await desk.Models.Clock.AdvanceUntilAsync(ledger.Tried(2), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        ledger.IsBroken = false;
        await desk.CloseAsync();

        Assert.Equal(3, ledger.Written);
        Assert.Equal("Error: The ledger does not take calls (IOException): up to 20000 wait until it is back, those beyond are not recorded. No call is affected", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Calls_beyond_the_capacity_are_dropped_and_counted()
    {
        var log = new TestLog("not recorded in");
        var ledger = new BrokenLedger { IsHanging = true };
        await using var desk = new RecordingDesk(ledger, static options => (options.Capacity, options.ShutdownTimeout) = (100, TimeSpan.FromSeconds(5)), builder => builder.UseLoggerFactory(log));
        Fill(desk, LedgerWriter.MostAtOnce);
        await desk.Models.AskAsync();
        await desk.Models.Clock.AdvanceUntilAsync(ledger.Tried(1), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        for (var i = 0; i < 130; i++)
        {
            await desk.Models.AskAsync();
        }

        await desk.Models.Clock.AdvanceUntilAsync(desk.CloseAsync().AsTask(), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        Assert.Contains("131 calls were not recorded in the ledger", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private static void Fill(RecordingDesk desk, int answers)
    {
        for (var i = 0; i < answers; i++)
        {
            desk.Models.Mini.Answers(Numbers.Answer);
        }
    }

    private sealed class BrokenLedger : ICallLedger
    {
        private readonly List<TaskCompletionSource> _tries = [.. Enumerable.Range(0, 10).Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        private int _tried;

        public bool IsBroken { get; set; }

        public bool IsHanging { get; set; }

        public int Written { get; private set; }

        public Task Tried(int times) => _tries[times - 1].Task;

        public async Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default)
        {
            _tries[_tried++].TrySetResult();
            if (IsHanging)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (IsBroken)
            {
                throw new IOException("no space left: CANARY");
            }

            Written += calls.Count;
        }

        public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<CallRecord>();
    }
}
