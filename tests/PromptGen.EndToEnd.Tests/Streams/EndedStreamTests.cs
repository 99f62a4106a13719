using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Streams;

/// <summary>Streams that are ended on the client's side: by a time limit, by the caller's token, by a caller that stops reading.</summary>
public sealed class EndedStreamTests : StreamTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_first_token_that_does_not_come_in_time_asks_the_other_provider()
    {
        Server.Enqueue(Mini, ModelReply.Hang());
        Server.Enqueue(Haiku, ModelReply.Text(Text));

        var reading = ReadAsync(Writer.ReplyAsync(Letter));
        var silent = await Server.WaitForRequestAsync(1);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)).WaitAsync(Hanging));

        Assert.Equal(Text, string.Concat(await reading.WaitAsync(Hanging)));
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Equal([Mini, Haiku], Asked());
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_stream_that_stalls_after_the_first_piece_fails_and_its_connection_is_closed(string provider)
    {
        Server.Enqueue(ModelReply.Text(Text) with { Fault = ModelFault.Stall, FaultAfter = 2 });

        var reading = BreakAsync(ReplyBy(provider));
        var stalled = await Server.WaitForRequestAsync(1);
        await Time.AdvanceUntilAsync(reading, Idle, Idle).WaitAsync(Hanging);

        var (error, _) = await reading;
        Assert.Equal(PromptErrorCode.StreamIdleTimeout, error.Code);
        await stalled.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task A_stream_that_stalls_before_its_first_element_is_replaced()
    {
        Server.Enqueue(Mini, ModelReply.Text(List(0.9)) with { Fault = ModelFault.Stall, FaultAfter = 2 });
        Server.Enqueue(Haiku, ModelReply.Text(List(0.9)));

        var reading = ReadAsync(Writer.TriagesAsync(Letter));
        var stalled = await Server.WaitForRequestAsync(1);
        await Time.AdvanceUntilAsync(Server.WaitForRequestAsync(2), Idle, Idle).WaitAsync(Hanging);

        Assert.Single(await reading.WaitAsync(Hanging));
        await stalled.WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Equal([Mini, Haiku], Asked());
    }

    [Fact]
    public async Task The_only_model_is_waited_for_until_the_deadline()
    {
        Server.Enqueue(ModelReply.Hang());

        var reading = ReadAsync(Writer.ReplySoonAsync(Letter));
        var silent = await Server.WaitForRequestAsync(1);
        Assert.Equal(TimeSpan.FromSeconds(20), await Time.WaitForTimerAsync(TimeSpan.Zero));
        Time.Advance(TimeSpan.FromSeconds(20));

        var error = await Assert.ThrowsAsync<PromptException>(() => reading.WaitAsync(Hanging));
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        AssertLedger(error, $"{Mini} Initial DeadlineExceeded");
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task The_deadline_ends_a_stream_in_the_middle()
    {
        Server.Enqueue(ModelReply.Text(Text) with { Fault = ModelFault.Stall, FaultAfter = 1 });
        await using var items = Writer.ReplySoonAsync(Letter).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());

        var next = items.MoveNextAsync().AsTask();
        Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptStreamException>(() => next.WaitAsync(Hanging))).Code);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_caller_who_cancels_in_the_middle_ends_the_request(string provider)
    {
        using var cancellation = new CancellationTokenSource();
        Server.Enqueue(ModelReply.Text(Text) with { Fault = ModelFault.Stall, FaultAfter = 1 });
        await using var items = ReplyBy(provider, cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await items.MoveNextAsync());

        var next = items.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => next.WaitAsync(Hanging));
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.IsType<PromptStreamException>(error.InnerException);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_caller_who_stops_early_closes_the_connection(string provider)
    {
        Server.Enqueue(ModelReply.Text(Text) with { Fault = ModelFault.Stall, FaultAfter = 3 });

        await foreach (var piece in ReplyBy(provider))
        {
            Assert.StartsWith(piece, Text, StringComparison.Ordinal);
            break;
        }

        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_healthy_call_succeeds_right_after_a_broken_one()
    {
        Server.Enqueue(ModelReply.CutStream(Text, after: 2), ModelReply.Text(Text));

        await BreakAsync(Writer.ReplyAsync(Letter));

        Assert.Equal(Text, string.Concat(await ReadAsync(Writer.ReplyAsync(Letter))));
    }
}
