using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>How the text around a member is laid out, so that what is added looks like it.</summary>
internal static class Layouts
{
    /// <summary>The line break of the file and the indentation of the member.</summary>
    public static (string Line, string Indentation) Layout(this MemberDeclarationSyntax member)
    {
        var text = member.SyntaxTree.GetText();
        var first = text.Lines.GetLineFromPosition(member.SpanStart);
        var line = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
        var start = text.ToString(TextSpan.FromBounds(first.Start, member.SpanStart));
        return (line.Length == 0 ? "\n" : line, string.IsNullOrWhiteSpace(start) ? start : "");
    }
}
