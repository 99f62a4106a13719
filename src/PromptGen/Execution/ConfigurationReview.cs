using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Finds configuration that has no effect: sections, models and patterns that name nothing of the program.</summary>
internal static class ConfigurationReview
{
    private static readonly string[] Sections = ["Models", "Providers", "Budgets", "Canaries"];

    /// <param name="section">The section <c>PromptGen</c>.</param>
    /// <param name="overrides">What was read of its models.</param>
    /// <param name="limits">The limits of providers, declared and configured.</param>
    /// <param name="canaries">What was read of its canaries.</param>
    /// <param name="budgets">The named budgets, declared and configured.</param>
    /// <param name="prompts">All prompts of the program.</param>
    /// <returns>One sentence each.</returns>
    public static IReadOnlyList<string> Problems(IConfiguration? section, CatalogOverrides overrides, ProviderLimits limits, CanaryShares canaries, IEnumerable<NamedBudget> budgets, IReadOnlyCollection<PromptDefinition> prompts)
    {
        var problems = new List<string>();
        var root = section is IConfigurationSection { Path: var path } ? path + ":" : "";
        foreach (var child in section?.GetChildren() ?? [])
        {
            if (!Sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add($"{child.Path} is no section of PromptGen{NearestName.Hint(child.Key, Sections)}");
            }
        }

        if (prompts.Count == 0)
        {
            return problems;
        }

        var models = prompts.SelectMany(static prompt => prompt.Models).Select(static model => model.Id).Distinct(StringComparer.Ordinal).ToArray();
        problems.AddRange(overrides.Ids
            .Where(id => !models.Contains(id, StringComparer.OrdinalIgnoreCase))
            .Select(id => $"{root}Models:{id} is the model of no prompt{NearestName.Hint(id, models)}"));

        var providers = prompts.SelectMany(static prompt => prompt.Models).Select(model => overrides.Apply(model).Provider).Distinct(StringComparer.Ordinal).ToArray();
        problems.AddRange(limits.Names
            .Where(name => !providers.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"{root}Providers:{name} is the provider of no model{NearestName.Hint(name, providers)}"));

        var keys = prompts.Select(static prompt => prompt.Canary?.Key).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        problems.AddRange(canaries.Keys
            .Where(key => !keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            .Select(key => $"{root}Canaries:{key} is the canary of no prompt{NearestName.Hint(key, keys)}"));

        var names = prompts.Select(static prompt => prompt.Name).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var budget in budgets)
        {
            problems.AddRange(budget.Globs
                .Where(glob => !names.Any(name => NamedBudget.Matches(glob, name)))
                .Select(glob => $"the pattern '{glob}' of budget '{budget.Name}' matches no prompt{NearestName.Hint(glob, names)}"));
        }

        return problems;
    }
}
