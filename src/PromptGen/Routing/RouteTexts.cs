using System.ComponentModel;
using PromptGen.Prompts;

namespace PromptGen.Routing;

/// <summary>The conditions of rules on texts. None of them allocates. Generated code calls them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RouteTexts
{
    /// <summary>The tokens that a text is estimated to take; 0 for null.</summary>
    /// <param name="text">The text.</param>
    public static int Tokens(string? text) => text is null ? 0 : PromptSize.Of(text);

    /// <summary>Whether a text holds a phrase as whole words, whatever its case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="phrases">The phrases; empty ones are held by no text.</param>
    public static bool ContainsAny(string? text, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (phrase.Length > 0 && Contains(text, phrase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text holds code: a fence of three backticks or tildes at the start of a line, or at least two lines that look like code in a common language.</summary>
    /// <param name="text">The text.</param>
    public static bool ContainsCode(string? text) => CodeLines.Any(text);

    private static bool Contains(ReadOnlySpan<char> text, string phrase)
    {
        while (text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase) is >= 0 and var start)
        {
            var end = start + phrase.Length;
            var isWhole = (start == 0 || !AreOneWord(text[start - 1], phrase[0])) && (end == text.Length || !AreOneWord(phrase[^1], text[end]));
            if (isWhole)
            {
                return true;
            }

            text = text[(start + 1)..];
        }

        return false;
    }

    private static bool AreOneWord(char left, char right) => IsOfWord(left) && IsOfWord(right);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
