using System;
using System.Collections.Generic;
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
        if (declaration.Clause is { } clause)
        {
            yield return Finding.At(
                new Place.Method(), "PG0103", $"'{declaration.Name}' has [{clause}] but not [RoutedPrompt], so it is not a prompt: add [RoutedPrompt(Tier.Fast)], or remove [{clause}]");
        }
        else if (declaration.Flaw is { } flaw)
        {
            yield return Finding.At(new Place.Method(), "PG0101", declaration.Name, flaw);
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

    private static string WhyNoRuntime(PromptDeclaration declaration) =>
        declaration.Container.Type.IsStatic || declaration.Modifiers.IndexOf("static ", StringComparison.Ordinal) >= 0
            ? "it is static; make it an instance method of a partial class that is not static: the runtime belongs to an instance"
            : $"no constructor, field or property of '{declaration.Container.Type.Name}' holds one that generated code can use; add a parameter of type PromptRuntime to its constructor, or a field of that type";
}
