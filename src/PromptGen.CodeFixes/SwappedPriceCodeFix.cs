using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace PromptGen.CodeFixes;

/// <summary>PG0803: swaps two prices of a model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwappedPriceCodeFix)), Shared]
public sealed class SwappedPriceCodeFix() : PromptCodeFix("PG0803")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } other
            && root.AttributeAt(diagnostic.Location.SourceSpan) is { } attribute
            && attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.Expression.Span == diagnostic.Location.SourceSpan) is { NameEquals.Name.Identifier.ValueText: var name } price
            && attribute.Named(other) is { } otherPrice)
        {
            yield return Fix.Swap($"Swap {name} and {other}", price.Expression, otherPrice.Expression);
        }
    }
}
