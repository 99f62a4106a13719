using PromptGen.Contracts;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Tests.Contracts;

namespace PromptGen.Tests.Execution;

/// <summary>Streams of two models at once: the first item that is accepted commits the call, and the other stream is closed.</summary>
public sealed class HedgedStreamTests
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private static PromptDefinition<string> Text(TimeSpan? deadline = null) =>
        new("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast) { Repairs = 0, HedgeAfter = After, Deadline = deadline };

    [Fact]
    public async Task A_first_item_in_time_commits_the_call()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a");

        var call = desk.ReplyAsync(Text()).ToListAsync();
        stream.Send("b").Finish();

        Assert.Equal(["a", "b"], await call);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_stream_that_began_in_time_is_not_hedged_however_long_it_takes()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("a");
        await using var items = desk.ReplyAsync(Text()).GetAsyncEnumerator();

        Assert.True(await items.MoveNextAsync());
        var next = items.MoveNextAsync();
        desk.Clock.Advance(After * 2);
        stream.Send("b");
        Assert.True(await next);

        Assert.Empty(desk.Haiku.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_item_of_the_second_model_commits_the_call_to_it(bool heedsToken)
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Stream(heedsToken), desk.Haiku.Stream());
        await using var call = new Held<string>(desk.Runtime.Stream(Text(), CancellationToken.None));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        second.Send("a");
        Assert.True(await taken);
        Assert.Equal("mini Initial Cancelled", call.Stream.Attempts.Line());

        second.Send("b").Send(ManualStream.Usage(1_000, 500)).Finish();
        Assert.Equal(["a", "b"], await call.ItemsAsync());
        Assert.Equal("mini Initial Cancelled, haiku Hedge None", call.Stream.Attempts.Line());
        Assert.Equal(new PromptCost(0.005m, IsComplete: true), call.Stream.Attempts[1].Cost);
        first.End();
        await first.Disposed;
        await second.Disposed;
    }

    [Fact]
    public async Task The_first_item_of_the_first_model_ends_the_second_one()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());
        await using var call = new Held<string>(desk.Runtime.Stream(Text(), CancellationToken.None));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        first.Send("a");
        Assert.True(await taken);
        await second.Disposed;
        first.Finish();

        Assert.Equal(["a"], await call.ItemsAsync());
        Assert.Equal("mini Initial None, haiku Hedge Cancelled", call.Stream.Attempts.Line());
    }

    [Fact]
    public async Task Updates_without_an_item_do_not_commit()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());
        await using var call = new Held<string>(desk.Runtime.Stream(Text(), CancellationToken.None));

        first.Send("  ");
        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        second.Send("b").Finish();
        Assert.True(await taken);

        Assert.Equal(["b"], await call.ItemsAsync());
    }

    [Fact]
    public async Task Elements_come_from_the_model_whose_first_element_was_accepted()
    {
        using var desk = new Desk();
        var prompt = new PromptDefinition<IReadOnlyList<int>>("Desk.Urgencies", "00c0ffee", new UrgenciesContract(), Sample.Fast) { Repairs = 0, HedgeAfter = After };
        var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());
        await using var call = new Held<int>(desk.Runtime.Stream(prompt, StreamSample.Element, static value => value < 2 ? "too low" : null, CancellationToken.None));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        first.Send("""{"value":[1,""");
        await first.Disposed;
        second.Send("""{"value":[2,3]}""").Finish();
        Assert.True(await taken);

        Assert.Equal([2, 3], await call.ItemsAsync());
        Assert.Equal("mini Initial NotAccepted, haiku Hedge None", call.Stream.Attempts.Line());
    }

    [Fact]
    public async Task Snapshots_come_from_the_model_whose_first_snapshot_came_first()
    {
        using var desk = new Desk();
        var prompt = new PromptDefinition<Note>("Desk.Note", "00c0ffee", NoteContract.Instance, Sample.Fast) { Repairs = 0, HedgeAfter = After };
        var second = desk.Haiku.Stream();
        desk.Mini.Stream();
        await using var call = new Held<PromptSnapshot<Note>>(desk.Runtime.StreamSnapshots(prompt, CancellationToken.None));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        second.Send("""{"title":"T",""");
        Assert.True(await taken);
        second.End();

        Assert.True(await call.Stream.MoveNextAsync());
        await Assert.ThrowsAsync<PromptStreamException>(call.ItemsAsync);
        Assert.Equal("mini Initial Cancelled, haiku Hedge Truncated", call.Stream.Attempts.Line());
    }

    [Fact]
    public async Task The_stream_that_won_ends_with_its_caller()
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        desk.Mini.Stream();
        var second = desk.Haiku.Stream();
        await using var call = new Held<string>(desk.Runtime.Stream(Text(), source.Token));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        second.Send("a");
        Assert.True(await taken);
        Assert.True(await call.Stream.MoveNextAsync());
        var next = call.Stream.MoveNextAsync();
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => next.AsTask())).CancellationToken);
        Assert.Equal("mini Initial Cancelled, haiku Hedge Cancelled", call.Stream.Attempts.Line());
        await second.Disposed;
    }

    [Fact]
    public async Task The_deadline_ends_the_stream_that_won()
    {
        using var desk = new Desk();
        desk.Mini.Stream();
        var second = desk.Haiku.Stream();
        await using var call = new Held<string>(desk.Runtime.Stream(Text(TimeSpan.FromSeconds(10)), CancellationToken.None));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        second.Send("a");
        Assert.True(await taken);
        desk.Clock.Advance(TimeSpan.FromSeconds(8));
        await second.Disposed;

        Assert.Equal("mini Initial Cancelled, haiku Hedge DeadlineExceeded", call.Stream.Attempts.Line());
    }

    [Fact]
    public async Task A_stream_that_won_and_is_not_read_to_its_end_is_abandoned()
    {
        using var desk = new Desk();
        desk.Mini.Stream();
        var second = desk.Haiku.Stream();
        var call = new Held<string>(desk.Runtime.Stream(Text(), CancellationToken.None));

        var taken = call.TakeAsync();
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        second.Send("a");
        Assert.True(await taken);
        await call.DisposeAsync();

        Assert.True(call.Stream.Attempts[1].IsAbandoned);
        await second.Disposed;
    }

    [Fact]
    public async Task One_of_two_first_items_that_come_at_once_commits_the_call()
    {
        using var desk = new Desk();
        for (var i = 0; i < 200; i++)
        {
            var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());
            await using var call = new Held<string>(desk.Runtime.Stream(Text(), CancellationToken.None));
            var taken = call.TakeAsync();
            await HedgeAsync(desk);
            await desk.Haiku.WaitForRequestAsync(i + 1);
            await Task.WhenAll(Task.Run(() => first.Send("mini").Finish()), Task.Run(() => second.Send("haiku").Finish()));
            Assert.True(await taken);

            var item = Assert.Single(await call.ItemsAsync());
            Assert.Equal(item, Assert.Single(call.Stream.Attempts, static attempt => attempt.Outcome == PromptErrorCode.None).ModelId);
            Assert.Single(call.Stream.Attempts, static attempt => attempt.Outcome == PromptErrorCode.Cancelled);
            await first.Disposed;
            await second.Disposed;
        }
    }

    private static async Task HedgeAsync(Desk desk)
    {
        await desk.Clock.WaitForTimerAsync(After, After);
        desk.Clock.Advance(After);
    }

    /// <summary>A stream that the test takes step by step.</summary>
    private sealed class Held<T>(PromptStream<T> stream) : IAsyncDisposable
    {
        public PromptStream<T> Stream => stream;

        public Task<bool> TakeAsync() => stream.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask();

        public async Task<List<T>> ItemsAsync()
        {
            var items = new List<T>();
            while (await stream.MoveNextAsync())
            {
                items.Add(stream.Current);
            }

            return items;
        }

        public async ValueTask DisposeAsync() => await stream.DisposeAsync();
    }
}
