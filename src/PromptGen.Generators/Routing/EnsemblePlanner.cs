using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Turns <c>[Ensemble]</c> into a step before the first one of the route, all of whose models are asked.</summary>
internal static class EnsemblePlanner
{
    private const int MostSamples = 100;

    /// <returns>The clause, null where there is none or it cannot be planned, and the route with its step.</returns>
    public static (EnsembleClause? Clause, RoutePlan Route) Plan(PromptDeclaration declaration, Catalog catalog, NeededFeatures needed, RoutePlan route)
    {
        if (declaration.Ensemble is not { } ensemble || declaration.IsStream || declaration.IsChatClient)
        {
            return (null, route);
        }

        var findings = new List<Finding>();
        var models = Members(ensemble, catalog, needed, findings);
        findings.AddRange(Counting(ensemble, declaration));
        findings.AddRange(Weighing(ensemble, declaration));
        findings.AddRange(Comparing(ensemble, declaration));
        findings.AddRange(Beside(declaration));
        if (findings.Count > 0)
        {
            return (null, route with { Findings = route.Findings.Concat(findings).ToEquatableArray() });
        }

        var name = new HashSet<string>(route.StepNames).TakeStep("Ensemble");
        var tiers = models.Where(static model => model.Tier != Tier.SelfHosted).Select(static model => model.Tier).ToArray();
        var step = new PlannedStep(name, tiers.Length == 0 ? Tier.SelfHosted : tiers.Max(), models.ToEquatableArray(), default)
        {
            Samples = ensemble.Samples,
            Next = route.Steps.Count > 0 ? route.Steps[0].Name : null,
        };
        return (new EnsembleClause(ensemble, step), route with { Entries = route.Entries.Append(step).ToEquatableArray() });
    }

    private static List<ModelDeclaration> Members(EnsembleDeclaration ensemble, Catalog catalog, NeededFeatures needed, List<Finding> findings)
    {
        var models = new List<ModelDeclaration>();
        for (var i = 0; i < ensemble.Models.Count; i++)
        {
            var place = new Place.Attribute("Ensemble", 0, "#" + Number(i));
            if (RoutePlanner.Find(ensemble.Models[i], catalog, needed, place, findings) is not { } model)
            {
                continue;
            }

            if (models.Contains(model))
            {
                findings.Add(Finding.At(place, "PG0410", $"'{model.Id}' is named twice: name each model once, and set Samples to ask it more often"));
            }

            models.Add(model);
        }

        return models;
    }

    private static IEnumerable<Finding> Counting(EnsembleDeclaration ensemble, PromptDeclaration declaration)
    {
        if (ensemble.Samples is < 1 or > MostSamples)
        {
            yield return At("Samples", $"Samples is {Number(ensemble.Samples)}, not from 1 to {Number(MostSamples)}: set it to a number between them");
            yield break;
        }

        if (ensemble.Samples > 1 && !(declaration.Route.Temperature > 0))
        {
            yield return At("Samples", "a model that is asked again repeats itself without a temperature: set Temperature above 0 on [RoutedPrompt]");
        }

        var votes = ensemble.Models.Count * ensemble.Samples;
        if (ensemble.Models.Count > RoutePlanner.MaxNamed)
        {
            yield return At(null, $"it names more than {Number(RoutePlanner.MaxNamed)} models: remove some");
        }
        else if (votes < 2)
        {
            yield return At(null, votes == 0 ? "it names no model: name two at least" : "one vote decides nothing: name a second model, or set Samples");
        }
        else if (ensemble.Quorum is { } quorum && quorum > votes)
        {
            yield return At("Quorum", $"a quorum of {Number(quorum)} cannot be reached by {Number(votes)} votes: lower it, or add models");
        }
        else if (ensemble.Quorum is { } half && half * 2 <= votes)
        {
            yield return At("Quorum", $"a quorum of {Number(half)} of {Number(votes)} votes can tie: set it to {Number((votes / 2) + 1)} or more");
        }
    }

