#if NET9_0_OR_GREATER
using System.Buffers;
#endif
using System.ComponentModel;

namespace PromptGen.Routing;

/// <summary>The phrases of a rule, prepared for the search. Generated code makes one per rule.</summary>
/// <param name="phrases">The phrases; empty ones are held by no text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RoutePhrases(params string[] phrases)
{
    private readonly string[] _phrases = Array.FindAll(phrases, static phrase => phrase.Length > 0);
#if NET9_0_OR_GREATER
    private readonly SearchValues<string> _any = SearchValues.Create(Array.FindAll(phrases, static phrase => phrase.Length > 0), StringComparison.OrdinalIgnoreCase);
#endif

    /// <summary>Whether a text holds one of them as whole words regardless of case. Allocates nothing.</summary>
    /// <param name="text">The text.</param>
    public bool AreIn(string? text)
    {
        ReadOnlySpan<char> all = text;
#if NET9_0_OR_GREATER
        // One pass for all phrases, many characters at a time.
        for (var start = 0; all[start..].IndexOfAny(_any) is >= 0 and var found; start++)
        {
            start += found;
            foreach (var phrase in _phrases)
            {
                if (all[start..].StartsWith(phrase, StringComparison.OrdinalIgnoreCase) && IsWhole(all, start, phrase.Length))
                {
                    return true;
                }
            }
        }
#else
        foreach (var phrase in _phrases)
        {
            for (var start = 0; all[start..].IndexOf(phrase, StringComparison.OrdinalIgnoreCase) is >= 0 and var found; start++)
            {
                start += found;
                if (IsWhole(all, start, phrase.Length))
                {
                    return true;
                }
            }
        }
#endif
        return false;
    }

    private static bool IsWhole(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        return (start == 0 || !AreOneWord(text[start - 1], text[start])) && (end == text.Length || !AreOneWord(text[end - 1], text[end]));
    }

    private static bool AreOneWord(char left, char right) => IsOfWord(left) && IsOfWord(right);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
