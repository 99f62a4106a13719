using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG01: whether a method can be a prompt at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer() : PromptAnalyzer(Descriptors.NotAPrompt, Descriptors.NoRuntime, Descriptors.IncompleteDeclaration)
{
    private protected override bool JudgesFlawed => true;

    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        if (Flaw(declaration) is { } flaw)
        {
            yield return flaw;
        }
        else if (declaration is { Route: { Start: null, Models.Count: 0 }, Ensemble: null })
        {
            yield return Finding.At(new Place.Attribute("RoutedPrompt"), "PG0101", declaration.Name, "its route names neither a tier nor a model");
        }
        else if (RoutePlanner.NamesTooMany(declaration.Route))
        {
            yield return Finding.At(new Place.Attribute("RoutedPrompt"), "PG0101", declaration.Name, $"its route names more than {RoutePlanner.MaxNamed} models: route it by tier");
        }
        else if (declaration.Container.Access == RuntimeAccess.None)
        {
            yield return Finding.At(new Place.Method(), "PG0102", declaration.Name, WhyNoRuntime(declaration));
        }
    }

    /// <summary>Why a method is no prompt; null where it is one.</summary>
    internal static Finding? Flaw(PromptDeclaration declaration) =>
        declaration.Clause is { } clause ? Finding.At(
            new Place.Method(), "PG0103", $"'{declaration.Name}' has [{clause}] but not [RoutedPrompt], so it is not a prompt: add [RoutedPrompt(Tier.Fast)], or remove [{clause}]")
        : declaration.Flaw is { } flaw ? Finding.At(new Place.Method(), "PG0101", declaration.Name, flaw)
        : null;

    private protected override IEnumerable<Finding> Judge(IMethodSymbol method, PromptPlan plan, CancellationToken cancellationToken)
    {
        var declaration = plan.Declaration;
        if (declaration.Clause is not null || declaration.Flaw is not null)
        {
            yield break;
        }

        var tokens = Enumerable.Range(0, declaration.Parameters.Count).Where(i => declaration.Parameters[i].IsCancellationToken).ToArray();
        if (tokens.Length > 1)
        {
            var (first, second) = (declaration.Parameters[tokens[0]].Name, declaration.Parameters[tokens[1]].Name);
            yield return Doubt(new Place.Parameter(tokens[1]), $"'{second}' is a second cancellation token, which nothing observes: remove it, or link it with '{first}' in the caller");
        }

        if (PromptNames.Earlier(method) is { } other)
        {
            yield return Doubt(
                new Place.Attribute("RoutedPrompt", 0, "Name"), $"'{other.ContainingType.Name}.{other.Name}' has the name '{declaration.PromptName}' too, so ledgers and telemetry cannot distinguish the two: give each prompt a name of its own");
        }

        foreach (var finding in RuntimeAssignment.Judge(method.ContainingType, declaration.Container, cancellationToken))
        {
            yield return finding;
        }
    }

    private static Finding Doubt(Place place, string message) => Finding.At(place, "PG0103", message) with { Severity = DiagnosticSeverity.Warning };

    private static string WhyNoRuntime(PromptDeclaration declaration) =>
        declaration.Container.Type.IsStatic || declaration.Modifiers.IndexOf("static ", StringComparison.Ordinal) >= 0
            ? "it is static; make it an instance method of a partial class that is not static: the runtime belongs to an instance"
            : $"no constructor, field or property of '{declaration.Container.Type.Name}' holds one that generated code can use; add a parameter of type PromptRuntime to its constructor, or a field of that type";
}
