using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0401: puts the catalog's constant of the model that was probably meant in the place of an unknown id.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelIdCodeFix)), Shared]
public sealed class ModelIdCodeFix() : PromptCodeFix("PG0401")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var span = diagnostic.Location.SourceSpan;
        if (Suggestion(diagnostic) is not { } meant || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax expression || expression.Span != span)
        {
            yield break;
        }

        // A model id is written in the catalog and nowhere else.
        var replacement = PromptSymbols.CatalogName(model, meant, span.Start) ?? SymbolDisplay.FormatLiteral(meant, quote: true);
        yield return new Fix("model", $"Change to '{meant}'", new TextChange(span, replacement));
    }
}
