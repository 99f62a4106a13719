using Microsoft.Extensions.AI;

namespace PromptGen.Tests.Execution;

/// <summary>What a stream returns, and how it fails: before the first item another model is called, afterwards the caller gets an exception.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task Text_is_handed_over_piece_by_piece_as_it_comes()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream();
        await using var items = desk.ReplyAsync().GetAsyncEnumerator();

        stream.Send("Dear ");
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("Dear ", items.Current);
        var next = items.MoveNextAsync();
        Assert.False(next.IsCompleted);
        stream.Send("Ada");
        Assert.True(await next);
        Assert.Equal("Ada", items.Current);
        stream.Finish();
        Assert.False(await items.MoveNextAsync());

        await stream.Disposed;
        Assert.True(Assert.Single(desk.Mini.Requests).IsStreaming);
    }

    [Fact]
    public async Task A_stream_is_one_attempt_entered_when_it_ended()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream();
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);
        stream.Send("a");
        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
        Assert.Empty(call.Attempts);

        desk.Clock.Advance(TimeSpan.FromSeconds(7));
        stream.Send(ManualStream.Usage(1_000, 500)).Finish();
        Assert.True(await call.MoveNextAsync());
        Assert.False(await call.MoveNextAsync());
        Assert.False(await call.MoveNextAsync());
        await call.DisposeAsync();
        await call.DisposeAsync();

        var attempt = Assert.Single(call.Attempts);
        Assert.Equal("mini Initial None", call.Attempts.Line());
        Assert.Equal(new PromptCost(0.002m, IsComplete: true), attempt.Cost);
        Assert.Equal(TimeSpan.FromSeconds(7), attempt.Duration);
        Assert.False(attempt.IsAbandoned);
    }

    [Theory]
    [InlineData(PromptErrorCode.Auth, "mini Initial Auth, haiku Fallback None")]
    [InlineData(PromptErrorCode.Overloaded, "mini Initial Overloaded, mini Retry Overloaded, mini Retry Overloaded, haiku Fallback None")]
    [InlineData(PromptErrorCode.ProtocolError, "mini Initial ProtocolError, mini Retry ProtocolError, haiku Fallback None")]
    public async Task What_fails_before_the_first_item_is_retried_and_replaced(PromptErrorCode code, string ledger)
    {
        using var desk = new Desk();
        for (var i = 0; i < 3; i++)
        {
            desk.Mini.Stream().Send(new ChatResponseUpdate(ChatRole.Assistant, "  ")).End(new ProviderException(code));
        }

        desk.Haiku.Streams("Dear ", "Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear ", "Ada"], await desk.WaitOutAsync(StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync()));
        Assert.Equal(ledger, call.Attempts.Line());
    }

    [Fact]
    public async Task A_partial_element_that_was_not_handed_over_is_dropped()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[4").End(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Streams("[1,", "2]");

        Assert.Equal([1, 2], await desk.UrgenciesAsync().ToListAsync());
    }

    [Theory]
    [InlineData("length", PromptErrorCode.Truncated)]
    [InlineData("content_filter", PromptErrorCode.ContentFiltered)]
    [InlineData(null, PromptErrorCode.Truncated)]
    public async Task An_end_that_is_none_is_reported_after_the_first_item(string? reason, PromptErrorCode code)
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("Dear ", "CANARY");
        _ = reason is null ? stream.End() : stream.Finish(new ChatFinishReason(reason));
        var items = new List<string>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.ReplyAsync().ToListAsync(items));

        Assert.Equal(code, error.Code);
        Assert.Equal(["Dear ", "CANARY"], items);
        Assert.Equal("Dear CANARY", error.PartialText);
        Assert.Equal(2, error.Items);
        Assert.Equal($"mini Initial {code}", error.Attempts.Line());
        Assert.DoesNotContain("CANARY", error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Desk.Reply: the stream broke off after 2 items ({code}).", error.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_limit_before_the_first_item_escalates()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1").Finish(ChatFinishReason.Length);
        desk.Sonnet.Streams("[1]");
        var call = desk.Runtime.Stream(StreamSample.Elements(), StreamSample.Element, CancellationToken.None);

        Assert.Equal([1], await StreamDesk.ItemsAsync(call, StreamSample.Elements()).ToListAsync());
        Assert.Equal("mini Initial Truncated, sonnet Escalation None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_connection_that_is_closed_before_the_first_item_falls_back()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1").End();
        desk.Haiku.Streams("[1]");
        var call = desk.Runtime.Stream(StreamSample.Elements(), StreamSample.Element, CancellationToken.None);

        Assert.Equal([1], await StreamDesk.ItemsAsync(call, StreamSample.Elements()).ToListAsync());
        Assert.Equal("mini Initial Truncated, haiku Fallback None", call.Attempts.Line());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_is_reported_whether_text_came_before_or_not(bool isCommitted)
    {
        using var desk = new Desk();
        var refusal = new ChatResponseUpdate(ChatRole.Assistant, [new ErrorContent("I can't.") { ErrorCode = "Refusal" }]);
        desk.Mini.Stream().Send(isCommitted ? ["Well, "] : []).Send(refusal).Finish();
        desk.Sonnet.Streams("Dear Ada");

        if (isCommitted)
        {
            var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.ReplyAsync().ToListAsync());
            Assert.Equal(PromptErrorCode.Refused, error.Code);
        }
        else
        {
            Assert.Equal(["Dear Ada"], await desk.ReplyAsync().ToListAsync());
        }
    }

    [Fact]
    public async Task A_failure_after_the_first_item_reaches_the_caller()
    {
        using var desk = new Desk();
        var failure = new IOException("CANARY");
        desk.Mini.Stream().Send("[1,2,3").End(failure);
        var items = new List<int>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.UrgenciesAsync().ToListAsync(items));

        Assert.Equal(PromptErrorCode.Transport, error.Code);
        Assert.Equal(PromptErrorCode.Transport, Assert.IsType<ProviderRequestException>(error.InnerException).Code);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([1, 2], items);
        Assert.Equal("[1,2,3", error.PartialText);
        Assert.False(error.Attempts[0].Cost.IsComplete);
    }

    [Fact]
    public async Task An_empty_list_is_an_answer_without_items()
    {
        using var desk = new Desk();
        desk.Mini.Streams("{\"value\":", "[]}");
        var call = desk.Runtime.Stream(StreamSample.Elements(), StreamSample.Element, CancellationToken.None);

        Assert.Empty(await StreamDesk.ItemsAsync(call, StreamSample.Elements()).ToListAsync());
        Assert.Equal("mini Initial None", call.Attempts.Line());
    }

    [Fact]
    public async Task An_empty_text_asks_the_next_model()
    {
        using var desk = new Desk();
        desk.Mini.Streams(" ");
        desk.Haiku.Streams("Dear Ada");

        Assert.Equal(["Dear Ada"], await desk.ReplyAsync().ToListAsync());
    }

    [Fact]
    public async Task A_broken_first_element_escalates_and_is_not_repaired()
    {
        using var desk = new Desk();
        var stream = desk.Mini.Stream().Send("[9,");
        desk.Sonnet.Streams("[1]");
        var call = desk.Runtime.Stream(StreamSample.Elements(), StreamSample.Element, CancellationToken.None);

        Assert.Equal([1], await StreamDesk.ItemsAsync(call, StreamSample.Elements()).ToListAsync());

        await stream.Disposed;
        Assert.Equal("mini Initial SchemaMismatch, sonnet Escalation None", call.Attempts.Line());
        Assert.Equal("/0", Assert.Single(call.Attempts[0].Violations).Pointer);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_later_element_that_is_broken_ends_the_stream()
    {
        using var desk = new Desk();
        desk.Mini.Streams("{\"value\":[1,2,9]}");
        var items = new List<int>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.UrgenciesAsync().ToListAsync(items));

        Assert.Equal(PromptErrorCode.SchemaMismatch, error.Code);
        Assert.Equal([1, 2], items);
        Assert.Equal("/value/2", Assert.Single(error.Attempts[0].Violations).Pointer);
    }

    [Fact]
    public async Task A_check_judges_each_element()
    {
        using var desk = new Desk();
        desk.Mini.Streams("[5]");
        desk.Sonnet.Streams("[1,2,5]");
        var items = new List<int>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(
            () => desk.UrgenciesAsync(reject: static value => value == 5 ? "too urgent" : null).ToListAsync(items));

        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.Equal([1, 2], items);
        Assert.Equal("mini Initial NotAccepted, sonnet Escalation NotAccepted", error.Attempts.Line());
        Assert.All(error.Attempts, attempt => Assert.Equal("too urgent", attempt.RejectionReason));
    }

    [Fact]
    public async Task A_check_may_take_its_time()
    {
        using var desk = new Desk();
        desk.Mini.Streams("[5]");
        desk.Sonnet.Streams("[1,2]");
        var call = desk.Runtime.Stream(
            StreamSample.Elements(),
            StreamSample.Element,
            static async (value, _) =>
            {
                await Task.Yield();
                return value == 5 ? "too urgent" : null;
            },
            CancellationToken.None);

        Assert.Equal([1, 2], await StreamDesk.ItemsAsync(call, StreamSample.Elements()).ToListAsync());
    }

    [Fact]
    public async Task A_check_that_throws_ends_the_call()
    {
        using var desk = new Desk();
        desk.Mini.Streams("[1,2]");
        desk.Haiku.Streams("[2]");

        var first = await Assert.ThrowsAsync<PromptException>(() => desk.UrgenciesAsync(reject: static _ => throw new TimeoutException()).ToListAsync());
        desk.Mini.Streams("[1,2]");
        var later = await Assert.ThrowsAsync<PromptStreamException>(
            () => desk.UrgenciesAsync(reject: static value => value == 2 ? throw new TimeoutException() : null).ToListAsync());

        Assert.Equal(PromptErrorCode.NotAccepted, first.Code);
        Assert.Equal(PromptErrorCode.NotAccepted, later.Code);
        Assert.IsType<TimeoutException>(later.InnerException);
    }

    [Fact]
    public async Task Snapshots_end_with_the_value()
    {
        using var desk = new Desk();
        desk.Mini.Streams("{\"title\":\"Lamp\",", "\"stars\":3,\"tags\":[", "]}");
        var call = desk.Runtime.StreamSnapshots(StreamSample.Note(), CancellationToken.None);

        var snapshots = await StreamDesk.ItemsAsync(call, StreamSample.Note()).ToListAsync();

        Assert.Equal(4, snapshots.Count);
        Assert.Equal(SnapshotState.Done, snapshots[0]["title"].State);
        Assert.Equal("Lamp", snapshots[^1].Value!.Title);
        Assert.Equal("mini Initial None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_whole_that_breaks_its_contract_fails_after_its_snapshots()
    {
        using var desk = new Desk();
        desk.Mini.Streams("{\"title\":\"Lamp\",", "\"stars\":9,\"tags\":[]}");

        var error = await Assert.ThrowsAsync<PromptStreamException>(
            () => StreamDesk.ItemsAsync(desk.Runtime.StreamSnapshots(StreamSample.Note(), CancellationToken.None), StreamSample.Note()).ToListAsync());

        Assert.Equal(PromptErrorCode.SchemaMismatch, error.Code);
        Assert.Equal(2, error.Items);
        Assert.Equal("/stars", Assert.Single(error.Attempts[0].Violations).Pointer);
    }

    [Fact]
    public async Task Running_totals_of_usage_are_not_added_up_and_parts_are()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send(ManualStream.Usage(1_000, 1)).Send("a").Send(ManualStream.Usage(1_000, 400)).Send(ManualStream.Usage(1_000, 500)).Finish();
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync();

        Assert.Equal(1_000, call.Attempts[0].Usage!.InputTokenCount);
        Assert.Equal(500, call.Attempts[0].Usage!.OutputTokenCount);
        Assert.Equal(new PromptCost(0.002m, IsComplete: true), call.Attempts[0].Cost);
    }

    [Fact]
    public async Task Nothing_that_a_client_does_escapes()
    {
        using var desk = new Desk(static builder => builder.Resilience.MaxRetries = 0);
        desk.Mini.Streams(static (_, _) => throw new InvalidOperationException());
        desk.Haiku.Streams(static (_, _) => null!);
        desk.Sonnet.Streams(static (_, _) => AsyncEnumerable(null!));

        var error = await Assert.ThrowsAsync<PromptException>(() => desk.ReplyAsync().ToListAsync());

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal("mini Initial ProtocolError, haiku Fallback ProtocolError, sonnet Fallback ProtocolError", error.Attempts.Line());

        static async IAsyncEnumerable<ChatResponseUpdate> AsyncEnumerable(ChatResponseUpdate update)
        {
            yield return update;
            await Task.CompletedTask;
        }
    }
}
