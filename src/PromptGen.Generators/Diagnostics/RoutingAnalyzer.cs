using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG04: the steps of a route and their models.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RoutingAnalyzer() : PromptAnalyzer(
    Descriptors.UnknownModel,
    Descriptors.EmptyTier,
    Descriptors.EscalationDown,
    Descriptors.NothingRejected,
    Descriptors.ModelTwice,
    Descriptors.OneProvider,
    Descriptors.MissingFeature,
    Descriptors.UnusableCanary,
    Descriptors.UnusableCache,
    Descriptors.UnusableEnsemble)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) => plan.Route.Findings
        .Where(static finding => finding.Id != "PG0401")
        .Concat(EscalationTarget(plan.Declaration.Route))
        .Concat(EscalationSteps(plan))
        .Concat(EntriesAbove(plan))
        .Concat(NothingRejected(plan))
        .Concat(ModelTwice(plan, catalog))
        .Concat(OneProvider(plan, catalog));

    private protected override IEnumerable<Finding> Judge(IMethodSymbol method, PromptPlan plan, CancellationToken cancellationToken) =>
        plan.Route.Findings.Where(static finding => finding.Id == "PG0401").Select(finding => UnknownModel.WithRemedy(finding, method, cancellationToken));

    private static IEnumerable<Finding> EscalationTarget(RouteDeclaration route)
    {
        if (route.EscalateTo is not { } top)
        {
            yield break;
        }

        var place = new Place.Attribute("RoutedPrompt", 0, "EscalateTo");
        if (route.Start is not { } start)
        {
            yield return Finding.At(place, "PG0403", "A rejected answer escalates nowhere", "the steps are the named models, so remove EscalateTo or route by tier");
        }
        else if (start == top)
        {
            yield return Finding.At(place, "PG0403", "A rejected answer escalates to the tier that it comes from", "name a stronger tier, or remove EscalateTo");
        }
        else if (start == Tier.SelfHosted || top == Tier.SelfHosted)
        {
            yield return Finding.At(
                place, "PG0403", $"A rejected answer escalates sideways, from {start} to {top}", "an escalation climbs the tiers Fast, General and Deep, so name the models as steps instead");
        }
        else if (top < start)
        {
            yield return Finding.At(place, "PG0403", $"A rejected answer escalates down, from {start} to {top}", "start with the weaker tier and escalate to the stronger one");
        }
    }

    private static IEnumerable<Finding> EscalationSteps(PromptPlan plan)
    {
        for (var i = 1; i < plan.Route.Steps.Count; i++)
        {
            var (from, to) = (plan.Route.Steps[i - 1], plan.Route.Steps[i]);
            if (IsBesideTheLadder(from) || IsBesideTheLadder(to))
            {
                continue;
            }

            if (to.Tier < from.Tier)
            {
                yield return Finding.At(StepPlace(plan, to), "PG0403", $"A rejected answer escalates down, from {from.Name} ({from.Tier}) to {to.Name} ({to.Tier})", "order the models by strength");
            }
            else if (IsCheaper(to, from))
            {
                yield return Finding.At(
                    StepPlace(plan, to), "PG0403", $"A rejected answer escalates to a cheaper model, from {ModelWording.List(from.Models)} to {ModelWording.List(to.Models)}", "ask the cheaper one first, or check their prices and tiers");
            }
        }
    }

    /// <summary>No clause enters or climbs above the route's own last step.</summary>
    private static IEnumerable<Finding> EntriesAbove(PromptPlan plan)
    {
        if (plan.Route.Strongest is not { } top)
        {
            yield break;
        }

        foreach (var target in plan.Declaration.Targets)
        {
            var tier = target.ModelId is { } id ? plan.Route.Find(id)?.Tier : target.Tier;
            if (tier is { } entry && entry != Tier.SelfHosted && entry > top)
            {
                yield return Finding.At(target.Place, "PG0403", $"This clause enters above the route, at {entry}", $"the route ends at {top}, so set EscalateTo on [RoutedPrompt], or enter lower") with { Fix = $"{entry} {top}" };
            }
            else if (target.Ceiling is { } ceiling && ceiling != Tier.SelfHosted && ceiling > top)
            {
                yield return Finding.At(target.Place with { Argument = "EscalateTo" }, "PG0403", $"EscalateTo of this clause is above the route, {ceiling}", $"the route ends at {top}, so set EscalateTo on [RoutedPrompt] too, or a lower one here") with { Fix = $"{ceiling} {top}" };
            }
        }
    }

    private static bool IsBesideTheLadder(PlannedStep step) => step.Tier == Tier.SelfHosted || step.Models.Any(static model => model.SelfHosted);

    /// <summary>Only where every model of the step costs less than every one before it: the members of a tier may overlap.</summary>
    private static bool IsCheaper(PlannedStep to, PlannedStep from) =>
        to.Models.All(static model => model.IsPriced) && from.Models.All(static model => model.IsPriced)
        && to.Models.Max(static model => model.InputPrice) < from.Models.Min(static model => model.InputPrice)
        && to.Models.Max(static model => model.OutputPrice) < from.Models.Min(static model => model.OutputPrice);

    private static Place.Attribute StepPlace(PromptPlan plan, PlannedStep step)
    {
        var route = plan.Declaration.Route;
        if (route.Start is not null)
        {
            return new Place.Attribute("RoutedPrompt", 0, "EscalateTo");
        }

        var index = 0;
        while (index < route.Models.Count - 1 && route.Models[index] != step.Models[0].Id)
        {
            index++;
        }

        return new Place.Attribute("RoutedPrompt", 0, "#" + Wording.Number(index));
    }

    private static IEnumerable<Finding> NothingRejected(PromptPlan plan)
    {
        var declaration = plan.Declaration;
        if (declaration is { IsText: true, IsChatClient: false } or { IsHandedOverUnjudged: true } && declaration.Checks.Count == 0 && declaration.Bounds.Count == 0 && declaration.Likelihoods.Count == 0 && plan.Route.Steps.Count > 1)
        {
            var second = plan.Route.Steps[1];
            if (declaration.Resumes || plan.Entry.Options is not null || plan.Entry.Steps.Contains(second.Name))
            {
                yield break;
            }

            var (why, remedy) = declaration.IsHandedOverUnjudged
                ? ("streams its answer before anything can check it", "return a task or the elements of a list")
                : ("returns text and checks nothing", "add [AcceptIf], return a typed contract");
            yield return Finding.At(StepPlace(plan, second), "PG0404", declaration.Name, why, second.Name, remedy);
        }
    }

    private static IEnumerable<Finding> ModelTwice(PromptPlan plan, Catalog catalog)
    {
        var route = plan.Declaration.Route;
        var seen = new Dictionary<string, string>();
        foreach (var step in route.Start is null ? [] : plan.Route.Steps)
        {
            foreach (var model in step.Models)
            {
                if (seen.ContainsKey(model.Id))
                {
                    yield return Finding.At(new Place.Attribute("RoutedPrompt"), "PG0405", model.Id, "for a catalog holds it under two names");
                }

                seen[model.Id] = "as a model of tier " + step.Tier;
            }
        }

        foreach (var finding in Named(route.Models, "#", "as a step").Concat(Named(route.Fallbacks, "Fallbacks#", "among its Fallbacks")))
        {
            yield return finding;
        }

        IEnumerable<Finding> Named(EquatableArray<string> ids, string argument, string role)
        {
            for (var i = 0; i < ids.Count; i++)
            {
                if (seen.TryGetValue(ids[i], out var earlier))
                {
                    yield return Finding.At(new Place.Attribute("RoutedPrompt", 0, argument + Wording.Number(i)), "PG0405", ids[i], earlier);
                }
                else if (catalog.Find(ids[i]) is not null)
                {
                    seen[ids[i]] = role;
                }
            }
        }
    }

    private static IEnumerable<Finding> OneProvider(PromptPlan plan, Catalog catalog)
    {
        if (plan.Route.Findings.Count > 0 || plan.Declaration.Fallback is not null || plan.Route.Models.All(static model => model.SelfHosted))
        {
            yield break;
        }

        var providers = plan.Route.Models.Select(static model => model.Provider).Distinct().ToArray();
        if (providers.Length == 1)
        {
            yield return Finding.At(new Place.Attribute("RoutedPrompt"), "PG0406", providers[0]) with
            {
                Fix = catalog.Models.FirstOrDefault(model => model.Provider != providers[0] && model.Tier == plan.Route.Models[0].Tier && !model.SelfHosted)?.Id,
            };
        }
    }
}
