using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Turns what <c>[RoutedPrompt]</c> says into steps with models.</summary>
internal static class RoutePlanner
{
    /// <summary>The most models that a route may name: each step lists all fallbacks.</summary>
    public const int MaxNamed = 256;

    /// <param name="route">What the declaration says.</param>
    /// <param name="catalog">The models that there are.</param>
    /// <param name="needed">What a model must be able to do: what the declaration requires and what the templates use.</param>
    public static RoutePlan Plan(RouteDeclaration route, Catalog catalog, NeededFeatures needed)
    {
        if (NamesTooMany(route))
        {
            return new RoutePlan(default, default);
        }

        var findings = new List<Finding>();
        var fallbacks = Named(route.Fallbacks, "Fallbacks", catalog, needed, findings);
        var steps = route.Start is { } start
            ? ByTier(start, route.EscalateTo, catalog, needed, fallbacks, findings)
            : ByName(route, catalog, needed, fallbacks, findings);
        return new RoutePlan(steps.ToEquatableArray(), findings.ToEquatableArray());
    }

    /// <summary>Whether a route names more models than it may, which is PG0101.</summary>
    public static bool NamesTooMany(RouteDeclaration route) => route.Models.Count + route.Fallbacks.Count > MaxNamed;

    private static List<PlannedStep> ByTier(
        Tier start, Tier? escalateTo, Catalog catalog, NeededFeatures needed, List<ModelDeclaration> fallbacks, List<Finding> findings)
    {
        var steps = new List<PlannedStep>();
        foreach (var tier in Climb(start, escalateTo))
        {
            // A tier between the two may have no model: the escalation skips it.
            var place = tier == start ? new Place.Attribute("RoutedPrompt", 0, "#0") : tier == escalateTo ? new Place.Attribute("RoutedPrompt", 0, "EscalateTo") : null;
            if (OfTier(tier, catalog, needed, place, findings) is { Count: > 0 } models)
            {
                steps.Add(new PlannedStep(tier.ToString(), tier, models.ToEquatableArray(), fallbacks.Except(models).ToEquatableArray()));
            }
        }

        return steps;
    }

    /// <summary>The tiers from the first to the strongest. An escalation that does not climb is PG0403 and counts as none.</summary>
    private static IEnumerable<Tier> Climb(Tier start, Tier? escalateTo)
    {
        yield return start;
        if (start != Tier.SelfHosted && escalateTo is { } top && top != Tier.SelfHosted)
        {
            for (var tier = start + 1; tier <= top; tier++)
            {
                yield return tier;
            }
        }
    }

    private static List<PlannedStep> ByName(
        RouteDeclaration route, Catalog catalog, NeededFeatures needed, List<ModelDeclaration> fallbacks, List<Finding> findings)
    {
        var steps = new List<PlannedStep>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in Named(route.Models, "#", catalog, needed, findings).Distinct())
        {
            ModelDeclaration[] models = [model];
            steps.Add(new PlannedStep(names.TakeStep(model.Field), model.Tier, new EquatableArray<ModelDeclaration>(models), fallbacks.Where(fallback => fallback != model).ToEquatableArray()));
        }

        return steps;
    }

    private static List<ModelDeclaration> Named(
        EquatableArray<string> ids, string argument, Catalog catalog, NeededFeatures needed, List<Finding> findings)
    {
        var models = new List<ModelDeclaration>();
        for (var i = 0; i < ids.Count; i++)
        {
            // A named argument is one array: which element it is goes behind the name.
            var place = new Place.Attribute("RoutedPrompt", 0, argument + (argument == "#" ? "" : "#") + i.ToString(CultureInfo.InvariantCulture));
            if (Find(ids[i], catalog, needed, place, findings) is { } model)
            {
                models.Add(model);
            }
        }

        return models;
    }

    /// <summary>The model of an id that can do what is needed; else null, and a finding that says why.</summary>
    public static ModelDeclaration? Find(string id, Catalog catalog, NeededFeatures needed, Place place, List<Finding> findings)
    {
        if (catalog.Find(id) is not { } model)
        {
            var meant = catalog.Meant(id);
            findings.Add(Finding.At(place, "PG0401", id, meant is null ? "" : $"; did you mean '{meant}'?") with { Fix = meant });
            return null;
        }

        if (!needed.AreIn(model))
        {
            findings.Add(Finding.At(place, "PG0414", $"model '{model.Id}'", needed.Missing(model)));
            return null;
        }

        return model;
    }

    /// <summary>The models of a tier that can do what is needed, in the order in which they are tried; where there is none, a finding that says why.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="catalog">The models that there are.</param>
    /// <param name="needed">What a model must be able to do.</param>
    /// <param name="place">Where the tier is named; null = a tier without a model is no mistake.</param>
    /// <param name="findings">Gets the finding.</param>
    public static List<ModelDeclaration> OfTier(Tier tier, Catalog catalog, NeededFeatures needed, Place? place, List<Finding> findings)
    {
        var models = catalog.Models.Where(model => model.Tier == tier).ToList();
        var able = OtherProviderFirst([.. models.Where(model => needed.AreIn(model))]);
        if (able.Count == 0 && place is not null)
        {
            findings.Add(models.Count == 0
                ? Finding.At(place, "PG0402", tier.ToString())
                : Finding.At(place, "PG0414", "every model of tier " + tier, needed.Missing(models[0])));
        }

        return able;
    }

    /// <summary>Catalog order, but a provider that was not tried yet comes before one that was: when one is down, all of its models are.</summary>
    private static List<ModelDeclaration> OtherProviderFirst(List<ModelDeclaration> models)
    {
        var ordered = new List<ModelDeclaration>(models.Count);
        var providers = new HashSet<string>(StringComparer.Ordinal);
        ordered.AddRange(models.Where(model => providers.Add(model.Provider)));
        ordered.AddRange(models.Except(ordered));
        return ordered;
    }
}
