namespace PromptGen.Budgets;

/// <summary>The amounts spent and reserved in the current period of a budget.</summary>
/// <param name="SpentUsd">Spent and settled, in USD.</param>
/// <param name="ReservedUsd">Reserved for attempts in progress, in USD.</param>
public readonly record struct BudgetBalance(decimal SpentUsd, decimal ReservedUsd);
