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

    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken) =>
        LiteralAround(root, diagnostic.Location.SourceSpan) is { } literal && TemplateText.Of(literal) is { } template ? Find(diagnostic, template) : [];

    /// <summary>The literal in which a place is; null where the analyzer could not point into it. Inside, the source spells a tag as the value does, whatever the literal's kind.</summary>
    private protected static SyntaxToken? LiteralAround(SyntaxNode root, TextSpan span) =>
        root.FindToken(span.Start) is { Parent: LiteralExpressionSyntax } literal && literal.SpanStart < span.Start && literal.Span.End > span.End ? literal : null;

    private protected sealed override IEnumerable<Fix> FindInFile(Diagnostic diagnostic, SourceText text) => Find(diagnostic, TemplateText.Of(text));
}
