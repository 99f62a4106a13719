using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Which template each model of a route gets.</summary>
/// <param name="Choices">A template's number for each reachable model that has one.</param>
/// <param name="Findings">PG0201, PG0206, PG0207.</param>
internal sealed record TemplateSelection(EquatableArray<TemplateChoice> Choices, EquatableArray<Finding> Findings)
{
    public static readonly TemplateSelection None = new(default, default);

    // Up to here comparing is cheaper than hashing.
    private const int Few = 16;

    private Dictionary<string, int>? _byModel;

    /// <summary>The number of the template that a model gets; -1 where there is none.</summary>
    public int TemplateOf(string modelId)
    {
        if (Choices.Count <= Few)
        {
            return Choices.FirstOrDefault(choice => choice.ModelId == modelId)?.Template ?? -1;
        }

        return (_byModel ??= ByModel(Choices)).TryGetValue(modelId, out var template) ? template : -1;
    }

    public bool Equals(TemplateSelection? other) => other is not null && Choices.Equals(other.Choices) && Findings.Equals(other.Findings);

    public override int GetHashCode() => unchecked((Choices.GetHashCode() * 31) + Findings.GetHashCode());

    private static Dictionary<string, int> ByModel(EquatableArray<TemplateChoice> choices)
    {
        var byModel = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var choice in choices.Reverse())
        {
            byModel[choice.ModelId] = choice.Template;
        }

        return byModel;
    }
}

/// <summary>The template that a model gets.</summary>
internal sealed record TemplateChoice(string ModelId, int Template);

/// <summary>Chooses templates by the rule that the most specific wins: exact id, glob, tier, none.</summary>
internal static class TemplateSelector
{
    public static TemplateSelection Select(EquatableArray<TemplateDeclaration> templates, RoutePlan route)
    {
        var choices = new List<TemplateChoice>();
        var findings = new List<Finding>();
        var targets = new TemplateTargets(templates);
        var matched = new bool[templates.Count];
        var clashes = new HashSet<(int, int)>();
        foreach (var model in route.Models.Concat(route.Choices.SelectMany(static step => step.Models).Except(route.Models)))
        {
            var best = -1;
            var bestRank = 0;
            var equal = new List<int>();
            foreach (var (template, rank) in targets.Of(model))
            {
                matched[template] = true;
                if (rank > bestRank)
                {
                    (best, bestRank) = (template, rank);
                    equal.Clear();
                }
                else if (rank == bestRank)
                {
                    equal.Add(template);
                }
            }

            if (best < 0)
            {
                if (route.Models.Contains(model))
                {
                    findings.Add(Finding.At(new Place.Method(), "PG0201", model.Id));
                }

                continue;
            }

            choices.Add(new TemplateChoice(model.Id, best));
            foreach (var i in equal)
            {
                if (clashes.Add((best, i)))
                {
                    findings.Add(Finding.At(new Place.Attribute("PromptTemplate", i), "PG0207", model.Id, Number(best), Number(i)) with { Fix = model.Id });
                }
            }
        }

        for (var i = 0; i < templates.Count; i++)
        {
            if (!matched[i] && route.Steps.Count > 0)
            {
                findings.AddRange(Unmatched(templates[i], i));
            }
        }

        return new TemplateSelection(choices.ToEquatableArray(), findings.ToEquatableArray());
    }

    private static IEnumerable<Finding> Unmatched(TemplateDeclaration template, int index)
    {
        if (template.For is { } pattern)
        {
            yield return Finding.At(new Place.Attribute("PromptTemplate", index, "For"), "PG0206", $"No model of the route matches '{pattern}'", "fix the pattern, or remove the template");
        }
        else if (template.ForTier is { } tier)
        {
            yield return Finding.At(new Place.Attribute("PromptTemplate", index, "ForTier"), "PG0206", $"The route has no model of tier {tier}", "change ForTier or remove it");
        }
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
