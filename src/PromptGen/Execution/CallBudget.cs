namespace PromptGen.Execution;

/// <summary>The money of one call: reserved before each attempt, settled after it.</summary>
internal struct CallBudget(decimal? maxUsd)
{
    private decimal _spent;
    private decimal _reserved;

    public readonly bool IsLimited => maxUsd is not null;

    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <returns>False where the attempt could exceed the limit; it must not be made.</returns>
    public bool TryReserve(decimal? estimate)
    {
        _reserved = estimate ?? 0m;
        return maxUsd is not { } limit || estimate is not { } cost || _spent + cost <= limit;
    }

    /// <summary>Replaces the reservation by what was spent. Where that is not known the reservation stays: it may have been.</summary>
    public void Settle(PromptCost cost)
    {
        _spent += cost.IsComplete ? cost.Usd : Math.Max(cost.Usd, _reserved);
        _reserved = 0m;
    }
}
