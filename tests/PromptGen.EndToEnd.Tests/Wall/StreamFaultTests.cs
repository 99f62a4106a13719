using PromptGen.Budgets;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>
/// Rows 11–17, 20, 47, 50 and 57 streamed. Until the first item is complete, no item was returned and another model may be called;
/// afterwards the caller gets an exception with the text received.
/// </summary>
public sealed class StreamFaultTests : WallTests
{
    private const string Letter = "Dear Ada, your card was charged once only.";
    private const string Reports = $$"""{"value":[{{Good}}]}""";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Theory]
    [ViaBoth]
    public async Task Row11_A_first_token_that_is_late_asks_the_other_model(Via via)
    {
        Enqueue(via, ModelReply.Text(Letter) with { BodyDelay = TimeSpan.FromSeconds(20) });
        Server.Enqueue(Backup(via), ModelReply.Text(Letter));

        var call = Write(via);
        var late = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5)).WaitAsync(Hanging));

        Assert.Equal(Letter, (await call).Text);
        Assert.Equal(TimeSpan.FromSeconds(5), (await call).Took);
        await late.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task Row11_Without_another_model_the_first_token_is_waited_for()
    {
        Server.Enqueue(Models.Mini, ModelReply.Text(Letter) with { BodyDelay = TimeSpan.FromSeconds(20) });

        var call = ObserveStream(token => Desk.WriteAloneAsync(Ticket, token));
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)).WaitAsync(Hanging));

        Assert.Equal(Letter, (await call).Text);
    }

    [Theory]
    [ViaBoth("cut", "reset", "length")]
    public Task Row12_A_stream_that_is_cut_after_the_first_piece_is_reported_with_what_came(Via via, string fault) => IsReportedAsync(via, fault);

    [Theory]
    [ViaBoth("cut", "reset", "length")]
    public Task Row12_A_stream_that_is_cut_before_the_first_whole_item_is_replaced(Via via, string fault) => IsReplacedAsync(via, fault);

    [Theory]
    [ViaBoth]
    public async Task Row13_A_stream_that_stalls_is_ended_and_its_connection_closed(Via via)
    {
        Enqueue(via, ModelReply.Text(Letter) with { Fault = ModelFault.Stall, FaultAfter = 2 });

        var call = Write(via);
        await Time.AdvanceUntilAsync(call, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)).WaitAsync(Hanging);

        Assert.Equal([$"{Primary(via)} Initial StreamIdleTimeout"], (await call).Ledger);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public Task Row14_A_malformed_chunk_after_the_first_piece_is_reported_with_what_came(Via via) => IsReportedAsync(via, "malformed");

    [Theory]
    [ViaBoth]
    public Task Row14_A_malformed_chunk_before_the_first_whole_item_is_replaced(Via via) => IsReplacedAsync(via, "malformed");

    [Theory]
    [ViaBoth]
    public async Task Row15_A_stream_that_says_how_it_ended_needs_no_end_mark(Via via)
    {
        Enqueue(via, ModelReply.Text(Letter) with { Fault = ModelFault.NoEndMark });

        var call = await Write(via);

        Assert.Null(call.Error);
        Assert.Equal(Letter, call.Text);
    }

    [Theory]
    [ViaBoth]
    public Task Row16_A_stream_that_ends_without_a_reason_after_the_first_piece_is_reported_with_what_came(Via via) => IsReportedAsync(via, "no finish reason");

    [Theory]
    [ViaBoth("no finish reason", "empty", "web page as events", "web page")]
    public Task Row16_A_stream_that_holds_no_whole_answer_is_replaced(Via via, string fault) => IsReplacedAsync(via, fault);

    [Theory]
    [ViaBoth]
    public Task Row17_An_error_after_the_first_piece_is_reported_with_what_came(Via via) => IsReportedAsync(via, "error");

    [Theory]
    [ViaBoth]
    public Task Row17_An_error_before_the_first_whole_item_is_replaced(Via via) => IsReplacedAsync(via, "error");

    [Theory]
    [ViaBoth]
    public async Task Row20_A_refusal_that_is_streamed_is_not_read(Via via)
    {
        Enqueue(via, ModelReply.Refusal(Reports));
        Otherwise = static _ => ModelReply.Text(Reports);

        var call = await SitOutAsync(List(via));

        // Anthropic reports a refusal only after the text: by then the first report was returned, and the caller gets an exception.
        Assert.Equal(via == Via.OpenAI ? PromptErrorCode.None : PromptErrorCode.Refused, call.Code);
        Assert.Equal(via == Via.OpenAI ? Stronger : Primary(via), Server.Requests[^1].ModelId);
    }

    [Theory]
    [ViaBoth]
    public async Task Row47_A_caller_who_cancels_in_the_middle_ends_the_request(Via via)
    {
        using var cancellation = new CancellationTokenSource();
        Enqueue(via, ModelReply.Text(Letter) with { Fault = ModelFault.Stall, FaultAfter = 2 });

        var call = Write(via, cancellation.Token);
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)).WaitAsync(Hanging);
        await cancellation.CancelAsync();

        Assert.Equal(PromptErrorCode.Cancelled, (await call).Code);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row50_A_caller_who_stops_early_and_disposes_twice_closes_the_connection_once(Via via)
    {
        Enqueue(via, ModelReply.Text(Letter) with { Fault = ModelFault.Stall, FaultAfter = 3 });

        var call = await ObserveStream(token => FirstOf(Stream(via, token)));

        Assert.Single(call.Items!);
        Assert.Equal(1, call.Requests);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row50_A_stream_that_is_not_read_asks_no_model(Via via)
    {
        var stream = Stream(via, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        await stream.DisposeAsync();
        await stream.DisposeAsync();

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [ViaBoth]
    public async Task Row57_Running_totals_of_usage_are_not_added_up(Via via)
    {
        var store = new InMemoryBudgetStore(Time);
        Configure = builder => builder.UseBudgetStore(store).AddBudget("wall", 1m, BudgetPeriod.Day);
        Enqueue(via, ModelReply.Text(Letter, 1_000, 500) with { Fault = ModelFault.RunningUsage });

        var call = await Write(via);

        Assert.Equal(Letter, call.Text);
        Assert.Equal(via == Via.OpenAI ? 0.002m : 0.004m, (await store.GetBalanceAsync(new BudgetLimit("wall", 1m, BudgetPeriod.Day))).SpentUsd);
    }

    /// <summary>After the first piece the call ends with what the fault is called and with what came.</summary>
    private async Task IsReportedAsync(Via via, string fault)
    {
        var (reply, code) = Fault(fault, Letter, after: 2);
        Enqueue(via, reply with { EventDelay = Step });
        var hasPiece = new TaskCompletionSource();

        // In step with the server: a reset that came before the first piece was read could take the piece with it.
        var reading = ObserveStream(token => Observed(Stream(via, token), hasPiece));
        for (var i = 0; i < (via == Via.OpenAI ? 2 : 4); i++)
        {
            Time.Advance(await Time.WaitForTimerAsync(Step, Step).WaitAsync(Hanging));
        }

        await hasPiece.Task.WaitAsync(Hanging);
        var call = await SitOutAsync(reading);

        Assert.Equal(code, call.Code);
        var error = Assert.IsType<PromptStreamException>(call.Error);
        Assert.StartsWith(call.Text, error.PartialText, StringComparison.Ordinal);
        Assert.StartsWith(error.PartialText, Letter, StringComparison.Ordinal);
        Assert.NotEqual("", call.Text);
        Assert.Equal([$"{Primary(via)} Initial {code}"], call.Ledger);
    }

    /// <summary>Before the first whole item another model takes over.</summary>
    private async Task IsReplacedAsync(Via via, string fault)
    {
        Otherwise = request => request.ModelId == Primary(via) ? Fault(fault, Reports[..^40], after: 2).Reply : ModelReply.Text(Reports);

        var call = await SitOutAsync(List(via));

        Assert.Null(call.Error);
        Assert.Single(call.Items!);
        Assert.NotEqual(Primary(via), Server.Requests[^1].ModelId);
    }

    private static (ModelReply Reply, PromptErrorCode Code) Fault(string fault, string text, int after) => fault switch
    {
        "cut" => (ModelReply.CutStream(text, after), PromptErrorCode.Truncated),
        "reset" => (ModelReply.CutStream(text, after, reset: true), PromptErrorCode.Transport),
        "malformed" => (ModelReply.Text(text) with { Fault = ModelFault.MalformedChunk, FaultAfter = after }, PromptErrorCode.ProtocolError),
        "no finish reason" => (ModelReply.Text(text) with { Fault = ModelFault.NoFinishReason }, PromptErrorCode.Truncated),
        "error" => (ModelReply.ErrorEvent("overloaded_error", text) with { FaultAfter = after }, PromptErrorCode.Overloaded),
        "length" => (ModelReply.Length(text), PromptErrorCode.Truncated),
        "empty" => (ModelReply.Raw(200, "text/event-stream", ""), PromptErrorCode.ProtocolError),
        "web page as events" => (ModelReply.Raw(200, "text/event-stream", "<html>Sign in</html>"), PromptErrorCode.ProtocolError),
        _ => (ModelReply.Html(), PromptErrorCode.ProtocolError),
    };

    private static async IAsyncEnumerable<string> Observed(IAsyncEnumerable<string> pieces, TaskCompletionSource hasPiece)
    {
        await foreach (var piece in pieces)
        {
            yield return piece;
            hasPiece.TrySetResult();
        }
    }

    private static async IAsyncEnumerable<string> FirstOf(IAsyncEnumerable<string> pieces)
    {
        var stream = pieces.GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        yield return stream.Current;
        await stream.DisposeAsync();
        await stream.DisposeAsync();
    }

    private IAsyncEnumerable<string> Stream(Via via, CancellationToken token) =>
        via == Via.OpenAI ? Desk.WriteViaOpenAIAsync(Ticket, token) : Desk.WriteViaAnthropicAsync(Ticket, token);

    private Task<WallCall> Write(Via via, CancellationToken cancellationToken = default) => ObserveStream(token => Stream(via, token), cancellationToken);

    private Task<WallCall> List(Via via) =>
        ObserveStream(token => via == Via.OpenAI ? Desk.ListViaOpenAIAsync(Ticket, token) : Desk.ListViaAnthropicAsync(Ticket, token));
}
