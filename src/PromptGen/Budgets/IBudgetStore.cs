namespace PromptGen.Budgets;

/// <summary>
/// Keeps the money of named budgets. The default lives in this process; one that several processes share makes a budget hold for all of
/// them. Thread-safe. <c>BudgetStoreConformance</c> of PromptGen.Testing checks an implementation.
/// </summary>
/// <remarks>
/// Every method may be called again with the same reservation, and in any order, because a caller without a confirmation does not know what
/// arrived. A reservation that was settled or released is closed and stays so: what comes later for it changes nothing. A settlement is
/// repeated until this store confirms it, also after the lifetime of its reservation; keep the ids of closed reservations for at least a
/// day, or the last 100,000.
/// </remarks>
public interface IBudgetStore
{
    /// <summary>Reserves the money of an attempt, in all of its budgets or in none, and atomically: spent and reserved never exceed a limit together.</summary>
    /// <param name="reservation">The reservation. A repeated one is granted, and counted once.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>Whether it is reserved, and which budget has no room where it is not.</returns>
    ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces a reservation by what was spent, in the period in which it was reserved. The amount counts even where it exceeds the
    /// reservation or its budget, and where the reservation expired or was never made: then in the current period. It counts once, however
    /// often and however late it arrives.
    /// </summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="usd">What the attempt cost, in USD, not negative.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>A task that ends when it is done.</returns>
    ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default);

    /// <summary>Releases a reservation: nothing was spent. A release that arrives before its reservation prevents it.</summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>A task that ends when it is done.</returns>
    ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default);

    /// <summary>The amounts spent and reserved in the current period of a budget.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The balance; zero for an unknown budget.</returns>
    ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default);
}
