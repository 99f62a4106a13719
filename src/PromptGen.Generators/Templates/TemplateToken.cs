using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

internal enum TemplateTokenKind
{
    /// <summary>Text that is rendered as it is written.</summary>
    Text,

    /// <summary>The backslash of <c>\{{</c>: renders nothing and makes what follows text.</summary>
    Escape,

    /// <summary><c>{{! … }}</c> or <c>{{!-- … --}}</c>.</summary>
    Comment,

    /// <summary>Any other <c>{{ … }}</c>.</summary>
    Tag,
}

/// <summary>A stretch of a template. The tokens of a template follow each other without gap from its first character to its last.</summary>
internal sealed class TemplateToken(TemplateTokenKind kind, TextSpan span, TextSpan content, bool trimsBefore = false, bool trimsAfter = false)
{
    public TemplateTokenKind Kind { get; } = kind;

    /// <summary>The whole token, braces included.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The text between the braces; for a text token, what is left of it after whitespace control.</summary>
    public TextSpan Content { get; private set; } = content;

    /// <summary>Whether <c>{{~</c> removes the whitespace before the tag.</summary>
    public bool TrimsBefore { get; } = trimsBefore;

    /// <summary>Whether <c>~}}</c> removes the whitespace after the tag.</summary>
    public bool TrimsAfter { get; } = trimsAfter;

    public static TemplateToken Text(int start, int end) => new(TemplateTokenKind.Text, TextSpan.FromBounds(start, end), TextSpan.FromBounds(start, end));

    /// <summary>Drops everything of the text before a position.</summary>
    public void TrimTo(int start)
    {
        if (start > Content.Start)
        {
            Content = TextSpan.FromBounds(start < Content.End ? start : Content.End, Content.End);
        }
    }

    /// <summary>Drops everything of the text from a position on.</summary>
    public void TrimFrom(int end)
    {
        if (end < Content.End)
        {
            Content = TextSpan.FromBounds(Content.Start, end > Content.Start ? end : Content.Start);
        }
    }
}
