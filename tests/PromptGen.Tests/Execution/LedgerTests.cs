using PromptGen.Execution;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

public sealed class LedgerTests
{
    [Fact]
    public void It_holds_every_attempt_in_order_and_their_sum()
    {
        var ledger = new Ledger();
        Assert.Empty(ledger.Attempts);
        Assert.Equal(PromptCost.Zero, ledger.Cost);

        var attempts = Enumerable.Range(1, 3).Select(static i => Attempt(i)).ToList();
        attempts.ForEach(attempt => ledger.Add(attempt, null));

        Assert.Equal(attempts, ledger.Attempts);
        Assert.Equal(new PromptCost(6m, IsComplete: true), ledger.Cost);
    }

    [Fact]
    public void What_was_read_of_it_early_is_not_lost()
    {
        var ledger = new Ledger();
        Assert.Empty(ledger.Attempts);
        ledger.Add(Attempt(1), null);
        Assert.Single(ledger.Attempts);
        ledger.Add(Attempt(2), null);

        Assert.Equal([1m, 2m], ledger.Attempts.Select(static attempt => attempt.Cost.Usd));
    }

    [Fact]
    public void The_first_exception_is_the_cause()
    {
        var ledger = new Ledger();
        var (first, second) = (new IOException(), new TimeoutException());
        ledger.Add(Attempt(1, PromptErrorCode.InvalidJson), null);
        ledger.Add(Attempt(2, PromptErrorCode.Transport), first);
        ledger.Add(Attempt(3, PromptErrorCode.AttemptTimeout), second);

        Assert.Same(first, ledger.FirstFailure);
        Assert.Equal(PromptErrorCode.Transport, ledger.FirstFailureCode);
    }

    [Fact]
    public void The_shortest_wait_is_that_of_a_model_that_comes_back_by_itself()
    {
        var ledger = new Ledger();
        Assert.Empty(ledger.Skipped);
        Assert.Null(ledger.ShortestWait());

        ledger.Skip(new SkippedModel(Sample.Mini, SkipReason.Disabled));
        Assert.Null(ledger.ShortestWait());

        ledger.Skip(new SkippedModel(Sample.Mini, SkipReason.CoolingDown, TimeSpan.FromSeconds(9)));
        ledger.Skip(new SkippedModel(Sample.Haiku, SkipReason.CircuitOpen, TimeSpan.FromSeconds(4)));
        ledger.Skip(new SkippedModel(Sample.Sonnet, SkipReason.BreaksContract, TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(4), ledger.ShortestWait());
        Assert.Equal(4, ledger.Skipped.Count);
    }

    [Theory]
    [InlineData(PromptErrorCode.None, true, (int)NextMove.Return)]
    [InlineData(PromptErrorCode.InvalidJson, true, (int)NextMove.Repair)]
    [InlineData(PromptErrorCode.InvalidJson, false, (int)NextMove.NextStep)]
    [InlineData(PromptErrorCode.SchemaMismatch, true, (int)NextMove.Repair)]
    [InlineData(PromptErrorCode.SchemaMismatch, false, (int)NextMove.NextStep)]
    [InlineData(PromptErrorCode.NotAccepted, true, (int)NextMove.NextStep)]
    [InlineData(PromptErrorCode.Truncated, true, (int)NextMove.NextStep)]
    [InlineData(PromptErrorCode.Refused, true, (int)NextMove.NextStep)]
    [InlineData(PromptErrorCode.OutputTooLarge, true, (int)NextMove.NextStep)]
    [InlineData(PromptErrorCode.ContentFiltered, true, (int)NextMove.Stop)]
    [InlineData(PromptErrorCode.BudgetExceeded, true, (int)NextMove.Stop)]
    [InlineData(PromptErrorCode.DeadlineExceeded, true, (int)NextMove.Stop)]
    [InlineData(PromptErrorCode.EmptyOutput, true, (int)NextMove.NextModel)]
    [InlineData(PromptErrorCode.Transport, true, (int)NextMove.NextModel)]
    [InlineData(PromptErrorCode.ContextLength, true, (int)NextMove.NextModel)]
    public void An_outcome_says_what_comes_next(PromptErrorCode code, bool mayRepair, int move) => Assert.Equal((NextMove)move, NextMoves.After(AnswerVerdict.Of(code), mayRepair));

    private static PromptAttempt Attempt(decimal usd, PromptErrorCode outcome = PromptErrorCode.None) => new()
    {
        ModelId = "mini",
        Provider = "openai",
        Tier = Tier.Fast,
        Reason = PromptAttemptReason.Initial,
        Outcome = outcome,
        Cost = new PromptCost(usd, IsComplete: true),
        Duration = TimeSpan.Zero,
    };
}
