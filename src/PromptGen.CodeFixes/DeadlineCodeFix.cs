using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0503: raises the deadline so that the last step has its time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadlineCodeFix)), Shared]
public sealed class DeadlineCodeFix() : PromptCodeFix("PG0503")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } seconds && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax)
        {
            yield return new Fix("raise", $"Raise the deadline to {seconds} seconds", new TextChange(diagnostic.Location.SourceSpan, seconds));
        }
    }
}
