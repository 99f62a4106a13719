namespace PromptGen.Budgets;

/// <summary>One budget as a store sees it. <paramref name="Key"/> and <paramref name="Period"/> together say which money is meant.</summary>
/// <param name="Key">The budget's name, with the scope behind it where each scope has money of its own.</param>
/// <param name="MaxUsd">The most that may be spent in one period, in USD. May differ from call to call: configuration can change it.</param>
/// <param name="Period">The period that the limit applies to.</param>
public readonly record struct BudgetLimit(string Key, decimal MaxUsd, BudgetPeriod Period);
