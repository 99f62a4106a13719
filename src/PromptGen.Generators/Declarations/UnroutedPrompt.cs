using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Declarations;

/// <summary>A method that has a template or another clause of a prompt, but not <c>[RoutedPrompt]</c>, which makes it one.</summary>
internal static class UnroutedPrompt
{
    private const string Routed = "RoutedPrompt";
    private const string Suffix = "Attribute";

    // In the order in which a message names them: the template says most clearly that a prompt is meant.
    private static readonly ImmutableArray<string> Clauses = ImmutableArray.Create(
        "PromptTemplate", "RepairTemplate", "OutputSchema", "AcceptWhen", "AcceptIf", "AcceptLikely", "Fallback", "Ensemble",
        "RouteWhen", "RouteBy", "RouteCase", "RouteLearned", "Canary", "Cached", "Budget", "Deadline", "SelfHostedOnly");

    private static readonly HashSet<string> Names = new(Clauses, StringComparer.Ordinal);

    /// <summary>The first clause among these attributes; null where there is none.</summary>
    public static AttributeData? ClauseOf(ImmutableArray<AttributeData> attributes)
    {
        AttributeData? first = null;
        var rank = int.MaxValue;
        foreach (var attribute in attributes)
        {
            if (attribute.PromptGenName() is { } name && Clauses.IndexOf(name) is >= 0 and var index && index < rank)
            {
                (first, rank) = (attribute, index);
            }
        }

        return first;
    }

    /// <summary>Whether the syntax of a method looks like one, so that its symbol is worth a look: those of ordinary prompts are not.</summary>
    public static bool MayBe(SyntaxNode node)
    {
        if (node is not MethodDeclarationSyntax { AttributeLists.Count: > 0, Body: null, ExpressionBody: null } method || !method.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            return false;
        }

        var hasClause = false;
        foreach (var list in method.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                var name = NameOf(attribute.Name);
                if (name == Routed)
                {
                    return false;
                }

                hasClause |= Names.Contains(name);
            }
        }

        return hasClause;
    }

    private static string NameOf(NameSyntax name)
    {
        var simple = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax own => own.Identifier.ValueText,
            _ => "",
        };
        return simple.EndsWith(Suffix, StringComparison.Ordinal) ? simple.Substring(0, simple.Length - Suffix.Length) : simple;
    }
}
