using System.Collections.Immutable;
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

    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
