using System.Globalization;
using Microsoft.Extensions.Configuration;
using PromptGen.Catalog;
using static PromptGen.Catalog.SettingValue;

namespace PromptGen.Budgets;

/// <summary>Reads <c>Budgets:{name}:{MaxUsd|Period|Prompts|PerScope}</c> below a section: changes budgets that the program declares and adds others.</summary>
internal static class BudgetConfiguration
{
    private static readonly string[] Properties = ["MaxUsd", "Period", "Prompts", "PerScope"];

    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a key or a value cannot be used.</exception>
    public static IReadOnlyList<NamedBudget> Apply(IReadOnlyCollection<NamedBudget> declared, IConfiguration? section)
    {
        var budgets = declared.ToDictionary(static budget => budget.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in section?.GetSection("Budgets").GetChildren() ?? [])
        {
            if (entry.Key.Contains(NamedBudget.ScopeMark, StringComparison.Ordinal))
            {
                throw Bad(entry.Path, "names a budget with '/'");
            }

            budgets[entry.Key] = Read(entry, budgets.GetValueOrDefault(entry.Key));
        }

        return [.. budgets.Values.OrderBy(static budget => budget.Name, StringComparer.Ordinal)];
    }

    private static NamedBudget Read(IConfigurationSection entry, NamedBudget? declared)
    {
        decimal? maxUsd = declared?.MaxUsd;
        BudgetPeriod? period = declared?.Period;
        var prompts = declared?.Prompts;
        var perScope = declared?.PerScope ?? false;
        foreach (var property in entry.GetChildren())
        {
            var value = property.Value ?? throw Bad(property.Path, "must have a value, not keys below it");
            switch (property.Key.ToUpperInvariant())
            {
                case "MAXUSD":
                    maxUsd = Usd(value, property.Path);
                    break;
                case "PERIOD":
                    period = BudgetPeriod.Parse(value) ?? throw Bad(property.Path, $"must be hour, day, month, or a time from 00:00:01 to 366.00:00:00, not '{value}'");
                    break;
                case "PROMPTS":
                    prompts = value;
                    break;
                case "PERSCOPE":
                    perScope = Bool(value, property.Path);
                    break;
                default:
                    throw Bad(property.Path, $"names no property of a budget{NearestName.Hint(property.Key, Properties)}; there are {string.Join(", ", Properties)}");
            }
        }

        return new NamedBudget(
            declared?.Name ?? entry.Key,
            maxUsd ?? throw Bad(entry.Path, "declares a budget without MaxUsd"),
            period ?? throw Bad(entry.Path, "declares a budget without Period"),
            prompts,
            perScope);
    }

    private static decimal Usd(string value, string key) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var usd) && usd is >= 0 and <= NamedBudget.MostUsd
            ? usd
            : throw Bad(key, $"must be a number of USD from 0 to 1000000000, not '{value}'");
}
