using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.CodeFixes;

/// <summary>PG0208: writes the path of the file that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FilePathCodeFix)), Shared]
public sealed class FilePathCodeFix() : PromptCodeFix("PG0208")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } meant && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression)
        {
            yield return new Fix("path", $"Change to '{meant}'", Literals.Replace(expression, meant));
        }
    }
}
