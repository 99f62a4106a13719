using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>One fix of a diagnostic, as edits of the text: what is not named here stays as the user laid it out.</summary>
internal sealed class Fix(string key, string title, params TextChange[] changes)
{
    /// <summary>The same for fixes that belong together when all of them are applied at once.</summary>
    public string Key { get; } = key;

    /// <summary>What the user picks from the list.</summary>
    public string Title { get; } = title;

    public ImmutableArray<TextChange> Changes { get; } = ImmutableArray.Create(changes);

    /// <summary>Two stretches of the source that change places.</summary>
    public static Fix Swap(string title, SyntaxNode one, SyntaxNode other) =>
        new("swap", title, new TextChange(one.Span, other.ToString()), new TextChange(other.Span, one.ToString()));

    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
