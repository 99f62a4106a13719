using PromptGen.Budgets;
using PromptGen.Timing;

namespace PromptGen.Tests.Budgets;

/// <summary>The money that several calls side by side spend: when a call waits for it, and when it is used up.</summary>
public sealed class SharedBudgetTests
{
    private readonly CallClock _clock = new(TimeProvider.System, null);

    [Fact]
    public void What_has_no_limit_has_no_budget() => Assert.Null(SharedBudget.Open("pipeline", null, null));

    [Fact]
    public void A_budget_of_zero_is_exhausted_once_it_has_refused()
    {
        var budget = Open(0m);

        Assert.False(budget.IsExhausted);
        Assert.False(budget.TryReserve(0.1m));
        Assert.True(budget.IsExhausted);
    }

    [Theory]
    [InlineData(1.4, true)]
    [InlineData(1.0, false)]
    public void A_budget_with_room_for_the_smallest_call_so_far_is_not_exhausted(double spentLast, bool isExhausted)
    {
        var budget = Open(4m);
        Spend(budget, 1m);
        Spend(budget, 0m);
        budget.TryReserve(2m);
        budget.Settle(2m, null, new PromptCost(1m + (decimal)spentLast, IsComplete: true));

        Assert.False(budget.TryReserve(2m));
        Assert.Equal(isExhausted, budget.IsExhausted);
    }

    [Fact]
    public void What_is_left_is_the_least_of_all_budgets_around_it()
    {
        var outermost = Open(5m);
        var middle = SharedBudget.Open("middle", 1m, outermost)!;
        var call = CallBudget.Open("Desk", null, null, middle)!;

        Assert.Equal(1m, SharedBudget.Open("item", 3m, middle)!.Left);
        Assert.Equal(1m, SharedBudget.Open("item", 3m, call)!.Left);
        Spend(outermost, 4.5m);
        Assert.Equal(0.5m, SharedBudget.Open("item", 3m, middle)!.Left);
    }

    [Fact]
    public void An_item_is_exhausted_with_what_it_is_part_of()
    {
        var pipeline = Open(1m);
        var item = SharedBudget.Open("item", null, pipeline)!;

        Spend(pipeline, 1m);
        Assert.False(item.TryReserve(0.1m));

        Assert.True(item.IsExhausted);
    }

    [Fact]
    public void A_settlement_is_waited_for_where_it_can_make_enough_room()
    {
        var budget = Open(2m);
        budget.TryReserve(1m);

        Assert.True(budget.Settlement(1m)!.IsCompleted);
        var (first, second) = (budget.Settlement(2m), budget.Settlement(1.5m));
        Assert.Equal((false, false), (first!.IsCompleted, second!.IsCompleted));
        Assert.Null(budget.Settlement(2.1m));
        budget.Release(1m);
        Assert.Equal((true, true), (first.IsCompleted, second.IsCompleted));
    }

    [Fact]
    public async Task A_call_gets_the_money_that_the_call_of_another_item_gives_back()
    {
        var (first, second) = Items(Open(1m));
        Assert.True(first.TryReserve(1m));

        var waiting = second.ReserveAsync(1m, isOptional: false, _clock, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        first.Settle(1m, null, PromptCost.Zero);

        Assert.True(await waiting);
        Assert.False(first.TryReserve(0.1m));
    }

    [Fact]
    public async Task A_request_that_the_call_can_do_without_does_not_wait()
    {
        var (first, second) = Items(Open(1m));
        Assert.True(first.TryReserve(1m));

        var optional = second.ReserveAsync(1m, isOptional: true, _clock, CancellationToken.None);

        Assert.True(optional.IsCompleted);
        Assert.False(await optional);
        Assert.False(second.HasRefused);
    }

    private static SharedBudget Open(decimal maxUsd) => SharedBudget.Open("pipeline", maxUsd, null)!;

    private static void Spend(CallBudget budget, decimal usd)
    {
        Assert.True(budget.TryReserve(usd));
        budget.Settle(usd, null, new PromptCost(usd, IsComplete: true));
    }

    /// <summary>One call each of two items of a pipeline.</summary>
    private static (CallBudget First, CallBudget Second) Items(SharedBudget pipeline) => (Call(pipeline), Call(pipeline));

    private static CallBudget Call(SharedBudget pipeline) => CallBudget.Open("Desk", null, null, SharedBudget.Open("item", null, pipeline))!;
}
