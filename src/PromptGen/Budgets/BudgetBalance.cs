namespace PromptGen.Budgets;

/// <summary>What became of a budget's money in the current period.</summary>
/// <param name="SpentUsd">Spent for good, in USD.</param>
/// <param name="ReservedUsd">Set aside for attempts under way, in USD.</param>
public readonly record struct BudgetBalance(decimal SpentUsd, decimal ReservedUsd);
