using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0206: removes a template that is never sent.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnmatchedTemplateCodeFix)), Shared]
public sealed class UnmatchedTemplateCodeFix() : PromptCodeFix("PG0206")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.AttributeAt(diagnostic.Location.SourceSpan) is { } attribute && attribute.IsNamed("PromptTemplate"))
        {
            yield return new Fix("remove", "Remove the template", new TextChange(attribute.Removal(), ""));
        }
    }
}
