namespace PromptGen.Execution;

/// <summary>The money of one call: reserved before each attempt, settled after it.</summary>
internal struct CallBudget
{
    private decimal _spent;
    private decimal _reserved;

    /// <param name="maxUsd">The most that the call may cost.</param>
    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <returns>False where the attempt could exceed the limit; it must not be made.</returns>
    public bool TryReserve(decimal maxUsd, decimal? estimate)
    {
        _reserved = estimate ?? 0m;
        return estimate is not { } cost || _spent + cost <= maxUsd;
    }

    /// <summary>Replaces the reservation by what was spent. Where that is not known the reservation stays: it may have been.</summary>
    public void Settle(PromptCost cost)
    {
        _spent += cost.IsComplete ? cost.Usd : Math.Max(cost.Usd, _reserved);
        _reserved = 0m;
    }
}
