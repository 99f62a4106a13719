using Microsoft.Extensions.AI;

namespace PromptGen.Tests.Execution;

public class DeadlineTests
{
    [Fact]
    public async Task An_attempt_ends_with_its_models_time_out_and_the_next_model_is_asked()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Answers("""{"value":3}""");

        var call = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        desk.Clock.Advance(TimeSpan.FromSeconds(0.1));

        var result = await call;
        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback None", result.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(5), result.Attempts[0].Duration);
        Assert.Equal(PromptCost.Unknown, result.Attempts[0].Cost);
        Assert.False(result.Cost.IsComplete);
    }

    [Fact]
    public async Task A_deadline_that_comes_before_the_time_out_ends_the_call()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();

        var call = desk.AskAsync(Sample.Define(deadline: TimeSpan.FromSeconds(3)));
        var request = await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(3));

        var error = await Assert.ThrowsAsync<PromptException>(() => call);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
        Assert.True(request.CancellationToken.IsCancellationRequested);
        Assert.Empty(desk.Haiku.Requests);
        Assert.Contains("the deadline of 3 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_covers_all_attempts_together()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Hangs();

        var call = desk.AskAsync(Sample.Define(deadline: TimeSpan.FromSeconds(7)));
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await desk.Haiku.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<PromptException>(() => call);
        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback DeadlineExceeded", error.Attempts.Line());
    }

    [Fact]
    public async Task No_attempt_starts_after_the_deadline()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "no json")));
        });

        var error = await desk.FailAsync(Sample.Define(deadline: TimeSpan.FromSeconds(3)));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial InvalidJson", error.Attempts.Line());
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_wait_asked_for_by_the_provider_that_outlasts_the_deadline_is_not_begun()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(3)));
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.AskAsync(Sample.Define(deadline: TimeSpan.FromSeconds(2)));

        Assert.Equal("mini Initial RateLimited, haiku Fallback None", result.Attempts.Line());
        Assert.Equal(TimeSpan.Zero, desk.Clock.Elapsed);
    }

    [Fact]
    public async Task A_pause_before_a_retry_ends_with_the_deadline_at_the_latest()
    {
        using var desk = new Desk(static builder => builder.Resilience.Randomizer = static () => 1);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));

        var call = desk.AskAsync(Sample.Define(deadline: TimeSpan.FromSeconds(0.6)));
        Assert.Equal(TimeSpan.FromSeconds(0.6), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
        desk.Clock.Advance(TimeSpan.FromSeconds(0.6));

        var error = await Assert.ThrowsAsync<PromptException>(() => call);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial Overloaded", error.Attempts.Line());
    }

    [Fact]
    public async Task A_retry_ends_with_the_deadline_too()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            throw new ProviderException(PromptErrorCode.Overloaded);
        }).Hangs();

        var call = desk.AskAsync(Sample.Define(deadline: TimeSpan.FromSeconds(4)));
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, Desk.LongestPause));
        await desk.Mini.WaitForRequestAsync(2);
        desk.Clock.Advance(TimeSpan.FromSeconds(4) - desk.Clock.Elapsed);

        var error = await Assert.ThrowsAsync<PromptException>(() => call);
        Assert.Equal("mini Initial Overloaded, mini Retry DeadlineExceeded", error.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(4), desk.Clock.Elapsed);
    }

    [Fact]
    public async Task A_client_that_ignores_its_token_does_not_hold_up_the_call()
    {
        using var desk = new Desk();
        desk.Mini.Then(static (_, _) => new TaskCompletionSource<ChatResponse>().Task);
        desk.Haiku.Answers("""{"value":3}""");

        var call = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task An_acceptance_check_ends_with_the_deadline()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""");
        using var call = desk.Runtime.Start(
            Sample.Define(deadline: TimeSpan.FromSeconds(3)),
            static async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return null;
            },
            CancellationToken.None);

        var step = call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask();
        await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, TimeSpan.FromSeconds(3));
        desk.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.False(await step);
        var error = call.Exhausted();
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_back_changes_nothing()
    {
        var clock = new JumpingClock();
        using var desk = new Desk(builder => builder.UseTimeProvider(clock));
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.AttemptTimeout));
            desk.Haiku.Answers("""{"value":3}""");
            await desk.AskAsync();
        }

        clock.Wall -= TimeSpan.FromHours(1);
        clock.Monotonic += TimeSpan.FromSeconds(15);
        desk.Mini.Answers("""{"value":3}""");

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public TimeSpan Monotonic { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Monotonic.Ticks;
    }
}
