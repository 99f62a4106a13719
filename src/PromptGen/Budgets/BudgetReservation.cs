namespace PromptGen.Budgets;

/// <summary>The money that one attempt may cost, set aside in all budgets that it falls under.</summary>
/// <param name="Id">Names the attempt: whatever is said about it twice counts once.</param>
/// <param name="Usd">The amount, in USD, not negative.</param>
/// <param name="Lifetime">After how long the store gives the money back where nothing more is heard: the program has crashed.</param>
/// <param name="Budgets">The budgets, each once.</param>
public sealed record BudgetReservation(Guid Id, decimal Usd, TimeSpan Lifetime, IReadOnlyList<BudgetLimit> Budgets);
