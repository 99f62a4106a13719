using System.Globalization;
using PromptGen.Budgets;

namespace PromptGen.Testing;

/// <summary>A store under test: what a check does to it and what it expects.</summary>
internal sealed class BudgetStoreProbe(string check, IBudgetStore store, ManualTimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A new budget; a month, so that a store with a clock of its own is unlikely to see the next one.</summary>
    public static BudgetLimit Budget(decimal maxUsd = 1m, BudgetPeriod? period = null) =>
        new($"conformance-{Guid.NewGuid():N}", maxUsd, period ?? BudgetPeriod.Month);

    public static BudgetReservation Claim(decimal usd, params BudgetLimit[] budgets) => new(Guid.NewGuid(), usd, Lifetime, budgets);

    public void Advance(TimeSpan time) => clock.Advance(time);

    public async Task<BudgetReservation> GrantedAsync(BudgetReservation claim)
    {
        var decision = await store.ReserveAsync(claim).ConfigureAwait(false);
        Expect(decision.IsGranted, $"{Usd(claim.Usd)} to be granted", $"refused by {decision.RefusedBy} with {Usd(decision.LeftUsd)} left");
        return claim;
    }

    public Task<BudgetReservation> GrantedAsync(decimal usd, params BudgetLimit[] budgets) => GrantedAsync(Claim(usd, budgets));

    public async Task RefusedAsync(decimal usd, BudgetLimit by, decimal left, params BudgetLimit[] budgets)
    {
        var decision = await store.ReserveAsync(Claim(usd, budgets.Length == 0 ? [by] : budgets)).ConfigureAwait(false);
        Expect(!decision.IsGranted, $"{Usd(usd)} to be refused", "granted");
        Expect(decision.RefusedBy == by.Key, $"refused by {by.Key}", $"refused by {decision.RefusedBy}");
        Expect(decision.LeftUsd == left, $"{Usd(left)} left", $"{Usd(decision.LeftUsd)} left");
    }

    public async Task<bool> TryAsync(BudgetReservation claim) => (await store.ReserveAsync(claim).ConfigureAwait(false)).IsGranted;

    public Task SettleAsync(BudgetReservation claim, decimal usd) => store.SettleAsync(claim, usd).AsTask();

    public Task ReleaseAsync(BudgetReservation claim) => store.ReleaseAsync(claim).AsTask();

    public async Task BalanceAsync(BudgetLimit budget, decimal spent, decimal reserved)
    {
        var balance = await store.GetBalanceAsync(budget).ConfigureAwait(false);
        Expect(
            balance == new BudgetBalance(spent, reserved),
            $"{Usd(spent)} spent and {Usd(reserved)} reserved",
            $"{Usd(balance.SpentUsd)} spent and {Usd(balance.ReservedUsd)} reserved");
    }

    public void Expect(bool holds, string expected, string actual)
    {
        if (!holds)
        {
            throw new BudgetStoreViolationException($"{check}: expected {expected}, but {actual}.");
        }
    }

    private static string Usd(decimal amount) => "$" + amount.ToString(CultureInfo.InvariantCulture);
}
