using System.Collections.Generic;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0211: makes a name in single braces a placeholder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WithoutEffectCodeFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)]), Shared]
public sealed class WithoutEffectCodeFix() : TemplateCodeFix("PG0211")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, TemplateText template)
    {
        if (Suggestion(diagnostic) is { } placeholder)
        {
            yield return new Fix("braces", $"Change to {placeholder}", new TextChange(diagnostic.Location.SourceSpan, placeholder));
        }
    }
}
