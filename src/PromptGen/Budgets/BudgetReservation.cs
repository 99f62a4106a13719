namespace PromptGen.Budgets;

/// <summary>The money that one attempt may cost, reserved in all budgets that cover it.</summary>
/// <param name="Id">Identifies the attempt: a repeated message counts once.</param>
/// <param name="Usd">The amount, in USD, not negative.</param>
/// <param name="Lifetime">After how long the store releases the money if no settlement arrives, because the program has crashed.</param>
/// <param name="Budgets">The budgets, each once.</param>
public sealed record BudgetReservation(Guid Id, decimal Usd, TimeSpan Lifetime, IReadOnlyList<BudgetLimit> Budgets);
