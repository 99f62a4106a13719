using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>
/// Removes the whitespace that belongs to tags rather than to the prompt: what <c>~</c> trims, and lines that contain nothing but one block tag, comment or role tag.
/// </summary>
internal static class TemplateWhitespace
{
    public static void Apply(string text, List<TemplateToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var tag = tokens[i];
            if (tag.Kind is TemplateTokenKind.Text or TemplateTokenKind.Escape)
            {
                continue;
            }

            var before = i > 0 ? tokens[i - 1] : null;
            var after = i + 1 < tokens.Count ? tokens[i + 1] : null;
            var isRole = IsRole(text, tag);
            if (isRole || IsStructure(text, tag))
            {
                TakeLine(text, before, after, isRole);
            }

            if (tag.TrimsBefore && before is { Kind: TemplateTokenKind.Text })
            {
                before.TrimFrom(EndOfContent(text, before.Span));
            }

            if (tag.TrimsAfter && after is { Kind: TemplateTokenKind.Text })
            {
                after.TrimTo(StartOfContent(text, after.Span));
            }
        }
    }

    /// <summary>
    /// Removes the line of a tag that has nothing but blanks beside it. For a role tag, the line break before it is removed as well:
    /// it separates two messages and belongs to neither.
    /// </summary>
    private static void TakeLine(string text, TemplateToken? before, TemplateToken? after, bool isRole)
    {
        var lineStart = LineStart(text, before);
        var lineEnd = LineEnd(text, after);
        if (lineStart < 0 || lineEnd < 0)
        {
            return;
        }

        if (isRole && before is not null && lineStart > before.Span.Start && text[lineStart - 1] == '\n')
        {
            lineStart -= lineStart - 1 > before.Span.Start && text[lineStart - 2] == '\r' ? 2 : 1;
        }

        before?.TrimFrom(lineStart);
        after?.TrimTo(lineEnd);
    }

    /// <summary>The start of the tag's line; -1 = there is something other than blanks on it before the tag.</summary>
    private static int LineStart(string text, TemplateToken? before)
    {
        if (before is null)
        {
            return 0;
        }

        if (before.Kind != TemplateTokenKind.Text)
        {
            return -1;
        }

        var i = before.Span.End;
        while (i > before.Span.Start && text[i - 1] is ' ' or '\t')
        {
            i--;
        }

        return i == 0 || (i > before.Span.Start && text[i - 1] == '\n') ? i : -1;
    }

    /// <summary>The start of the line after the tag's; -1 = there is something other than blanks behind the tag on its line.</summary>
    private static int LineEnd(string text, TemplateToken? after)
    {
        if (after is null)
        {
            return text.Length;
        }

        if (after.Kind != TemplateTokenKind.Text)
        {
            return -1;
        }

        var i = after.Span.Start;
        while (i < after.Span.End && text[i] is ' ' or '\t')
        {
            i++;
        }

        if (i < after.Span.End && text[i] == '\r')
        {
            i++;
        }

        return i == text.Length ? i : i < after.Span.End && text[i] == '\n' ? i + 1 : -1;
    }

    private static int EndOfContent(string text, TextSpan span)
    {
        var end = span.End;
        while (end > span.Start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static int StartOfContent(string text, TextSpan span)
    {
        var start = span.Start;
        while (start < span.End && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>Whether the tag opens, parts or closes a block, or is a comment.</summary>
    private static bool IsStructure(string text, TemplateToken tag) =>
        tag.Kind == TemplateTokenKind.Comment
        || (tag.Content.Length > 0 && text[tag.Content.Start] is '#' or '/' or '^')
        || StartsWith(text, tag.Content, "else");

    private static bool IsRole(string text, TemplateToken tag) => tag.Kind == TemplateTokenKind.Tag && StartsWith(text, tag.Content, "role");

    private static bool StartsWith(string text, TextSpan content, string word)
    {
        var start = StartOfContent(text, content);
        var end = start + word.Length;
        return end <= content.End
            && string.CompareOrdinal(text, start, word, 0, word.Length) == 0
            && (end == content.End || char.IsWhiteSpace(text[end]));
    }
}
