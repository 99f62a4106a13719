using PromptGen.Budgets;

namespace PromptGen.Benchmarks;

/// <summary>
/// Loses one settlement in a hundred, or its confirmation. It also records what was reserved for each attempt: where the cost of an attempt is not known,
/// the reserved amount counts as its cost.
/// </summary>
internal sealed class UnreliableBudgetStore(IBudgetStore inner) : IBudgetStore
{
    private const int Every = 200;

    private static readonly AsyncLocal<List<decimal>?> Reserved = new();

    private int _settlements;
    private int _lost;

    /// <summary>How many settlements failed.</summary>
    public int Lost => _lost;

    /// <summary>Begins to collect what is reserved for the calls that the caller makes from here on, one entry for each attempt.</summary>
    public static List<decimal> Begin() => Reserved.Value = [];

    public async ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        Reserved.Value!.Add(reservation.Usd);
        return await inner.ReserveAsync(reservation, cancellationToken);
    }

    public async ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default)
    {
        var place = Interlocked.Increment(ref _settlements) % Every;
        if (place == 0)
        {
            Interlocked.Increment(ref _lost);
            throw new IOException("The settlement was lost.");
        }

        await inner.SettleAsync(reservation, usd, cancellationToken);
        if (place == 1)
        {
            Interlocked.Increment(ref _lost);
            throw new IOException("The confirmation was lost.");
        }
    }

    public ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default) => inner.ReleaseAsync(reservation, cancellationToken);

    public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default) => inner.GetBalanceAsync(budget, cancellationToken);
}
