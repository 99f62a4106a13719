using System.Collections.Concurrent;

namespace PromptGen.Budgets;

/// <summary>The named budgets as the calls see them that start now. A reload of the configuration makes a new book; the money stays where it is, in the store.</summary>
internal sealed class BudgetBook(IReadOnlyList<NamedBudget> budgets, BudgetKeeper keeper)
{
    private readonly ConcurrentDictionary<string, NamedBudget[]> _byPrompt = new(StringComparer.Ordinal);

    /// <summary>The purse of one call of a prompt; null where no named budget covers it.</summary>
    public BudgetPurse? Open(string prompt)
    {
        var covering = _byPrompt.GetOrAdd(prompt, static (name, budgets) => [.. budgets.Where(budget => budget.Covers(name))], budgets);
        return covering.Length == 0 ? null : new BudgetPurse(covering, PromptBudget.CurrentScope, keeper);
    }
}
