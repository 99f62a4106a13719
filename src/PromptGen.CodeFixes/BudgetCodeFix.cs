using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0502: raises the budget to what the route can cost.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BudgetCodeFix)), Shared]
public sealed class BudgetCodeFix() : PromptCodeFix("PG0502")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } usd && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax)
        {
            yield return new Fix("raise", $"Raise the budget to {usd}", new TextChange(diagnostic.Location.SourceSpan, usd));
        }
    }
}
