using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>Replaces strings as they are written.</summary>
internal static class Literals
{
    /// <summary>Inside the quotes where there are some and the text needs no escape: the literal keeps its kind.</summary>
    public static TextChange Replace(ExpressionSyntax value, string text)
    {
        if (value is LiteralExpressionSyntax { Token: var token } && token.IsKind(SyntaxKind.StringLiteralToken) && text.All(IsPlain))
        {
            var open = token.Text.IndexOf('"') + 1;
            return new TextChange(TextSpan.FromBounds(token.SpanStart + open, token.Span.End - 1), text);
        }

        return new TextChange(value.Span, SymbolDisplay.FormatLiteral(text, quote: true));
    }

    private static bool IsPlain(char letter) => letter is not ('"' or '\\') && !char.IsControl(letter);
}
