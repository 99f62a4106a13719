namespace PromptGen.Budgets;

/// <summary>Whether a reservation was made.</summary>
/// <param name="RefusedBy">The key of the first budget that has no room; null = reserved in all of them.</param>
/// <param name="LeftUsd">What that budget has left, in USD, not negative.</param>
public readonly record struct BudgetDecision(string? RefusedBy, decimal LeftUsd)
{
    /// <summary>Reserved in all budgets.</summary>
    public static BudgetDecision Granted => default;

    /// <summary>Whether the money is reserved.</summary>
    public bool IsGranted => RefusedBy is null;
}
