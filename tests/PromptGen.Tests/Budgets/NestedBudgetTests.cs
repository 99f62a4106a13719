using Microsoft.Extensions.Logging.Abstractions;
using PromptGen.Budgets;
using PromptGen.Testing;

namespace PromptGen.Tests.Budgets;

/// <summary>Named budgets of a call inside another one: <c>team</c> covers both, each of the others one of them.</summary>
public sealed class NestedBudgetTests
{
    private static readonly NamedBudget[] s_budgets =
    [
        new("team", 10m, BudgetPeriod.Day, null, PerScope: false),
        new("desk", 1m, BudgetPeriod.Day, "Desk", PerScope: false),
        new("judges", 2m, BudgetPeriod.Day, "Judge", PerScope: false),
    ];

    private readonly InMemoryBudgetStore _store;
    private readonly CallBudget _outer;
    private readonly CallBudget _inner;

    public NestedBudgetTests()
    {
        var clock = new ManualTimeProvider();
        _store = new InMemoryBudgetStore(clock);
        var book = new BudgetBook(s_budgets, new BudgetKeeper(_store, new BudgetStoreOptions(), clock, NullLogger.Instance));
        _outer = CallBudget.Open("Desk", null, book, null)!;
        _inner = CallBudget.Open("Judge", null, book, _outer)!;
    }

    [Fact]
    public async Task A_call_is_charged_once_to_each_budget_of_its_own_and_of_the_call_around_it()
    {
        var (code, reservation) = await _inner.ReserveNamedAsync(0.5m, isOptional: false, CancellationToken.None);
        Assert.Equal(PromptErrorCode.None, code);
        foreach (var budget in s_budgets)
        {
            Assert.Equal(new BudgetBalance(0m, 0.5m), await BalanceAsync(budget));
        }

        _inner.Settle(0m, reservation, new PromptCost(0.25m, IsComplete: true));

        foreach (var budget in s_budgets)
        {
            Assert.Equal(new BudgetBalance(0.25m, 0m), await BalanceAsync(budget));
        }
    }

    [Fact]
    public async Task A_budget_of_both_calls_stops_both()
    {
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await _inner.ReserveNamedAsync(1.5m, isOptional: false, CancellationToken.None)).Code);

        Assert.Equal(("desk", true, true), (_inner.RefusedBy, _inner.HasRefused, _outer.HasRefused));
    }

    [Fact]
    public async Task A_budget_of_the_inner_call_alone_does_not_stop_the_outer_one()
    {
        await _store.SettleAsync(new BudgetReservation(Guid.NewGuid(), 2m, TimeSpan.FromMinutes(1), [s_budgets[2].For(null)]), 2m, TestContext.Current.CancellationToken);

        Assert.Equal(PromptErrorCode.BudgetExceeded, (await _inner.ReserveNamedAsync(0.5m, isOptional: false, CancellationToken.None)).Code);

        Assert.Equal(("judges", true, false), (_inner.RefusedBy, _inner.HasRefused, _outer.HasRefused));
    }

    [Fact]
    public async Task A_refused_request_that_the_call_can_do_without_stops_nothing()
    {
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await _inner.ReserveNamedAsync(1.5m, isOptional: true, CancellationToken.None)).Code);

        Assert.Equal((null, null, false, false), (_inner.RefusedBy, _inner.Refusal, _inner.HasRefused, _outer.HasRefused));
    }

    [Fact]
    public async Task A_request_that_is_granted_stops_nothing()
    {
        await _inner.ReserveNamedAsync(0.5m, isOptional: false, CancellationToken.None);

        Assert.Equal((false, false), (_inner.HasRefused, _outer.HasRefused));
    }

    private ValueTask<BudgetBalance> BalanceAsync(NamedBudget budget) => _store.GetBalanceAsync(budget.For(null), TestContext.Current.CancellationToken);
}
