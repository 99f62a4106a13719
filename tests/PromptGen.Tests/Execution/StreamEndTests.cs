using PromptGen.Contracts;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>The end of a stream: when it ends although items are ready, and what it leaves behind.</summary>
public sealed class StreamEndTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_caller_that_cancels_between_two_items_gets_no_further_one()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Streams("[1,2,3]");
        await using var items = desk.UrgenciesAsync(cancellationToken: cancellation.Token).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        await cancellation.CancelAsync();
        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(async () => await items.MoveNextAsync());

        Assert.Equal("Desk.Urgencies was cancelled.", cancelled.Message);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        var error = Assert.IsType<PromptStreamException>(cancelled.InnerException);
        Assert.Equal((PromptErrorCode.Cancelled, 1), (error.Code, error.Items));
        Assert.Equal("mini Initial Cancelled", error.Attempts.Line());
    }

    [Fact]
    public async Task A_deadline_whose_timer_is_late_ends_the_stream_before_its_next_item()
    {
        var clock = new LateTimers();
        using var desk = new Desk(builder => builder.UseTimeProvider(clock));
        desk.Mini.Streams("[1,2,3]");
        await using var items = desk.UrgenciesAsync(StreamSample.Elements(Deadline)).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        clock.Delay = Deadline;
        var error = await Assert.ThrowsAsync<PromptStreamException>(async () => await items.MoveNextAsync());

        Assert.Equal((PromptErrorCode.DeadlineExceeded, 1), (error.Code, error.Items));
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
    }

    [Fact]
    public async Task The_connection_of_an_answer_without_items_is_closed_once_the_answer_is_complete()
    {
        using var desk = new Desk();
        desk.Mini.Streams("[]");
        var call = desk.Runtime.Stream(StreamSample.Elements(), StreamSample.Element, CancellationToken.None);

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        Assert.True((await desk.Mini.WaitForRequestAsync(1)).CancellationToken.IsCancellationRequested);
        Assert.Equal("mini Initial None", call.Attempts.Line());
        await call.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_was_disposed_has_no_timer()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ");
        var call = desk.Runtime.Stream(StreamSample.Text(Deadline), CancellationToken.None);
        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
        Assert.True(desk.Clock.WaitForTimerAsync(Deadline, Deadline).IsCompleted);

        await call.DisposeAsync();

        Assert.False(desk.Clock.WaitForTimerAsync(TimeSpan.Zero).IsCompleted);
    }

    [Fact]
    public async Task Disposing_a_hedged_stream_again_has_no_effect_on_the_call_that_uses_its_limit_next()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast) { Repairs = 0, HedgeAfter = TimeSpan.FromSeconds(2) };
        desk.Mini.Stream().Send("Dear ");
        var first = desk.Runtime.Stream(prompt, CancellationToken.None);
        Assert.True(await first.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
        await first.DisposeAsync();
        desk.Mini.Stream().Send("Dear ", "Ada");
        var second = desk.Runtime.Stream(prompt, cancellation.Token);
        Assert.True(await second.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
        Assert.True(await second.MoveNextAsync());

        await first.DisposeAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await second.MoveNextAsync());
        await second.DisposeAsync();
        Assert.Equal("mini Initial Cancelled", second.Attempts.Line());
    }

    /// <summary>A machine under load: time passes, and its timers do not fire yet.</summary>
    private sealed class LateTimers : TimeProvider
    {
        private readonly ManualTimeProvider _inner = new();

        public TimeSpan Delay { get; set; }

        public override long TimestampFrequency => _inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + Delay;

        public override long GetTimestamp() => _inner.GetTimestamp() + Delay.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _inner.CreateTimer(callback, state, dueTime, period);
    }
}
