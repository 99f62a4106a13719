using System.Collections.Concurrent;

namespace PromptGen.Budgets;

/// <summary>
/// Calls a store on the thread pool: one that blocks its thread holds up neither the time-out of the call that asks it nor an answer that waits to be
/// handed over. Thread-safe.
/// </summary>
internal sealed class PooledBudgetStore(IBudgetStore inner) : IBudgetStore
{
    /// <summary>
    /// The latest settlement of each call that is under way. The next reservation of that call comes after it, or it would find no room beside the
    /// reservation that the settlement is about to replace. A call's reservations share one list of budgets.
    /// </summary>
    private readonly ConcurrentDictionary<IReadOnlyList<BudgetLimit>, Task> _settlements = new(ReferenceEqualityComparer.Instance);

    public ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        _settlements.TryGetValue(reservation.Budgets, out var before);
        return new(Task.Run(
            async () =>
            {
                if (before is not null)
                {
                    await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                return await inner.ReserveAsync(reservation, cancellationToken).ConfigureAwait(false);
            },
            CancellationToken.None));
    }

    public ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default) =>
        Enter(reservation, Task.Run(() => inner.SettleAsync(reservation, usd, cancellationToken).AsTask(), CancellationToken.None));

    public ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default) =>
        Enter(reservation, Task.Run(() => inner.ReleaseAsync(reservation, cancellationToken).AsTask(), CancellationToken.None));

    public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => inner.GetBalanceAsync(budget, cancellationToken).AsTask(), CancellationToken.None));

    private ValueTask Enter(BudgetReservation reservation, Task settlement)
    {
        var budgets = reservation.Budgets;
        _settlements[budgets] = settlement;
        settlement.ContinueWith(
            ended => _settlements.TryRemove(new KeyValuePair<IReadOnlyList<BudgetLimit>, Task>(budgets, ended)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return new ValueTask(settlement);
    }
}
