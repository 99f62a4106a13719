using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace PromptGen.CodeFixes;

/// <summary>PG0207: makes one of two templates the one for a model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EquallySpecificCodeFix)), Shared]
public sealed class EquallySpecificCodeFix() : PromptCodeFix("PG0207")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } id && root.AttributeAt(diagnostic.Location.SourceSpan) is { } attribute)
        {
            var value = PromptSymbols.CatalogName(model, id, attribute.SpanStart) ?? SymbolDisplay.FormatLiteral(id, quote: true);
            yield return new Fix("for", $"Use this template for '{id}' only", attribute.Set("For", value));
        }
    }
}
