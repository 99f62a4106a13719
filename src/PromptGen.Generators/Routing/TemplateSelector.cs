using System.Collections.Generic;
using System.Globalization;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Diagnostics;

namespace PromptGen.Generators.Routing;

/// <summary>Which template each model of a route gets.</summary>
/// <param name="Choices">A template's number for each reachable model that has one.</param>
/// <param name="Findings">PG0201, PG0206, PG0207.</param>
internal sealed record TemplateSelection(EquatableArray<TemplateChoice> Choices, EquatableArray<Finding> Findings)
{
    public static readonly TemplateSelection None = new(default, default);
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
        var matched = new bool[templates.Count];
        var clashes = new HashSet<(int, int)>();
        foreach (var model in route.Models)
        {
            var best = -1;
            var bestRank = 0;
            for (var i = 0; i < templates.Count; i++)
            {
                var rank = Rank(templates[i], model);
                matched[i] |= rank > 0;
                if (rank > bestRank)
                {
                    (best, bestRank) = (i, rank);
                }
            }

            if (best < 0)
            {
                findings.Add(Finding.At(new Place.Method(), "PG0201", model.Id));
                continue;
            }

            choices.Add(new TemplateChoice(model.Id, best));
            for (var i = best + 1; i < templates.Count; i++)
            {
                if (Rank(templates[i], model) == bestRank && clashes.Add((best, i)))
                {
                    findings.Add(Finding.At(new Place.Attribute("PromptTemplate", i), "PG0207", model.Id, Number(best), Number(i)));
                }
            }
        }

        for (var i = 0; i < templates.Count; i++)
        {
            if (!matched[i] && route.Steps.Count > 0 && (templates[i].For ?? templates[i].ForTier?.ToString()) is { } target)
            {
                findings.Add(Finding.At(new Place.Attribute("PromptTemplate", i, templates[i].For is null ? "ForTier" : "For"), "PG0206", target));
            }
        }

        return new TemplateSelection(choices.ToEquatableArray(), findings.ToEquatableArray());
    }

    /// <summary>How specific a template is for a model; 0 where it is not for it at all.</summary>
    private static int Rank(TemplateDeclaration template, ModelDeclaration model)
    {
        if (template.ForTier is { } tier && tier != model.Tier)
        {
            return 0;
        }

        if (template.For is null)
        {
            return template.ForTier is null ? 1 : 2;
        }

        var rank = 0;
        foreach (var pattern in template.For.Split(','))
        {
            var glob = pattern.Trim();
            if (glob == model.Id)
            {
                return 5;
            }

            if (glob.Length > 0 && Glob.IsMatch(glob, model.Id))
            {
                rank = template.ForTier is null ? 3 : 4;
            }
        }

        return rank;
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
