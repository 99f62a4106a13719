using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>A template as it is written: a file, or what is between the quotes of a literal.</summary>
internal sealed class TemplateText
{
    private readonly LiteralKind _kind;
    private readonly int _start;

    private TemplateText(string text, int start, int end, string line, LiteralKind kind) => (Text, _start, End, Line, _kind) = (text, start, end, line, kind);

    private enum LiteralKind
    {
        File,
        Raw,
        Verbatim,
        Regular,
    }

    /// <summary>The text as the source spells it.</summary>
    public string Text { get; }

    /// <summary>Where text is added at the end of the template.</summary>
    public int End { get; }

    /// <summary>What begins a new line of the template; empty where it has one line only.</summary>
    public string Line { get; }

    public static TemplateText Of(SourceText file)
    {
        var text = file.ToString();
        var end = text.TrimEnd('\r', '\n').Length;
        return new TemplateText(text, 0, end, text.IndexOf("\r\n", System.StringComparison.Ordinal) >= 0 ? "\r\n" : "\n", LiteralKind.File);
    }

    /// <summary>The template of a literal; null where the token is none.</summary>
    public static TemplateText? Of(SyntaxToken token)
    {
        var text = token.Text;
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken:
                return new TemplateText(text, token.SpanStart, token.Span.End - 1, "", text[0] == '@' ? LiteralKind.Verbatim : LiteralKind.Regular);
            case SyntaxKind.SingleLineRawStringLiteralToken:
                return new TemplateText(text, token.SpanStart, token.SpanStart + text.TrimEnd('"').Length, "", LiteralKind.Raw);
            case SyntaxKind.MultiLineRawStringLiteralToken:
                var last = text.LastIndexOf('\n');
                var end = last > 0 && text[last - 1] == '\r' ? last - 1 : last;
                return new TemplateText(text, token.SpanStart, token.SpanStart + end, text.Substring(end).TrimEnd('"'), LiteralKind.Raw);
            default:
                return null;
        }
    }

    /// <summary>The text at a place.</summary>
    public string At(TextSpan span) => Text.Substring(span.Start - _start, span.Length);

    /// <summary>The position in <see cref="Text"/> of a place.</summary>
    public int PositionOf(int place) => place - _start;

    /// <summary>The place of a position in <see cref="Text"/>.</summary>
    public TextSpan PlaceOf(int position, int length) => new(position + _start, length);

    /// <summary>Text as it is written here.</summary>
    public string Written(string text) => _kind switch
    {
        LiteralKind.Regular => text.Replace("\\", "\\\\").Replace("\"", "\\\""),
        LiteralKind.Verbatim => text.Replace("\"", "\"\""),
        _ => text,
    };
}
