namespace PromptGen.Budgets;

/// <summary>The money of one call in all named budgets that it falls under: reserved before each attempt, settled or given back after it. Thread-safe.</summary>
internal sealed class BudgetPurse
{
    private readonly NamedBudget[] _budgets;
    private readonly BudgetLimit[] _limits;
    private readonly BudgetKeeper _keeper;

    public BudgetPurse(NamedBudget[] budgets, string? scope, BudgetKeeper keeper, BudgetPurse? parent = null)
    {
        _budgets = budgets;
        _limits = new BudgetLimit[budgets.Length];
        for (var i = 0; i < budgets.Length; i++)
        {
            _limits[i] = budgets[i].For(scope);
        }

        _keeper = keeper;
        for (var i = 0; parent is not null && i < parent._limits.Length; i++)
        {
            if (PlaceOf(parent._limits[i].Key) < 0)
            {
                _budgets = [.. _budgets, parent._budgets[i]];
                _limits = [.. _limits, parent._limits[i]];
            }
        }
    }

    /// <summary>The name of the budget that stopped the call; null = none did.</summary>
    public string? RefusedBy { get; private set; }

    /// <summary>Which budget stopped the call, and why; null = none did.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The same budgets for a call inside this one.</summary>
    public BudgetPurse Share() => new([], null, _keeper, this);

    /// <summary>Whether a budget is among these.</summary>
    public bool Holds(string? budget) => Array.Exists(_budgets, mine => mine.Name == budget);

    /// <param name="usd">How much, in USD.</param>
    /// <param name="isOptional">Whether the call goes on where it is refused: then <see cref="RefusedBy"/> and <see cref="Refusal"/> stay as they are.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Why the attempt must not be made; <see cref="PromptErrorCode.None"/> = the money is reserved, where there is any to reserve.</returns>
    public async ValueTask<(PromptErrorCode Code, BudgetReservation? Reservation)> ReserveAsync(decimal usd, bool isOptional, CancellationToken cancellationToken)
    {
        if (usd <= 0m)
        {
            return default;
        }

        var reservation = _keeper.Create(usd, _limits);
        try
        {
            var decision = await _keeper.ReserveAsync(reservation, cancellationToken).ConfigureAwait(false);
            if (decision is { IsGranted: true })
            {
                return (PromptErrorCode.None, reservation);
            }

            if (isOptional)
            {
                return (PromptErrorCode.BudgetExceeded, null);
            }

            var budget = decision is { } refused ? _budgets[Math.Max(0, PlaceOf(refused.RefusedBy))] : _budgets[0];
            RefusedBy = budget.Name;
            Refusal = decision is { } known ? Describe(budget, known.LeftUsd) : $"the store of the budget '{budget.Name}' gives no answer";
            return (PromptErrorCode.BudgetExceeded, null);
        }
        catch (OperationCanceledException)
        {
            return (PromptErrorCode.Cancelled, null);
        }
    }

    /// <summary>Replaces a reservation by what the attempt cost. The call does not wait for a store that takes its time.</summary>
    public void Settle(BudgetReservation? reservation, decimal usd)
    {
        if (usd > 0m)
        {
            // The cost of a model without a price may still be known: another one answered.
            _keeper.Settle(reservation ?? _keeper.Create(usd, _limits), usd);
        }
        else if (reservation is not null)
        {
            _keeper.Release(reservation);
        }
    }

    private int PlaceOf(string? key)
    {
        var place = _limits.Length - 1;
        while (place >= 0 && _limits[place].Key != key)
        {
            place--;
        }

        return place;
    }

    /// <summary>Names the budget, never its scope: a scope may be the id of a user.</summary>
    private static string Describe(NamedBudget budget, decimal leftUsd) =>
        $"the budget '{budget.Name}' of {new PromptCost(budget.MaxUsd, IsComplete: true)} per {budget.Period}{(budget.PerScope ? " and scope" : "")} "
            + $"has {new PromptCost(leftUsd, IsComplete: true)} left";
}
