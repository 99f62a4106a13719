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

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 2)]
    [InlineData(5, 4)]
    public async Task A_call_that_the_ledger_refuses_is_dropped_alone(int calls, int refused)
    {
        var log = new TestLog("ledger");
        var ledger = new BrokenLedger();
        await using var desk = new RecordingDesk(ledger, configure: builder => builder.UseLoggerFactory(log));
        Fill(desk, calls + 1);
        var ids = new List<string>();
        for (var i = 0; i < calls; i++)
        {
            ids.Add((await desk.Models.AskAsync()).CallId);
            ledger.Refused.Add(i == refused ? ids[i] : "");
        }

        if (calls == 1)
        {
            // Alone it could be an outage: the next call shows that it is none.
            await desk.Models.Clock.AdvanceUntilAsync(ledger.Tried(2), TimeSpan.Zero, TimeSpan.FromSeconds(1));
            ids.Add((await desk.Models.AskAsync()).CallId);
        }

        await desk.Models.Clock.AdvanceUntilAsync(desk.CloseAsync().AsTask(), TimeSpan.Zero, TimeSpan.FromSeconds(0.1));

        Assert.Equal(ids.Where((_, i) => i != refused), ledger.Ids.Order(StringComparer.Ordinal));
        Assert.Equal("Error: The ledger refuses a call (FormatException) and takes others: such calls are not recorded. No call is affected", Assert.Single(log.Lines, static line => line.Contains("refuses", StringComparison.Ordinal)));
        Assert.Single(log.Lines, static line => line.Contains("1 calls were not recorded", StringComparison.Ordinal));

        // Where the call that is tried first is the refused one, it looks like an outage until the next try.
        Assert.Equal(calls > 1 && refused > 0, !log.Lines.Any(static line => line.Contains("does not take calls", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refused_calls_are_logged_once_and_block_no_later_ones()
    {
        var log = new TestLog("ledger");
        var ledger = new BrokenLedger { RefusesEvenCalls = true };
        await using var desk = new RecordingDesk(ledger, configure: builder => builder.UseLoggerFactory(log));
        Fill(desk, 40);
        for (var i = 0; i < 40; i++)
        {
            await desk.Models.AskAsync();
        }

        await desk.Models.Clock.AdvanceUntilAsync(desk.CloseAsync().AsTask(), TimeSpan.Zero, TimeSpan.FromSeconds(0.1));

        Assert.Equal(20, ledger.Ids.Count);
        Assert.Single(log.Lines, static line => line.Contains("refuses a call", StringComparison.Ordinal));
        Assert.Single(log.Lines, static line => line.Contains("20 calls were not recorded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ledger_that_fails_between_single_calls_gets_all_of_them_later()
    {
        var ledger = new BrokenLedger { FailsAlsoAt = [1, 3, 4] };
        await using var desk = new RecordingDesk(ledger);
        Fill(desk, 4);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await desk.Models.AskAsync()).CallId);
        }

        await desk.Models.Clock.AdvanceUntilAsync(desk.CloseAsync().AsTask(), TimeSpan.Zero, TimeSpan.FromSeconds(0.1));

        Assert.Equal(ids, ledger.Ids.Order(StringComparer.Ordinal));
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

        /// <summary>The calls that it refuses for ever.</summary>
        public HashSet<string> Refused { get; } = [];

        public bool RefusesEvenCalls { get; init; }

        /// <summary>The tries at which it is unavailable, from 1.</summary>
        public HashSet<int> FailsAlsoAt { get; init; } = [];

        /// <summary>The calls that it has.</summary>
        public HashSet<string> Ids { get; } = [];

        public int Written => Ids.Count;

        public Task Tried(int times) => _tries[times - 1].Task;

        public async Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default)
        {
            var number = _tried++;
            if (number < _tries.Count)
            {
                _tries[number].TrySetResult();
            }

            if (IsHanging)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (FailsAlsoAt.Contains(number + 1))
            {
                throw new InvalidOperationException("not connected: CANARY");
            }

            if (IsBroken)
            {
                throw new IOException("no space left: CANARY");
            }

            if (calls.Any(call => Refused.Contains(call.CallId) || (RefusesEvenCalls && Convert.ToInt64(call.CallId[^1..], 16) % 2 == 0)))
            {
                throw new FormatException("cannot be stored: CANARY");
            }

            Ids.UnionWith(calls.Select(static call => call.CallId));
        }

        public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<CallRecord>();
    }
}
