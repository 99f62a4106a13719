using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>What fixes inside of templates share: they edit a literal or a file, whatever its kind.</summary>
public abstract class TemplateCodeFix : PromptCodeFix
{
    private protected TemplateCodeFix(string id)
        : base(id)
    {
    }

    private protected abstract IEnumerable<Fix> Find(Diagnostic diagnostic, TemplateText template);

    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        // Only where the analyzer could point into the literal: there the source spells a tag as the value does, whatever the literal's kind.
        var span = diagnostic.Location.SourceSpan;
        var literal = root.FindToken(span.Start);
        return literal.Parent is LiteralExpressionSyntax && literal.SpanStart < span.Start && literal.Span.End > span.End && TemplateText.Of(literal) is { } template ? Find(diagnostic, template) : [];
    }

    private protected sealed override IEnumerable<Fix> FindInFile(Diagnostic diagnostic, SourceText text) => Find(diagnostic, TemplateText.Of(text));
}
