using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0407: removes a rule or a case that can never decide.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadRuleCodeFix)), Shared]
public sealed class DeadRuleCodeFix() : PromptCodeFix("PG0407")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute
            && (attribute.IsNamed("RouteWhen") || attribute.IsNamed("RouteCase")))
        {
            var span = list.Attributes.Count == 1 ? WithLine(list) : WithComma(list, attribute);
            yield return new Fix("remove", attribute.IsNamed("RouteWhen") ? "Remove the rule" : "Remove the case", new TextChange(span, ""));
        }
    }

    /// <summary>The whole line where nothing else is on it, else with the white space behind.</summary>
    private static TextSpan WithLine(AttributeListSyntax list)
    {
        var text = list.SyntaxTree.GetText();
        var (first, last) = (text.Lines.GetLineFromPosition(list.SpanStart), text.Lines.GetLineFromPosition(list.Span.End));
        var before = text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart));
        var behind = text.ToString(TextSpan.FromBounds(list.Span.End, last.End));
        return string.IsNullOrWhiteSpace(before) && string.IsNullOrWhiteSpace(behind)
            ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak)
            : TextSpan.FromBounds(list.SpanStart, list.Span.End + behind.TakeWhile(static letter => letter == ' ').Count());
    }

    private static TextSpan WithComma(AttributeListSyntax list, AttributeSyntax attribute)
    {
        var index = list.Attributes.IndexOf(attribute);
        return index == 0
            ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
            : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
    }
}
