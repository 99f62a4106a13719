using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Row 55: clocks that are set, and clocks that do not advance.</summary>
public sealed class ClockTests : WallTests
{
    [Theory]
    [ViaBoth(-1, 1, 24)]
    public async Task Row55_A_wall_clock_that_is_set_changes_no_deadline_no_rest_and_no_circuit(Via via, int hours)
    {
        var clock = new SettableClock(Time);
        Configure = builder => builder.UseTimeProvider(clock);
        Enqueue(via, ModelReply.Error(429, retryAfter: "600"));
        Otherwise = static _ => Reply(Good);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        clock.Set(TimeSpan.FromHours(hours));
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth(-1, 1, 24)]
    public async Task Row55_A_circuit_stays_open_for_as_long_as_it_should(Via via, int hours)
    {
        var clock = new SettableClock(Time);
        Configure = builder => builder.UseTimeProvider(clock);
        Otherwise = request => request.ModelId == Primary(via) ? ModelReply.Error(500) : Reply(Good);
        while ((await AskAsync(via)).Attempts.Count > 1)
        {
        }

        Otherwise = static _ => Reply(Good);
        clock.Set(TimeSpan.FromHours(hours));
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth(-1, 1, 24)]
    public async Task Row55_A_time_out_under_way_ends_when_it_should(Via via, int hours)
    {
        var clock = new SettableClock(Time);
        Configure = builder => builder.UseTimeProvider(clock);
        Enqueue(via, ModelReply.Hang());
        BackupAnswers(via);

        var call = Start(via);
        await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        clock.Set(TimeSpan.FromHours(hours));
        Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal([$"{Primary(via)} Initial AttemptTimeout", $"{Backup(via)} Fallback None"], (await call).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row55_With_a_clock_that_does_not_advance_a_call_takes_no_time(Via via)
    {
        Enqueue(via, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal(TimeSpan.Zero, call.Result!.Duration);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
    }

    /// <summary>A computer whose date is set while its monotonic clock runs on.</summary>
    private sealed class SettableClock(TimeProvider inner) : TimeProvider
    {
        private long _offset;

        public override long TimestampFrequency => inner.TimestampFrequency;

        public void Set(TimeSpan offset) => Interlocked.Exchange(ref _offset, offset.Ticks);

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, dueTime, period);
    }
}