    private static IEnumerable<Finding> Weighing(EnsembleDeclaration ensemble, PromptDeclaration declaration)
    {
        if (ensemble.Judge is not null && (ensemble.Weights is not null || ensemble.ConfidenceMember is not null))
        {
            yield return At("Judge", $"Judge and {(ensemble.Weights is not null ? "Weights" : "ConfidenceMember")} both select the winner: remove one of them");
        }
        else if (ensemble.Weights is { } weights)
        {
            if (ensemble.ConfidenceMember is not null)
            {
                yield return At("ConfidenceMember", "Weights and ConfidenceMember both weigh the votes: remove one of them");
            }
            else if (weights.Count != ensemble.Models.Count)
            {
                yield return At("Weights", $"it has {Number(weights.Count)} weights for {Number(ensemble.Models.Count)} models: write one for each model");
            }
            else if (weights.Any(static weight => !(weight is > 0 and < 1)))
            {
                yield return At("Weights", "a weight is the measured accuracy of a member: write numbers above 0 and below 1");
            }
            else if (weights.All(static weight => weight <= 0.5))
            {
                yield return At("Weights", "no member has an accuracy above 0.5, so no vote has a weight: name better members, or remove Weights");
            }
        }
        else if (ensemble.ConfidenceMember is { } name && MemberOf(declaration, name) is not { IsNumeric: true, IsReadable: true })
        {
            yield return At("ConfidenceMember", MemberOf(declaration, name) is not { IsReadable: true } member ? Missing(name, declaration) : $"'{member.Name}' is not a number: name a member that is");
        }
    }

    private static IEnumerable<Finding> Comparing(EnsembleDeclaration ensemble, PromptDeclaration declaration)
    {
        if (declaration.Schema is { IsJson: true })
        {
            yield return At(null, "its result is a JsonElement, whose values it cannot compare: return a type");
        }
        else if (declaration.Contract is { CanEmit: true } contract)
        {
            if (ensemble.On is { } name && MemberOf(declaration, name) is not { IsReadable: true })
            {
                yield return At("On", Missing(name, declaration));
            }
            else if (Uncomparable(contract, ensemble.On is { } on ? MemberOf(declaration, on)!.Value : contract.Root, []) is { } type)
            {
                yield return At(ensemble.On is null ? null : "On", $"{type} cannot be compared: set On to another member");
            }
        }
        else if (declaration.IsText && ensemble.On is not null)
        {
            yield return At("On", "text has no members: remove On");
        }
    }

    /// <summary>Reports what cannot be combined with an ensemble.</summary>
    private static IEnumerable<Finding> Beside(PromptDeclaration declaration)
    {
        if (declaration.Canary is not null)
        {
            yield return Finding.At(new Place.Attribute("Canary"), "PG0416", "an ensemble is asked before the first step, whose model it would replace: remove [Canary] or [Ensemble]");
        }

        var route = declaration.Route;
        if (route.Start is null && route.Models.Count == 0 && (declaration.Rules.Count > 0 || declaration.RouteBy is not null || declaration.Learned is not null || declaration.Options is not null))
        {
            yield return Finding.At(new Place.Attribute("RoutedPrompt"), "PG0410", "[RouteWhen], [RouteBy], [RouteLearned] and PromptOptions lead a call past it into the route, which has no step: name a tier or models in [RoutedPrompt]");
        }
    }

    /// <summary>The values that have no form for comparing, as a message names them; null where all have one.</summary>
    private static string? Uncomparable(ContractModel contract, ValueModel value, HashSet<int> seen) => value.Kind switch
    {
        var kind when kind.IsJson() => "values of type " + Short(value.TypeName),
        ValueKind.Array or ValueKind.Map => Uncomparable(contract, value.Item, seen),
        ValueKind.Object when seen.Add(value.Reference) => contract.Objects[value.Reference].Members.Select(member => member.IsReadable ? Uncomparable(contract, member.Value, seen) : $"values of type {Short(value.TypeName)}, whose member {member.Name} cannot be read,").FirstOrDefault(static type => type is not null),
        ValueKind.Union => contract.Unions[value.Reference].Cases.Select(one => Uncomparable(contract, one.Value, seen)).FirstOrDefault(static type => type is not null),
        _ => null,
    };

    private static string Short(string typeName) => typeName.Substring(typeName.LastIndexOf('.') + 1);

    private static MemberModel? MemberOf(PromptDeclaration declaration, string name) => declaration.Contract?.FindMember(name);

    private static string Missing(string name, PromptDeclaration declaration) => MemberOf(declaration, name) is not null ? $"generated code cannot read '{name}': make its getter public or internal"
        : $"'{name}' is no member of {declaration.OutputName}: {(new NameIndex(declaration.Contract?.RootMembers.Select(static member => member.Name) ?? []).Closest(name) is { } meant ? $"did you mean '{meant}'?" : "name one of its members")}";

    private static Finding At(string? argument, string problem) => Finding.At(new Place.Attribute("Ensemble", 0, argument), "PG0410", problem);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
