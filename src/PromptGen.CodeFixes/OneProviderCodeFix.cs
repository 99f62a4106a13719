using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace PromptGen.CodeFixes;

/// <summary>PG0406: adds a model of another provider to the fallbacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OneProviderCodeFix)), Shared]
public sealed class OneProviderCodeFix() : PromptCodeFix("PG0406")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } id
            && root.AttributeAt(diagnostic.Location.SourceSpan) is { } attribute
            && attribute.Named("Fallbacks") is null
            && PromptSymbols.CatalogName(model, id, attribute.SpanStart) is { } name)
        {
            yield return new Fix("fallback", $"Add '{id}' as a fallback", attribute.Set("Fallbacks", $"[{name}]"));
        }
    }
}
