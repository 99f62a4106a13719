using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Turns <c>[Canary]</c> into a step: the first one of the route with the candidate before its models.</summary>
internal static class CanaryPlanner
{
    private static readonly string[] Sticky = ["string", "global::System.Guid", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong"];

    /// <returns>The entries with the canary, and the route with its step.</returns>
    public static (EntryPlan Entry, RoutePlan Route) Plan(PromptDeclaration declaration, Catalog catalog, NeededFeatures needed, EntryPlan entry, RoutePlan route)
    {
        if (declaration.Canary is not { } canary || route.Steps.Count == 0)
        {
            return (entry, route);
        }

        var findings = new List<Finding>();
        findings.AddRange(Arguments(canary, declaration));
        if (Candidate(canary, catalog, needed, route, declaration.Route, findings) is not { } model)
        {
            return (entry, route with { Findings = route.Findings.Concat(findings).ToEquatableArray() });
        }

        var first = route.Steps[0];
        var name = new HashSet<string>(route.StepNames).TakeStep("Canary");
        var step = new PlannedStep(
            name,
            first.Tier,
            first.Models.Where(other => other != model).Prepend(model).ToEquatableArray(),
            first.Fallbacks)
        { Next = route.Steps.Skip(1).FirstOrDefault()?.Name };
        return (
            entry with { Canary = new CanaryClause(canary, first.Name, name) },
            route with { Entries = route.Entries.Append(step).ToEquatableArray(), Findings = route.Findings.Concat(findings).ToEquatableArray() });
    }

    private static ModelDeclaration? Candidate(
        CanaryDeclaration canary, Catalog catalog, NeededFeatures needed, RoutePlan route, RouteDeclaration declared, List<Finding> findings)
    {
        var place = new Place.Attribute("Canary", 0, "#0");
        if (catalog.Find(canary.ModelId) is not { } model)
        {
            var meant = catalog.Meant(canary.ModelId);
            findings.Add(Finding.At(place, "PG0416", $"no catalog has the model '{canary.ModelId}'{(meant is null ? ": add it to a class marked [ModelCatalog]" : $": did you mean '{meant}'?")}") with { Fix = meant });
            return null;
        }

        var problem = WhyNot(model, route, declared);
        if (problem is not null)
        {
            findings.Add(Finding.At(place, "PG0416", problem));
        }
        else if (!needed.AreIn(model))
        {
            findings.Add(Finding.At(place, "PG0414", $"model '{model.Id}'", needed.Missing(model)));
        }

        return findings.Count == 0 ? model : null;
    }

    /// <summary>A further model of the first step may be the candidate: in a route of tiers every model of the tier is one.</summary>
    private static string? WhyNot(ModelDeclaration model, RoutePlan route, RouteDeclaration declared)
    {
        var first = route.Steps[0];
        if (first.Models[0] == model)
        {
            return $"'{model.Id}' is the model whose place it takes: name another model";
        }

        if (first.Fallbacks.Contains(model) || declared.Fallbacks.Contains(model.Id) || route.Steps.Skip(1).Any(step => step.Models.Contains(model)))
        {
            return $"'{model.Id}' is in the route already, in a later step or among its Fallbacks: name another model";
        }

        return declared.Start is not null && route.Strongest is { } top && model.Tier != Tier.SelfHosted && model.Tier > top
            ? $"'{model.Id}' is of tier {model.Tier}, above the route, which ends at {top}: name a model of a tier in the route, or set EscalateTo"
            : null;
    }

    private static IEnumerable<Finding> Arguments(CanaryDeclaration canary, PromptDeclaration declaration)
    {
        if (!(canary.Percent is >= 0 and <= 100))
        {
            yield return Finding.At(new Place.Attribute("Canary", 0, "#1"), "PG0416", $"a share of {canary.Percent.ToString(CultureInfo.InvariantCulture)} % is not from 0 to 100: correct it");
        }

        if (canary.By is not { } by)
        {
            yield break;
        }

        var place = new Place.Attribute("Canary", 0, "By");
        if (declaration.Parameters.FirstOrDefault(parameter => parameter.Name == by) is not { } parameter)
        {
            yield return Finding.At(place, "PG0416", $"'{by}' is no parameter of '{declaration.Name}': name one of its parameters");
        }
        else if (!Sticky.Contains(parameter.TypeName.TrimEnd('?')))
        {
            yield return Finding.At(place, "PG0416", $"the text of '{by}' may differ between processes: name a parameter of type string, Guid or an integer");
        }
    }
}
