using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>
/// Turns the clauses of entry into steps: those of the route's ladder, and further ones below it, beside it or for one model, each of which leads to the ladder.
/// </summary>
internal sealed class EntryPlanner
{
    private readonly PromptDeclaration _declaration;
    private readonly Catalog _catalog;
    private readonly NeededFeatures _needed;
    private readonly RoutePlan _route;
    private readonly List<PlannedStep> _entries = [];
    private readonly List<Finding> _findings = [];
    private readonly HashSet<string> _names;
    private readonly List<ModelDeclaration> _fallbacks;

    private EntryPlanner(PromptDeclaration declaration, Catalog catalog, NeededFeatures needed, RoutePlan route)
    {
        (_declaration, _catalog, _needed, _route) = (declaration, catalog, needed, route);
        _names = new HashSet<string>(route.Steps.Select(static step => step.Name), System.StringComparer.Ordinal);
        _fallbacks = [.. declaration.Route.Fallbacks.Select(catalog.Find).OfType<ModelDeclaration>().Where(model => needed.AreIn(model))];
    }

    /// <returns>The entries, and the route with the steps that they add.</returns>
    public static (EntryPlan Entry, RoutePlan Route) Plan(PromptDeclaration declaration, Catalog catalog, NeededFeatures needed, RoutePlan route)
    {
        if (route.Steps.Count == 0 || (declaration.Rules.Count == 0 && declaration.RouteBy is null && declaration.Learned is null && declaration.Options is null))
        {
            return (EntryPlan.None, route);
        }

        var planner = new EntryPlanner(declaration, catalog, needed, route);
        var plan = new EntryPlan(declaration.Rules.Select(planner.Rule).ToEquatableArray(), declaration.RouteBy is { IsDeclared: true } by ? planner.Value(by) : null)
        {
            Learned = declaration.Learned is { } learned && declaration.RouteBy is not { IsDeclared: true } ? planner.Learned(learned) : null,
            Options = declaration.Options is { } options ? new OptionsClause(options.Name) : null,
        };
        var choices = plan.Options is null ? [] : catalog.Models.Where(model => needed.AreIn(model)).Select(planner.Choice);
        return (plan, route with { Entries = planner._entries.ToEquatableArray(), Choices = choices.ToEquatableArray(), Findings = route.Findings.Concat(planner._findings).ToEquatableArray() });
    }

    private RuleClause Rule(RuleDeclaration rule)
    {
        if (_declaration.IsChatClient && rule.In is null)
        {
            return new RuleClause(rule, new EquatableArray<string>([RuleClause.ChatText]), new EquatableArray<string>([RuleClause.ChatMedia]), Entry(rule.Target));
        }

        var parameters = _declaration.Parameters.Where(parameter => parameter.IsData && (rule.In is null || parameter.Name == rule.In)).ToArray();
        var texts = rule.MinInputTokens > 0 || rule.MaxInputTokens > 0 || rule.ContainsAny.Count > 0 || rule.ContainsCode
            ? parameters.Where(IsText).Select(static parameter => parameter.Name)
            : [];
        var media = rule.ContainsMedia ? parameters.Where(IsMedia).Select(static parameter => parameter.Name) : [];
        return new RuleClause(rule, texts.ToEquatableArray(), media.ToEquatableArray(), Entry(rule.Target));
    }

    private ValueClause Value(RouteByDeclaration by) => new(
        by,
        by.Cases.Select(one => new PlannedCase(one, Entry(one.Target))).ToEquatableArray(),
        by.Otherwise is { } otherwise ? Entry(otherwise).Step : _route.Steps[0].Name);

    private LearnedClause Learned(LearnedDeclaration learned) => new(
        learned,
        _declaration.Parameters.Where(parameter => parameter.IsData && IsText(parameter) && (learned.In is null || parameter.Name == learned.In)).Select(static parameter => parameter.Name).ToEquatableArray(),
        _route.Steps[0].Name,
        _route.Steps[_route.Steps.Count > 1 ? 1 : 0].Name);

    private PlannedEntry Entry(EntryTarget target)
    {
        var step = target.ModelId is { } id ? Model(id, target) : target.Tier is { } tier ? OfTier(tier, target) : null;
        return new PlannedEntry((step ?? _route.Steps[0]).Name, target.Ceiling);
    }

    private PlannedStep? OfTier(Tier tier, EntryTarget target)
    {
        var known = _declaration.Route.Start is null ? null : _route.Steps.FirstOrDefault(step => step.Tier == tier);
        known ??= _entries.FirstOrDefault(step => step.Tier == tier && step.Name == tier.ToString());
        if (known is not null)
        {
            return known;
        }

        return RoutePlanner.OfTier(tier, _catalog, _needed, target.Place, _findings) is { Count: > 0 } models ? Add(tier.ToString(), tier, models) : null;
    }

    private PlannedStep? Model(string id, EntryTarget target)
    {
        if (RoutePlanner.Find(id, _catalog, _needed, target.Place, _findings) is not { } model)
        {
            return null;
        }

        var listed = _declaration.Route.Start is null ? _route.Steps.FirstOrDefault(step => step.Models[0] == model) : null;
        return listed ?? _entries.FirstOrDefault(step => step.Models.Count == 1 && step.Models[0] == model && step.Name != model.Tier.ToString()) ?? Add(model.Field, model.Tier, [model]);
    }

    /// <summary>Adds a step that is an entry only. It leads to the next stronger step of the ladder; a self-hosted step is not on the ladder and leads nowhere.</summary>
    private PlannedStep Add(string name, Tier tier, List<ModelDeclaration> models)
    {
        var unique = _names.TakeStep(name);
        var next = tier == Tier.SelfHosted ? null : Stronger(tier);
        var step = new PlannedStep(unique, tier, models.ToEquatableArray(), _fallbacks.Except(models).ToEquatableArray()) { Next = next?.Name };
        _entries.Add(step);
        return step;
    }

    /// <summary>The step of a model that the options of a call may name. It leads into the route as it is: what the caller chooses adds no other models.</summary>
    private PlannedStep Choice(ModelDeclaration model)
    {
        var known = _route.Steps.Concat(_entries).FirstOrDefault(step => step.Models.Count == 1 && step.Models[0] == model);
        var next = model.Tier == Tier.SelfHosted ? null : InRoute(model.Tier);
        return known ?? new PlannedStep(_names.TakeStep(model.Field), model.Tier, new EquatableArray<ModelDeclaration>([model]), _fallbacks.Where(fallback => fallback != model).ToEquatableArray()) { Next = next?.Name };
    }

    /// <summary>The first step of the route that is stronger than a tier.</summary>
    private PlannedStep? InRoute(Tier tier) => _route.Steps.FirstOrDefault(step => step.Tier != Tier.SelfHosted && step.Tier > tier);

    private PlannedStep? Stronger(Tier tier)
    {
        if (InRoute(tier) is not { } next)
        {
            return null;
        }

        // Between an entry below the route and its first step lies what the ladder has there.
        return _declaration.Route.Start is { } start && tier + 1 < start && OfTier(tier + 1, new EntryTarget(tier + 1, null, null, new Place.Attribute("RoutedPrompt"))) is { } between ? between : next;
    }

    private static bool IsText(ParameterDeclaration parameter) => parameter.TypeName is "string" or "string?";

    private static bool IsMedia(ParameterDeclaration parameter) => parameter.TypeName.TrimEnd('?') is
        "global::System.Uri" or "byte[]" or "global::Microsoft.Extensions.AI.DataContent" or "global::Microsoft.Extensions.AI.UriContent" or "global::PromptGen.PromptMedia";
}
