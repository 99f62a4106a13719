using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>A prompt with everything bound: what emission writes and what analyzers look at.</summary>
/// <param name="Declaration">What the user wrote.</param>
/// <param name="Templates">Its templates, bound to its parameters, in order.</param>
/// <param name="Repair">What is sent to a model with a broken answer; null = the runtime's text, or no answer is ever repaired.</param>
/// <param name="Route">Its steps.</param>
/// <param name="Selection">Which template each model gets.</param>
/// <param name="Version">Hash of templates, schema and route: eight hexadecimal digits.</param>
/// <param name="Findings">What was found while binding. Checks that only judge are made by the analyzers.</param>
internal sealed record PromptPlan(
    PromptDeclaration Declaration,
    EquatableArray<BoundTemplate> Templates,
    BoundTemplate? Repair,
    RoutePlan Route,
    TemplateSelection Selection,
    string Version,
    EquatableArray<Finding> Findings)
{
    /// <summary>The version that the prompt had before it got a learned router; null where it has none.</summary>
    public string? VersionWithoutRouter { get; init; }

    /// <summary>The contract that a schema file states; null where the output type does.</summary>
    public SchemaContract? Schema { get; init; }

    /// <summary>Where calls enter the route.</summary>
    public EntryPlan Entry { get; init; } = EntryPlan.None;

    /// <summary>The models that vote before the route; null where there are none.</summary>
    public EnsembleClause? Ensemble { get; init; }

    /// <summary>How long accepted answers are kept; null where they are not.</summary>
    public CacheClause? Cache { get; init; }

    /// <summary>What a valid answer must pass.</summary>
    public IReadOnlyList<AcceptanceClause> Acceptance => [.. AcceptanceClause.Of(Declaration)];

    /// <summary>Whether a template that is sent names the answer of an earlier step.</summary>
    public bool UsesPrevious => Selection.Choices.Any(choice => Templates[choice.Template].Previous is not null);

    /// <summary>Whether an answer can be rejected: by its contract, an acceptance check or a vote.</summary>
    public bool CanReject => !Declaration.IsText || Acceptance.Count > 0 || Ensemble is not null;

    /// <summary>All clauses of the route, in the order in which a call meets them.</summary>
    public IEnumerable<RouteClause> Clauses => Entry.Clauses.Concat(Ensemble is null ? [] : [Ensemble]).Concat<RouteClause>(Acceptance);

    /// <summary>The contract class, fully qualified.</summary>
    public string ContractTypeName => Schema?.ContractTypeName ?? Declaration.Contract?.ContractTypeName ?? "global::PromptGen.Contracts.TextContract";

    /// <summary>Whether method, class and output type are those of a prompt, so that its class can have what it has once for all of its prompts.</summary>
    public bool IsPrompt => IsUsable && Declaration.Container.AllPartial;

    /// <summary>Whether code can be generated for the declaration; otherwise the generator writes a stub, and the analyzers report why.</summary>
    public bool CanEmit =>
        IsUsable
        && Declaration.Checks.All(static check => check.Method.Fits)
        && Declaration.Fallback is null or { Fits: true }
        && Declaration.Rules.All(static rule => rule.Predicate is null or { Method.Fits: true })
        && Declaration.RouteBy is null or { IsDeclared: false } or { ValueType: not null, Method: null or { Method.Fits: true } }
        && Declaration.Ensemble?.Judge is null or { Method.Fits: true }
        && Declaration.Likelihoods.All(likelihood => likelihood.Member is null || Declaration.Judged?.FindMember(likelihood.Member) is not null)
        && Declaration.Calibrations.All(static clause => clause.Calibration.Content is null or { Problems.Count: 0 })
        && Declaration.Learned?.Content is null or { Problems.Count: 0 }
        && Declaration.Bounds.All(bound => Declaration.Judged?.FindMember(bound.Member) is { IsNumeric: true, IsReadable: true })
        && (Route.Steps.Count > 0 || Ensemble is not null)
        && Route.Findings.Count == 0
        && (Declaration.IsChatClient || Route.Models.All(model => Selection.TemplateOf(model.Id) >= 0))
        && IsBound
        && !Findings.Any(static finding => finding.Id == "PG0303");

    /// <summary>Whether every file was found and every template was read completely. Otherwise it is not known which parameters the templates use.</summary>
    public bool IsBound => !Findings.Any(static finding => finding.Id is "PG0202" or "PG0205" or "PG0208");

    /// <summary>Estimated tokens of the static text and the schema that a model gets.</summary>
    public int StaticTokens(ModelDeclaration model) => Selection.TemplateOf(model.Id) is >= 0 and var template
        ? (int)Math.Min(int.MaxValue, Math.Ceiling((Templates[template].StaticTokens + TokensOfSchema(model, Templates[template])) * model.TokenFactor))
        : 0;

    /// <summary>The most tokens of the answer of an earlier step in what a model gets; 0 where its template does not name that.</summary>
    public int PreviousTokens(ModelDeclaration model) => Selection.TemplateOf(model.Id) is >= 0 and var template && Templates[template].Previous is not null
        ? Route.StepsBefore(model).SelectMany(static step => step.All).Select(one => WorstCase.OutputLimit(Declaration.Route, one) ?? 0).DefaultIfEmpty().Max()
        : 0;

    private bool IsUsable =>
        Declaration is { Flaw: null, CanImplement: true, Container.Access: not RuntimeAccess.None }
        && Declaration.Contract is null or { CanEmit: true }
        && Declaration.Element is null or { CanEmit: true };

    private int TokensOfSchema(ModelDeclaration model, BoundTemplate template)
    {
        var characters = (Schema?.SchemaJson ?? Declaration.Contract?.SchemaJson ?? "").Length;
        return SchemaTokens.Of(characters, model.Can(ModelFeatures.StructuredOutput), template.WritesSchema) + (template.WritesSchema ? (characters + 3) / 4 : 0);
    }
}
