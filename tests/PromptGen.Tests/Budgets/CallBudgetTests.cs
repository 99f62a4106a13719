using PromptGen.Budgets;

namespace PromptGen.Tests.Budgets;

public sealed class CallBudgetTests
{
    [Fact]
    public void A_budget_may_be_used_up_to_the_last_cent_and_not_beyond()
    {
        var budget = new CallBudget(1m, null);

        Assert.True(budget.TryReserve(0.6m));
        budget.Settle(new PromptCost(0.6m, IsComplete: true));
        Assert.False(budget.TryReserve(0.41m));
        Assert.True(budget.TryReserve(0.4m));
    }

    [Theory]
    [InlineData(0.1, true, 0.9)]
    [InlineData(0.1, false, 0.4)]
    [InlineData(0.8, false, 0.2)]
    public void What_is_not_known_for_sure_counts_as_much_as_was_reserved_at_least(double usd, bool isComplete, double left)
    {
        var budget = new CallBudget(1m, null);
        budget.TryReserve(0.6m);

        budget.Settle(new PromptCost((decimal)usd, isComplete));

        Assert.False(budget.TryReserve((decimal)left + 0.01m));
        Assert.True(budget.TryReserve((decimal)left));
    }

    [Fact]
    public void A_reservation_counts_for_one_attempt()
    {
        var budget = new CallBudget(1m, null);
        budget.TryReserve(0.6m);
        budget.Settle(PromptCost.Unknown);
        budget.Settle(PromptCost.Unknown);

        Assert.True(budget.TryReserve(0.4m));
    }

    [Fact]
    public void What_cannot_be_estimated_and_what_has_no_limit_is_let_through()
    {
        var limited = new CallBudget(0m, null);
        var unlimited = new CallBudget(null, null);

        Assert.Equal((true, false, null), (limited.IsLimited, limited.IsNamed, limited.Refusal));
        Assert.Equal((false, false, null), (unlimited.IsLimited, unlimited.IsNamed, unlimited.Refusal));
        Assert.True(limited.TryReserve(null));
        Assert.True(limited.TryReserve(0m));
        Assert.True(unlimited.TryReserve(1_000_000m));
    }
}
