namespace PromptGen.Budgets;

/// <summary>The money of one call in all named budgets that it falls under: reserved before each attempt, settled or given back after it. Not thread-safe.</summary>
internal sealed class BudgetPurse
{
    private readonly NamedBudget[] _budgets;
    private readonly BudgetLimit[] _limits;
    private readonly BudgetKeeper _keeper;
    private BudgetReservation? _reservation;

    public BudgetPurse(NamedBudget[] budgets, string? scope, BudgetKeeper keeper)
    {
        _budgets = budgets;
        _limits = Array.ConvertAll(budgets, budget => budget.For(scope));
        _keeper = keeper;
    }

    /// <summary>Which budget stopped the call, and why; null = none did.</summary>
    public string? Refusal { get; private set; }

    /// <returns>False where a budget has no room for the attempt; it must not be made.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; nothing is reserved.</exception>
    public async ValueTask<bool> ReserveAsync(decimal usd, CancellationToken cancellationToken)
    {
        GiveBack();
        if (usd <= 0m)
        {
            return true;
        }

        var reservation = _keeper.Create(usd, _limits);
        if (await _keeper.ReserveAsync(reservation, cancellationToken).ConfigureAwait(false) is not { } decision)
        {
            Refusal = $"the store of the budget '{_budgets[0].Name}' gives no answer";
            return false;
        }

        if (!decision.IsGranted)
        {
            Refusal = Describe(decision);
            return false;
        }

        _reservation = reservation;
        return true;
    }

    /// <summary>Replaces the reservation by what the attempt cost. The call does not wait for a store that takes its time.</summary>
    public void Settle(decimal usd)
    {
        if (_reservation is null && usd <= 0m)
        {
            return;
        }

        _keeper.Settle(_reservation ?? _keeper.Create(usd, _limits), usd);
        _reservation = null;
    }

    /// <summary>Gives the reservation back where there is one: its attempt was not made.</summary>
    public void GiveBack()
    {
        if (_reservation is { } reservation)
        {
            _reservation = null;
            _keeper.Release(reservation);
        }
    }

    /// <summary>Names the budget, never its scope: who is asked for may be nobody else's business.</summary>
    private string Describe(BudgetDecision decision)
    {
        var index = Math.Max(0, Array.FindIndex(_limits, limit => limit.Key == decision.RefusedBy));
        var budget = _budgets[index];
        return $"the budget '{budget.Name}' of {new PromptCost(budget.MaxUsd, IsComplete: true)} per {budget.Period}{(budget.PerScope ? " and scope" : "")} "
            + $"has {new PromptCost(decision.LeftUsd, IsComplete: true)} left";
    }
}
