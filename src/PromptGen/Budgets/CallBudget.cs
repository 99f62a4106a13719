namespace PromptGen.Budgets;

/// <summary>The money of one call: reserved before each attempt, settled after it, in the call's own budget and in all named ones that cover its prompt.</summary>
/// <param name="maxUsd">The most that the call may cost; null = no limit of its own.</param>
/// <param name="purse">The call's part in named budgets; null = there are none.</param>
internal struct CallBudget(decimal? maxUsd, BudgetPurse? purse)
{
    private decimal _spent;
    private decimal _reserved;

    /// <summary>Whether anything limits what the call may spend.</summary>
    public readonly bool IsLimited => maxUsd is not null || purse is not null;

    /// <summary>Whether named budgets do.</summary>
    public readonly bool IsNamed => purse is not null;

    /// <summary>The name of the budget that stopped the call; null = none did.</summary>
    public readonly string? RefusedBy => purse?.RefusedBy;

    /// <summary>Which named budget stopped the call, and why; null = none did.</summary>
    public readonly string? Refusal => purse?.Refusal;

    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <returns>False where the attempt could exceed the call's own limit; it must not be made.</returns>
    public bool TryReserve(decimal? estimate)
    {
        _reserved = estimate ?? 0m;
        return estimate is not { } cost || maxUsd is not { } limit || _spent + cost <= limit;
    }

    /// <summary>Reserves in the named budgets what <see cref="TryReserve"/> was told.</summary>
    /// <returns>Why the attempt must not be made; <see cref="PromptErrorCode.None"/> = it may be.</returns>
    public readonly ValueTask<PromptErrorCode> ReserveNamedAsync(CancellationToken cancellationToken) => purse!.ReserveAsync(_reserved, cancellationToken);

    /// <summary>Replaces the reservation by what was spent. Where that is not known the reservation stays: it may have been.</summary>
    public void Settle(PromptCost cost)
    {
        var spent = cost.IsComplete ? cost.Usd : Math.Max(cost.Usd, _reserved);
        _spent += spent;
        _reserved = 0m;
        purse?.Settle(spent);
    }

    /// <summary>Ends the call's part in named budgets.</summary>
    public readonly void Close() => purse?.Close();
}
