using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0407: removes a rule, a case or a learned router that can never decide.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadRuleCodeFix)), Shared]
public sealed class DeadRuleCodeFix() : PromptCodeFix("PG0407")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.AttributeAt(diagnostic.Location.SourceSpan) is { } attribute && Title(attribute) is { } title)
        {
            yield return new Fix("remove", title, new TextChange(attribute.Removal(), ""));
        }
    }

    private static string? Title(AttributeSyntax attribute) =>
        attribute.IsNamed("RouteWhen") ? "Remove the rule"
        : attribute.IsNamed("RouteCase") ? "Remove the case"
        : attribute.IsNamed("RouteLearned") ? "Remove the router"
        : null;
}
