using System.Collections.Concurrent;

namespace PromptGen.Budgets;

/// <summary>The named budgets as the calls see them that start now. A reload of the configuration makes a new book; the money stays where it is, in the store.</summary>
internal sealed class BudgetBook(IReadOnlyList<NamedBudget> budgets, BudgetKeeper keeper)
{
    private readonly ConcurrentDictionary<string, NamedBudget[]> _byPrompt = new(StringComparer.Ordinal);

    /// <param name="prompt">The name of the prompt.</param>
    /// <param name="parent">The purse of the call that this one is part of; null = it has none.</param>
    /// <returns>The purse of one call of a prompt; null where no named budget covers it.</returns>
    public BudgetPurse? Open(string prompt, BudgetPurse? parent = null)
    {
        var covering = _byPrompt.GetOrAdd(prompt, static (name, budgets) => [.. budgets.Where(budget => budget.Covers(name))], budgets);
        return covering.Length == 0 ? null : new BudgetPurse(covering, PromptBudget.CurrentScope, keeper, parent);
    }
}
