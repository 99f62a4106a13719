using Microsoft.Extensions.AI;

namespace PromptGen.Tests.Execution;

/// <summary>The time limits of a stream, and that nothing remains of an abandoned one.</summary>
public sealed class StreamTimeTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_first_token_that_does_not_come_in_the_models_time_asks_the_next_model()
    {
        using var desk = new Desk();
        var silent = desk.Mini.Stream().Send(new ChatResponseUpdate(ChatRole.Assistant, []));
        desk.Haiku.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync();
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)));

        Assert.Equal(["Dear Ada"], await items);
        await silent.Disposed;
        Assert.Equal("mini Initial FirstTokenTimeout, haiku Fallback None", call.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(5), call.Attempts[0].Duration);
    }

    [Fact]
    public async Task The_time_for_the_first_token_can_be_set()
    {
        using var desk = new Desk(static builder => builder.Resilience.FirstTokenTimeout = TimeSpan.FromSeconds(2));
        desk.Mini.Stream();
        desk.Haiku.Streams("Dear Ada");

        var items = desk.ReplyAsync().ToListAsync();
        Assert.Equal(TimeSpan.FromSeconds(2), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
        desk.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["Dear Ada"], await items);
    }

    [Fact]
    public async Task Where_no_other_model_can_be_asked_the_first_token_is_waited_for_until_the_deadline()
    {
        using var desk = new Desk();
        var stream = desk.Haiku.Stream();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));

        var items = desk.ReplyAsync(StreamSample.Text(TimeSpan.FromSeconds(20), Sample.Fast)).ToListAsync();
        Assert.Equal(TimeSpan.FromSeconds(20), await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(6)));
        desk.Clock.Advance(TimeSpan.FromSeconds(19));
        stream.Send("Dear Ada").Finish();

        Assert.Equal(["Dear Ada"], await items);
    }

    [Fact]
    public async Task A_first_token_that_does_not_come_before_the_deadline_ends_the_call()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream();

        var items = desk.ReplyAsync(StreamSample.Text(TimeSpan.FromSeconds(3))).ToListAsync();
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));

        var error = await Assert.ThrowsAsync<PromptException>(() => items);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
        await stream.Disposed;
    }

    [Fact]
    public async Task A_stream_that_goes_silent_before_the_first_item_is_replaced()
    {
        using var desk = new Desk();
        var silent = desk.Mini.Stream().Send("{\"value\":[1");
        desk.Haiku.Streams("[2]");
        var call = desk.Runtime.Stream(StreamSample.Elements(), StreamSample.Element, CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, StreamSample.Elements()).ToListAsync();
        Assert.Equal(Idle, await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(6)));
        desk.Clock.Advance(Idle);

        Assert.Equal([2], await items);
        await silent.Disposed;
        Assert.Equal("mini Initial StreamIdleTimeout, haiku Fallback None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_stream_that_goes_silent_after_the_first_item_fails()
    {
        using var desk = new Desk();
        var silent = desk.Mini.Stream().Send("Dear ");
        var list = new List<string>();

        var items = desk.ReplyAsync().ToListAsync(list);
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(Idle, Idle));

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => items);
        Assert.Equal(PromptErrorCode.StreamIdleTimeout, error.Code);
        Assert.Equal(["Dear "], list);
        await silent.Disposed;
    }

    [Fact]
    public async Task Each_update_gives_a_stream_new_time()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a");
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        for (var i = 0; i < 5; i++)
        {
            var next = items.MoveNextAsync();
            desk.Clock.Advance(Idle - TimeSpan.FromSeconds(1));
            stream.Send("b");
            Assert.True(await next);
        }

        Assert.Equal(TimeSpan.FromSeconds(145), desk.Clock.Elapsed);
    }

    [Fact]
    public async Task Time_that_the_caller_takes_is_not_the_models()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a");
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        desk.Clock.Advance(TimeSpan.FromHours(1));
        stream.Send("b");

        Assert.True(await items.MoveNextAsync());
    }

    [Fact]
    public async Task The_deadline_ends_a_stream_that_goes_on()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a");
        await using var items = desk.ReplyAsync(StreamSample.Text(TimeSpan.FromSeconds(10))).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var next = items.MoveNextAsync().AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(10));

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => next);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        await stream.Disposed;
    }

    [Fact]
    public async Task The_deadline_ends_a_stream_whose_caller_took_too_long()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("a", "b");
        await using var items = desk.ReplyAsync(StreamSample.Text(TimeSpan.FromSeconds(10))).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        desk.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptStreamException>(async () => await items.MoveNextAsync())).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_cancels_gets_the_cancellation_with_what_came(bool heedsToken)
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        var stream = desk.Mini.Stream(heedsToken).Send("Dear ");
        await using var items = desk.ReplyAsync(cancellationToken: cancellation.Token).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var next = items.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => next);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        var inner = Assert.IsType<PromptStreamException>(error.InnerException);
        Assert.Equal("Dear ", inner.PartialText);
        Assert.Equal("mini Initial Cancelled", inner.Attempts.Line());
        if (!heedsToken)
        {
            // The client continues until its next update; its resources are released then.
            Assert.False(stream.Disposed.IsCompleted);
            stream.Send("late");
        }

        await stream.Disposed;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_cancels_before_the_first_item_ends_the_call(bool heedsToken)
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Stream(heedsToken);

        var items = desk.ReplyAsync(cancellationToken: cancellation.Token).ToListAsync();
        await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => items);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_client_that_ignores_its_token_does_not_hold_up_the_call()
    {
        using var desk = new Desk();
        var stubborn = desk.Mini.Stream(heedsToken: false);
        desk.Haiku.Streams("Dear Ada");

        var items = desk.ReplyAsync().ToListAsync();
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));

        Assert.Equal(["Dear Ada"], await items);
        stubborn.Send("late");
        await stubborn.Disposed;
    }

    [Fact]
    public async Task A_caller_who_stops_early_abandons_the_attempt()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a", "b", "c");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        await foreach (var item in StreamDesk.ItemsAsync(call, StreamSample.Text()))
        {
            Assert.Equal("a", item);
            break;
        }

        await stream.Disposed;
        Assert.Equal("mini Initial None", call.Attempts.Line());
        Assert.True(call.Attempts[0].IsAbandoned);
        Assert.False(call.Attempts[0].Cost.IsComplete);
        Assert.True((await desk.Mini.WaitForRequestAsync(1)).CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Disposing_twice_or_without_reading_enters_one_attempt()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);
        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        await call.DisposeAsync();
        await call.DisposeAsync();

        await stream.Disposed;
        Assert.True(Assert.Single(call.Attempts).IsAbandoned);
        Assert.False(await call.MoveNextAsync());
    }

    [Fact]
    public async Task A_client_that_fails_to_clean_up_hides_nothing()
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, _) => new BadCleanUp());
        desk.Haiku.Streams("Dear Ada");

        Assert.Equal(["Dear Ada"], await desk.ReplyAsync().ToListAsync());
    }

    [Fact]
    public async Task Silence_opens_the_circuit()
    {
        using var desk = new Desk();
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Stream();
            desk.Haiku.Streams("Dear Ada");
            var items = desk.ReplyAsync().ToListAsync();
            desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
            await items;
        }

        desk.Haiku.Streams("Dear Ada");
        await desk.ReplyAsync().ToListAsync();

        Assert.Equal(5, desk.Mini.Requests.Count);
    }

    private sealed class BadCleanUp : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        public ChatResponseUpdate Current => null!;

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => throw new ProviderException(PromptErrorCode.Auth);

        public ValueTask DisposeAsync() => throw new InvalidOperationException();
    }
}
