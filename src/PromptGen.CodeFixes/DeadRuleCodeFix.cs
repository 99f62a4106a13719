using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0407: removes a rule or a case that can never decide.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadRuleCodeFix)), Shared]
public sealed class DeadRuleCodeFix() : PromptCodeFix("PG0407")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.AttributeAt(diagnostic.Location.SourceSpan) is { } attribute
            && (attribute.IsNamed("RouteWhen") || attribute.IsNamed("RouteCase")))
        {
            yield return new Fix("remove", attribute.IsNamed("RouteWhen") ? "Remove the rule" : "Remove the case", new TextChange(attribute.Removal(), ""));
        }
    }
}
