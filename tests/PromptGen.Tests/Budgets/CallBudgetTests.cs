using PromptGen.Budgets;

namespace PromptGen.Tests.Budgets;

public sealed class CallBudgetTests
{
    [Fact]
    public void A_budget_may_be_used_up_to_the_last_cent_and_not_beyond()
    {
        var budget = Open(1m);

        Assert.True(budget.TryReserve(0.6m));
        budget.Settle(0.6m, null, new PromptCost(0.6m, IsComplete: true));
        Assert.False(budget.TryReserve(0.41m));
        Assert.True(budget.TryReserve(0.4m));
    }

    [Theory]
    [InlineData(0.1, true, 0.9)]
    [InlineData(0.1, false, 0.4)]
    [InlineData(0.8, false, 0.2)]
    public void What_is_not_known_for_sure_counts_as_much_as_was_reserved_at_least(double usd, bool isComplete, double left)
    {
        var budget = Open(1m);
        budget.TryReserve(0.6m);

        budget.Settle(0.6m, null, new PromptCost((decimal)usd, isComplete));

        Assert.False(budget.TryReserve((decimal)left + 0.01m));
        Assert.True(budget.TryReserve((decimal)left));
    }

    [Fact]
    public void Attempts_at_the_same_time_share_the_budget()
    {
        var budget = Open(1m);

        Assert.True(budget.TryReserve(0.6m));
        Assert.False(budget.TryReserve(0.6m));
        Assert.True(budget.HasRefused);
        budget.Release(0.6m);
        Assert.True(budget.TryReserve(1m));
    }

    [Fact]
    public void A_call_inside_another_spends_the_money_of_both()
    {
        var outer = Open(1m);
        var inner = CallBudget.Open("Judge", 0.5m, null, outer)!;

        Assert.False(inner.TryReserve(0.6m));
        Assert.Equal((true, false, null), (inner.HasRefused, outer.HasRefused, inner.Refusal));
        Assert.True(inner.TryReserve(0.4m));
        inner.Settle(0.4m, null, new PromptCost(0.3m, IsComplete: true));
        Assert.False(outer.TryReserve(0.71m));
        Assert.True(outer.TryReserve(0.7m));
    }

    [Fact]
    public void A_call_inside_another_is_stopped_by_the_budget_of_that_one()
    {
        var outer = Open(1m);
        var inner = CallBudget.Open("Judge", 0.9m, null, outer)!;
        outer.TryReserve(0.6m);

        Assert.False(inner.TryReserve(0.5m));
        Assert.Equal((true, true), (inner.HasRefused, outer.HasRefused));
        Assert.Contains("the budget of Desk", inner.Refusal, StringComparison.Ordinal);
        Assert.True(inner.TryReserve(0.4m));
    }

    [Fact]
    public void What_cannot_be_estimated_is_let_through_and_what_has_no_limit_has_no_budget()
    {
        var limited = Open(0m);

        Assert.Equal((false, null), (limited.IsNamed, limited.Refusal));
        Assert.True(limited.TryReserve(null));
        Assert.True(limited.TryReserve(0m));
        Assert.Null(CallBudget.Open("Desk", null, null, null));
    }

    private static CallBudget Open(decimal maxUsd) => CallBudget.Open("Desk", maxUsd, null, null)!;
}
