using PromptGen.Testing;

namespace PromptGen.Tests.Testing;

public class ManualTimeProviderTests
{
    [Fact]
    public void Both_clocks_move_only_on_request()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var start = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(1), clock.GetElapsedTime(start));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 1, 0, TimeSpan.Zero), clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_and_see_that_time()
    {
        var clock = new ManualTimeProvider();
        var fired = new List<string>();
        using var late = clock.CreateTimer(_ => fired.Add($"late {clock.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => fired.Add($"early {clock.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        using var never = clock.CreateTimer(_ => fired.Add("never"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["early 1", "early 2", "late 3", "early 3"], fired);
    }

    [Fact]
    public void A_timer_made_by_a_timer_fires_in_the_same_move()
    {
        var clock = new ManualTimeProvider();
        var fired = TimeSpan.Zero;
        ITimer? second = null;
        using var first = clock.CreateTimer(
            _ => second = clock.CreateTimer(_ => fired = clock.Elapsed, null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(3), fired);
        second!.Dispose();
    }

    [Fact]
    public void A_disposed_timer_does_not_fire()
    {
        var clock = new ManualTimeProvider();
        var fired = false;
        var timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.False(fired);
        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Delays_and_time_outs_of_NET_follow_the_clock()
    {
        var clock = new ManualTimeProvider();
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);

        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.False(timeout.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public async Task A_test_can_wait_until_the_code_under_test_waits()
    {
        var clock = new ManualTimeProvider();
        using var deadline = clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);

        var pause = clock.WaitForTimerAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(60), await clock.WaitForTimerAsync(TimeSpan.FromSeconds(1)));
        Assert.False(pause.IsCompleted);
        using var backOff = clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        Assert.Equal(TimeSpan.FromSeconds(2), await pause);
    }

    [Fact]
    public async Task The_clock_moves_by_every_wait_in_range_until_a_task_has_completed()
    {
        var clock = new ManualTimeProvider();
        using var deadline = clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);

        var work = WorkAsync();
        await clock.AdvanceUntilAsync(work, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

        Assert.Equal(7, await work);
        Assert.Equal(TimeSpan.FromSeconds(6), clock.Elapsed);

        async Task<int> WorkAsync()
        {
            for (var i = 1; i <= 3; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(i), clock);
                await Task.Yield();
            }

            return 7;
        }
    }

    [Fact]
    public async Task The_clock_stays_where_it_is_when_the_task_has_completed_or_has_failed()
    {
        var clock = new ManualTimeProvider();
        using var pending = clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        await clock.AdvanceUntilAsync(Task.CompletedTask, TimeSpan.Zero);
        await clock.AdvanceUntilAsync(Task.FromException(new InvalidOperationException()), TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public async Task The_wait_for_a_task_ends_when_its_token_is_cancelled()
    {
        var clock = new ManualTimeProvider();
        using var source = new CancellationTokenSource();

        var wait = clock.AdvanceUntilAsync(new TaskCompletionSource().Task, TimeSpan.Zero, cancellationToken: source.Token);
        Assert.False(wait.IsCompleted);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait)).CancellationToken);
    }
}
