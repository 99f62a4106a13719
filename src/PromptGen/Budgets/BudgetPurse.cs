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

    /// <summary>The name of the budget that stopped the call; null = none did.</summary>
    public string? RefusedBy { get; private set; }

    /// <summary>Which budget stopped the call, and why; null = none did.</summary>
    public string? Refusal { get; private set; }

    /// <returns>Why the attempt must not be made; <see cref="PromptErrorCode.None"/> = the money is reserved.</returns>
    public async ValueTask<PromptErrorCode> ReserveAsync(decimal usd, CancellationToken cancellationToken)
    {
        Close();
        if (usd <= 0m)
        {
            return PromptErrorCode.None;
        }

        var reservation = _keeper.Create(usd, _limits);
        try
        {
            var decision = await _keeper.ReserveAsync(reservation, cancellationToken).ConfigureAwait(false);
            if (decision is { IsGranted: true })
            {
                _reservation = reservation;
                return PromptErrorCode.None;
            }

            var budget = decision is { } refused ? _budgets[Math.Max(0, Array.FindIndex(_limits, limit => limit.Key == refused.RefusedBy))] : _budgets[0];
            RefusedBy = budget.Name;
            Refusal = decision is { } known ? Describe(budget, known.LeftUsd) : $"the store of the budget '{budget.Name}' gives no answer";
            return PromptErrorCode.BudgetExceeded;
        }
        catch (OperationCanceledException)
        {
            return PromptErrorCode.Cancelled;
        }
    }

    /// <summary>Replaces the reservation by what the attempt cost. The call does not wait for a store that takes its time.</summary>
    public void Settle(decimal usd)
    {
        var reservation = _reservation;
        _reservation = null;
        if (usd > 0m)
        {
            // What a model costs that has no price of its own may be known all the same: another one answered.
            _keeper.Settle(reservation ?? _keeper.Create(usd, _limits), usd);
        }
        else if (reservation is not null)
        {
            _keeper.Release(reservation);
        }
    }

    /// <summary>An attempt that nobody settled may have cost what it reserved.</summary>
    public void Close()
    {
        if (_reservation is { } reservation)
        {
            Settle(reservation.Usd);
        }
    }

    /// <summary>Names the budget, never its scope: who is asked for may be nobody else's business.</summary>
    private static string Describe(NamedBudget budget, decimal leftUsd) =>
        $"the budget '{budget.Name}' of {new PromptCost(budget.MaxUsd, IsComplete: true)} per {budget.Period}{(budget.PerScope ? " and scope" : "")} "
            + $"has {new PromptCost(leftUsd, IsComplete: true)} left";
}
