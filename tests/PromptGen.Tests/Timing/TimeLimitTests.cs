using PromptGen.Testing;
using PromptGen.Timing;

namespace PromptGen.Tests.Timing;

public sealed class TimeLimitTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_limit_ends_with_its_time()
    {
        using var limit = TimeLimit.Start(_clock, TimeSpan.FromSeconds(2), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal((false, false), (limit.IsOver, limit.Token.IsCancellationRequested));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, true), (limit.IsOver, limit.Token.IsCancellationRequested));
    }

    [Fact]
    public void A_limit_ends_with_the_token_it_is_linked_to()
    {
        using var cancellation = new CancellationTokenSource();
        using var limit = TimeLimit.Start(_clock, Timeout.InfiniteTimeSpan, cancellation.Token);
        cancellation.Cancel();

        Assert.Equal((false, true), (limit.IsOver, limit.Token.IsCancellationRequested));
    }

    [Fact]
    public void A_time_of_nothing_is_over_at_once()
    {
        using var limit = TimeLimit.Start(_clock, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal((true, true), (limit.IsOver, limit.Token.IsCancellationRequested));
    }

    [Theory]
    [InlineData(41)]
    [InlineData(10_000)]
    public void A_time_longer_than_timers_take_is_waited_for_in_parts(int days)
    {
        using var limit = TimeLimit.Start(_clock, TimeSpan.FromDays(days), CancellationToken.None);
        using var endless = TimeLimit.Start(_clock, TimeSpan.MaxValue, CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(days - 1));
        Assert.False(limit.IsOver);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((true, false), (limit.IsOver, endless.IsOver));
    }

    [Fact]
    public void A_time_that_is_changed_counts_from_then_on()
    {
        using var limit = TimeLimit.Start(_clock, TimeSpan.FromSeconds(2), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        limit.Change(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(limit.IsOver);
        limit.Change(Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(limit.IsOver);
        limit.Change(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limit.IsOver);
    }

    [Fact]
    public void A_limit_that_was_not_reached_is_used_again_and_one_that_was_is_not()
    {
        var limits = new TimeLimits(_clock);
        var first = limits.Start(TimeSpan.FromSeconds(2), CancellationToken.None);
        first.Token.Register(static () => throw new InvalidOperationException("a callback of the use before"));
        first.Dispose();
        var again = limits.Start(TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.Same(first, again);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(again.Token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(again.Token.IsCancellationRequested);
        again.Dispose();

        using var other = limits.Start(TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.NotSame(first, other);
        Assert.False(other.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_token_that_was_cancelled_spoils_the_limit_for_others()
    {
        using var cancellation = new CancellationTokenSource();
        var limits = new TimeLimits(_clock);
        var first = limits.Start(TimeSpan.FromSeconds(2), cancellation.Token);
        cancellation.Cancel();
        first.Dispose();

        using var other = limits.Start(TimeSpan.FromSeconds(2), CancellationToken.None);
        Assert.NotSame(first, other);
    }

    [Fact]
    public void A_token_of_a_use_before_ends_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var limits = new TimeLimits(_clock);
        limits.Start(TimeSpan.FromSeconds(2), cancellation.Token).Dispose();
        using var again = limits.Start(TimeSpan.FromSeconds(2), CancellationToken.None);
        cancellation.Cancel();

        Assert.False(again.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_timer_that_fires_late_for_the_use_before_ends_nothing_and_one_that_fires_early_waits_on()
    {
        var clock = new LooseClock();
        var limits = new TimeLimits(clock);
        limits.Start(TimeSpan.FromSeconds(2), CancellationToken.None).Dispose();
        clock.Fire();
        using var again = limits.Start(TimeSpan.FromSeconds(5), CancellationToken.None);
        clock.Fire();
        Assert.False(again.IsOver);
        Assert.Equal(TimeSpan.FromSeconds(5), clock.Due);
        clock.Now = TimeSpan.FromSeconds(5).Ticks - 1;
        clock.Fire();
        Assert.False(again.IsOver);
        Assert.Equal(TimeSpan.FromMilliseconds(1), clock.Due);
        clock.Now++;
        clock.Fire();

        Assert.True(again.IsOver);
    }

    [Fact]
    public void A_timer_that_stays_set_between_two_uses_waits_on_for_the_later_end_and_is_set_anew_for_an_earlier_one()
    {
        var clock = new LooseClock();
        var limits = new TimeLimits(clock, keepsTimers: true);
        limits.Start(TimeSpan.FromSeconds(2), CancellationToken.None).Dispose();
        var later = limits.Start(TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Due);
        clock.Now = TimeSpan.FromSeconds(2).Ticks;
        clock.Fire();
        Assert.False(later.IsOver);
        Assert.Equal(TimeSpan.FromSeconds(3), clock.Due);
        later.Dispose();

        var earlier = limits.Start(TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.Same(later, earlier);
        Assert.Equal(TimeSpan.FromSeconds(1), clock.Due);
        earlier.Dispose();
        clock.Now = TimeSpan.FromSeconds(3).Ticks;
        clock.Fire();
        Assert.False(earlier.Token.IsCancellationRequested);

        using var after = limits.Start(TimeSpan.FromSeconds(4), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(4), clock.Due);
        clock.Now = TimeSpan.FromSeconds(7).Ticks;
        clock.Fire();

        Assert.True(after.IsOver);
    }

    [Fact]
    public void What_callbacks_throw_reaches_no_caller()
    {
        using var cancellation = new CancellationTokenSource();
        using var limit = TimeLimit.Start(_clock, TimeSpan.FromSeconds(1), CancellationToken.None);
        using var linked = TimeLimit.Start(_clock, Timeout.InfiniteTimeSpan, cancellation.Token);
        var called = 0;
        foreach (var token in new[] { limit.Token, linked.Token })
        {
            token.Register(() => called++);
            token.Register(static () => throw new InvalidOperationException("a callback"));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        cancellation.Cancel();

        Assert.Equal(2, called);
    }

    [Fact]
    public void A_timer_keeps_nothing_of_the_call_that_made_it()
    {
        var clock = new LooseClock();
        using var limit = TimeLimit.Start(clock, TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.True(clock.WasFlowSuppressed);
        Assert.False(ExecutionContext.IsFlowSuppressed());
    }

    /// <summary>A clock whose only timer fires when the test says so.</summary>
    private sealed class LooseClock : TimeProvider
    {
        private Action? _callback;

        public long Now { get; set; }

        public TimeSpan Due { get; private set; }

        /// <summary>Whether the timer was made without the flow of its maker.</summary>
        public bool WasFlowSuppressed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;

        public void Fire() => _callback!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = () => callback(state);
            WasFlowSuppressed = ExecutionContext.IsFlowSuppressed();
            return new Timer(this);
        }

        private sealed class Timer(LooseClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Due = dueTime;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
