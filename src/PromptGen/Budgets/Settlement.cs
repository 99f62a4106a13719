namespace PromptGen.Budgets;

/// <summary>How an attempt ended, as the store has to learn it.</summary>
/// <param name="Reservation">The reservation that it replaces.</param>
/// <param name="Usd">What was spent, in USD; null = nothing, the reservation is given back.</param>
internal readonly record struct Settlement(BudgetReservation Reservation, decimal? Usd)
{
    public ValueTask SendAsync(IBudgetStore store) => Usd is { } spent ? store.SettleAsync(Reservation, spent) : store.ReleaseAsync(Reservation);
}
