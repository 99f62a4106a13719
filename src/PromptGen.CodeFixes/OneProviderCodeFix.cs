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
            && PromptSymbols.CatalogConstant(model.Compilation, id) is { } constant)
        {
            var name = constant.ContainingType.ToMinimalDisplayString(model, attribute.SpanStart) + "." + constant.Name;
            yield return new Fix("fallback", $"Add '{id}' as a fallback", attribute.Set("Fallbacks", $"[{name}]"));
        }
    }
}
