using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Tests.Budgets;

namespace PromptGen.Tests.Execution;

/// <summary>Streams end, whatever their client sends, and whatever their caller does not do.</summary>
public sealed class HostileStreamTests
{
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Empties => ["nothing", "no text", "no thought", "usage", "raw", "unnamed call", "no data"];

    [Theory]
    [MemberData(nameof(Empties))]
    public async Task Updates_that_complete_at_once_without_content_end_with_the_time_of_the_first_token(string kind)
    {
        using var desk = new Desk();
        var endless = new EndlessStream(() => Empty(kind), () => desk.Clock.Advance(TimeSpan.FromMilliseconds(10)));
        desk.Mini.Streams((_, _) => endless);
        desk.Haiku.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear Ada"], await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync());
        Assert.Equal("mini Initial FirstTokenTimeout, haiku Fallback None", call.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(5), call.Attempts[0].Duration);
        Assert.True(endless.IsDisposed);
    }

    [Theory]
    [MemberData(nameof(Empties))]
    public async Task Behind_the_first_item_they_end_with_the_time_between_two_tokens(string kind)
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, _) => new EndlessStream(() => Empty(kind), () => desk.Clock.Advance(TimeSpan.FromMilliseconds(10)), "Dear "));
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var error = await Assert.ThrowsAsync<PromptStreamException>(async () => await items.MoveNextAsync());

        Assert.Equal(PromptErrorCode.StreamIdleTimeout, error.Code);
        Assert.Equal(TimeSpan.FromSeconds(30), desk.Clock.Elapsed);
    }

    [Fact]
    public async Task Where_nothing_else_limits_it_the_deadline_ends_a_stream_that_never_waits()
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, _) => new EndlessStream(() => Empty("nothing"), () => desk.Clock.Advance(TimeSpan.FromMilliseconds(10))));

        var error = await Assert.ThrowsAsync<PromptException>(() => desk.ReplyAsync(StreamSample.Text(Deadline, new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini]))).ToListAsync());

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal(Deadline, desk.Clock.Elapsed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_cancels_ends_a_stream_that_never_waits(bool hasContent)
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        var count = 0;
        desk.Mini.Streams((_, _) => new EndlessStream(
            () => Empty(hasContent ? "thought" : "nothing"),
            () =>
            {
                if (++count == 100)
                {
                    cancellation.Cancel();
                }
            }));

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => desk.ReplyAsync(cancellationToken: cancellation.Token).ToListAsync());

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.InRange(count, 100, 101);
    }

    [Fact]
    public async Task Thoughts_without_end_are_too_large_an_answer()
    {
        using var desk = new Desk();
        var thought = new string('.', 1 << 20);
        desk.Mini.Streams((_, _) => new EndlessStream(() => new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(thought)])));
        desk.Sonnet.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear Ada"], await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync());
        Assert.Equal("mini Initial OutputTooLarge, sonnet Escalation None", call.Attempts.Line());
    }

    [Theory]
    [MemberData(nameof(Empties))]
    public async Task Updates_that_say_nothing_do_not_keep_a_silent_stream_alive(string kind)
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("Dear ");
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var next = items.MoveNextAsync().AsTask();
        for (var i = 0; i < 2; i++)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(14));
            stream.Send(Empty(kind));
            Assert.Equal(TimeSpan.FromSeconds(16 - (14 * i)), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, TimeSpan.FromSeconds(16 - (14 * i))));
        }

        desk.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(PromptErrorCode.StreamIdleTimeout, (await Assert.ThrowsAsync<PromptStreamException>(() => next)).Code);
    }

    [Theory]
    [InlineData("thought")]
    [InlineData("sealed thought")]
    [InlineData("call")]
    [InlineData("progress")]
    public async Task Thoughts_calls_and_progress_keep_a_stream_alive(string kind)
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("Dear ");
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var next = items.MoveNextAsync();
        for (var i = 0; i < 4; i++)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(20));
            stream.Send(Empty(kind));
            await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        }

        stream.Send("Ada");
        Assert.True(await next);
    }

    [Theory]
    [InlineData("read to its end")]
    [InlineData("broken off")]
    [InlineData("left early")]
    public async Task A_client_that_never_ends_cleaning_up_is_abandoned(string end)
    {
        using var desk = new Desk();
        var stream = new HangingDisposal(end == "broken off" ? null : ChatFinishReason.Stop);
        desk.Mini.Streams((_, _) => stream);
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var ended = end == "left early" ? items.DisposeAsync().AsTask() : items.MoveNextAsync().AsTask();
        Assert.Equal(CleanUp, await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
        Assert.False(ended.IsCompleted);
        desk.Clock.Advance(CleanUp);

        if (end == "broken off")
        {
            Assert.Equal(PromptErrorCode.Truncated, (await Assert.ThrowsAsync<PromptStreamException>(() => ended)).Code);
        }
        else
        {
            await ended;
        }

        await Unobserved.AssertNoneAsync<TimeZoneNotFoundException>(() => stream.Fail(new TimeZoneNotFoundException()));
    }

    [Fact]
    public async Task Cleaning_up_takes_no_longer_than_the_deadline_leaves()
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, _) => new HangingDisposal(ChatFinishReason.Stop));
        await using var items = desk.ReplyAsync(StreamSample.Text(TimeSpan.FromSeconds(0.25))).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var ended = items.MoveNextAsync().AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(0.25));

        Assert.False(await ended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_its_caller_holds_ends_at_the_deadline(bool comesBack)
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("all", 10m, BudgetPeriod.Day));
        var stream = desk.Mini.Stream().Send("Dear ").Send(ManualStream.Usage(1_000, 500));
        var call = desk.Inner.Runtime.Stream(StreamSample.Text(Deadline), CancellationToken.None);
        var items = StreamDesk.ItemsAsync(call, StreamSample.Text()).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        Assert.True((await desk.BalanceAsync("all", BudgetPeriod.Day)).ReservedUsd > 0);
        Assert.Empty(call.Attempts);

        desk.Clock.Advance(Deadline);

        await stream.Disposed;
        Assert.Equal("mini Initial DeadlineExceeded", call.Attempts.Line());
        Assert.Equal(0m, (await desk.BalanceAsync("all", BudgetPeriod.Day)).ReservedUsd);
        if (comesBack)
        {
            var error = await Assert.ThrowsAsync<PromptStreamException>(async () => await items.MoveNextAsync());
            Assert.Equal((PromptErrorCode.DeadlineExceeded, "Dear ", 1), (error.Code, error.PartialText, error.Items));
            Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
            Assert.False(await call.MoveNextAsync());
        }

        await items.DisposeAsync();
        Assert.Single(call.Attempts);
    }

    [Fact]
    public async Task The_deadline_of_a_stream_that_was_read_to_its_end_changes_nothing()
    {
        using var desk = new Desk();
        desk.Mini.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(Deadline), CancellationToken.None);
        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
        Assert.True(await call.MoveNextAsync());
        Assert.False(await call.MoveNextAsync());

        desk.Clock.Advance(Deadline);

        Assert.False(await call.MoveNextAsync());
        Assert.Equal("mini Initial None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_deadline_that_passes_while_an_item_is_made_ends_the_stream_once_the_caller_has_it()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("[1");
        var call = desk.Runtime.Stream(
            StreamSample.Elements(Deadline),
            StreamSample.Element,
            _ =>
            {
                desk.Clock.Advance(Deadline);
                return null;
            },
            CancellationToken.None);
        stream.Send(",");

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        await stream.Disposed;
        Assert.Equal("mini Initial DeadlineExceeded", call.Attempts.Line());
        await Assert.ThrowsAsync<PromptStreamException>(async () => await call.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_that_is_no_longer_referenced_ends()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("all", 10m, BudgetPeriod.Day));
        var stream = desk.Mini.Stream().Send("Dear ");
        await Forget(desk.Inner);
        Assert.True((await desk.BalanceAsync("all", BudgetPeriod.Day)).ReservedUsd > 0);

        while (!stream.Disposed.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The attempt is entered behind the client's clean-up, on another thread.
        SpinWait.SpinUntil(() => desk.Store.Operations > 1);
        var balance = await desk.BalanceAsync("all", BudgetPeriod.Day);
        Assert.Equal(0m, balance.ReservedUsd);
        Assert.True(balance.SpentUsd > 0);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task Forget(Desk desk)
        {
            var items = desk.ReplyAsync().GetAsyncEnumerator();
            Assert.True(await items.MoveNextAsync());
        }
    }

    private static ChatResponseUpdate Empty(string kind) => kind switch
    {
        "no text" => new(ChatRole.Assistant, [new TextContent("")]),
        "no thought" => new(ChatRole.Assistant, [new TextReasoningContent("")]),
        "usage" => ManualStream.Usage(1, 1),
        "raw" => new(ChatRole.Assistant, [new AIContent { RawRepresentation = "ping" }]),
        "unnamed call" => new(ChatRole.Assistant, [new FunctionCallContent("1", "")]),
        "no data" => new(ChatRole.Assistant, [new DataContent(ReadOnlyMemory<byte>.Empty, "image/png")]),
        "thought" => new(ChatRole.Assistant, [new TextReasoningContent("hm")]),
        "sealed thought" => new(ChatRole.Assistant, [new TextReasoningContent("") { ProtectedData = "c2VhbGVk" }]),
        "call" => new(ChatRole.Assistant, [new FunctionCallContent("1", "look_up")]),
        "progress" => PromptGen.Providers.UpdateProgress.Mark(new ChatResponseUpdate(ChatRole.Assistant, [])),
        _ => new(ChatRole.Assistant, []),
    };

    /// <summary>Updates that are there at once, one after another. Ends with an exception where nothing else ends it.</summary>
    private sealed class EndlessStream(Func<ChatResponseUpdate> next, Action? before = null, string? first = null)
        : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        private int _count;

        public bool IsDisposed { get; private set; }

        public ChatResponseUpdate Current { get; private set; } = null!;

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync()
        {
            if (++_count > 10_000)
            {
                throw new InvalidOperationException("Nothing ended the stream.");
            }

            if (first is not null && _count == 1)
            {
                Current = new ChatResponseUpdate(ChatRole.Assistant, first);
                return new ValueTask<bool>(true);
            }

            before?.Invoke();
            Current = next();
            return new ValueTask<bool>(true);
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A stream of one piece that never ends cleaning up, unless it fails at last.</summary>
    private sealed class HangingDisposal(ChatFinishReason? reason) : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        private readonly TaskCompletionSource _cleaned = new();
        private int _count;

        public ChatResponseUpdate Current => new(ChatRole.Assistant, "Dear Ada") { FinishReason = reason };

        public void Fail(Exception exception) => _cleaned.SetException(exception);

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => new(++_count == 1);

        public ValueTask DisposeAsync() => new(_cleaned.Task);
    }
}
