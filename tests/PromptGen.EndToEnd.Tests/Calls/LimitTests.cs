using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>How a call ends when it may not go on.</summary>
public sealed class LimitTests : CallTests
{
    [Fact]
    public async Task An_exhausted_route_throws_with_every_attempt_in_order()
    {
        Server.Enqueue(Reply(Broken), Reply(Unsure), Reply(Unsure));

        var error = await Assert.ThrowsAsync<PromptException>(() => Desk.TriageAsync("I was charged twice"));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial SchemaMismatch", $"{Mini} Repair NotAccepted", $"{Sonnet} Escalation NotAccepted");
        Assert.Contains("Desk.TriageAsync", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exhausted_route_asks_the_fallback_and_keeps_the_ledger()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken), Reply(Broken), Reply(Broken));

        var result = await Desk.TriageOrAskAsync("I was charged twice");

        Assert.Equal(new Triage(Queue.Technical, 3, 1), result.Value);
        Assert.Equal("", result.ModelId);
        Assert.Equal(4, result.Attempts.Count);
        AssertCost(result, ((2 * 2_000m) + (2 * 20_000m)) / 1_000_000);
    }

    [Fact]
    public async Task A_budget_stops_the_call_before_the_attempt_that_could_exceed_it()
    {
        Server.Enqueue(Reply(Broken, input: 100, output: 100));

        var error = await Assert.ThrowsAsync<PromptException>(() => Desk.TriageCheaplyAsync("I was charged twice"));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial SchemaMismatch");
        Assert.Equal(0.0003m, error.Attempts.Sum(attempt => attempt.Cost.Usd));
    }

    [Fact]
    public async Task A_deadline_ends_the_attempt_under_way_and_starts_no_other()
    {
        Server.Enqueue(ModelReply.Hang());

        var call = Desk.TriageSoonAsync("I was charged twice");
        var silent = await Server.WaitForRequestAsync(1);
        Time.Advance(TimeSpan.FromSeconds(3));
        var error = await Assert.ThrowsAsync<PromptException>(() => call);

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial DeadlineExceeded");
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task A_cancelled_call_aborts_its_request_and_says_whose_token_it_was()
    {
        using var cancellation = new CancellationTokenSource();
        Server.Enqueue(ModelReply.Hang());

        var call = Desk.TriageAsync("I was charged twice", cancellation.Token);
        var request = await Server.WaitForRequestAsync(1);
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(cancellation.Token, error.CancellationToken);
        var inner = Assert.IsType<PromptException>(error.InnerException);
        Assert.Equal(PromptErrorCode.Cancelled, inner.Code);
        AssertLedger(inner.Attempts, $"{Mini} Initial Cancelled");
        await request.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task A_call_after_a_failed_one_is_served()
    {
        Server.Enqueue(ModelReply.ContentFilter(), Reply(Good));
        await Assert.ThrowsAsync<PromptException>(() => Desk.TriageAsync("first"));

        var result = await Desk.TriageAsync("second");

        Assert.Equal(Queue.Billing, result.Value.Queue);
        Assert.Single(result.Attempts);
    }
}
