using System.Globalization;
using System.Text;

namespace PromptGen.Contracts.Repair;

/// <summary>Names and texts without what does not tell them apart: case, accents, spaces and punctuation.</summary>
internal static class Words
{
    private const string Decoration = " \t\r\n*_`\"'“”‘’";

    // From U+00C0 to U+017F. By hand, since normalization depends on whether the machine has ICU.
    private const string Letters =
        "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y" +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllllllllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>The letters and digits of a text, in lower case and without accents.</summary>
    public static string Fold(string text) => Fold(text, int.MaxValue)!;

    /// <summary>The same, as long as there are not more of them than any text of interest has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many there may be.</param>
    /// <returns>Null where there are more; what follows is not looked at then.</returns>
    public static string? Fold(ReadOnlySpan<char> text, int most)
    {
        var folded = new StringBuilder(Math.Min(text.Length, 64));
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            _ = lower switch
            {
                'ß' or 'ẞ' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                'ĳ' => folded.Append("ij"),
                >= '\u00C0' and <= '\u017F' when char.IsLetter(lower) => folded.Append(Letters[lower - '\u00C0']),
                _ when char.IsLetterOrDigit(lower) || char.IsSurrogate(lower) => folded.Append(lower),
                _ => folded,
            };
            if (folded.Length > most)
            {
                return null;
            }
        }

        return folded.ToString();
    }

    /// <summary>The signs of a text that make another name of it, as in C# and C++, &lt;5 and &gt;5, 1 and -1; not hyphens between words or at the beginning of a list's item.</summary>
    public static string Signs(string text) => Signs(text, int.MaxValue)!;

    /// <summary>The same, as long as there are not more of them than any text of interest has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many there may be.</param>
    /// <returns>Null where there are more; what follows is not looked at then.</returns>
    public static string? Signs(ReadOnlySpan<char> text, int most)
    {
        var bare = text.Trim(Decoration);
        var signs = default(StringBuilder);
        for (var i = 0; i < bare.Length; i++)
        {
            var follows = i > 0 && char.IsLetterOrDigit(bare[i - 1]);
            var leads = i + 1 < bare.Length && char.IsLetterOrDigit(bare[i + 1]);
            var isSign = bare[i] switch
            {
                '+' or '#' or '<' or '>' or '=' or '~' or '%' or '&' or '|' or '^' or '≤' or '≥' or '≠' or '±' => follows || leads || signs is not null,
                '-' or '\u2212' => (leads && i == 0) || (follows && i + 1 == bare.Length),
                '!' or '¬' => leads && !follows,
                _ => false,
            };
            if (!isSign)
            {
                continue;
            }

            signs = (signs ?? new StringBuilder()).Append(bare[i]);
            if (signs.Length > most)
            {
                return null;
            }
        }

        return signs?.ToString() ?? "";
    }

    /// <summary>A text without the markup, quotation marks and full stop around it.</summary>
    public static string Bare(string text) => text.AsSpan().Trim(Decoration).TrimEnd(".!,;").TrimEnd(Decoration).ToString();

    /// <summary>The folded words of a text.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isWord = i < text.Length
                && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.NonSpacingMark
                    || (text[i] is '\'' or '’' && start >= 0));
            if (isWord && start < 0)
            {
                start = i;
            }
            else if (!isWord && start >= 0)
            {
                words.Add(Fold(text[start..i]));
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Whether a folded word turns what follows it into its opposite.</summary>
    public static bool Negates(string word) => word is "not" or "no" or "never" or "neither" or "nor" or "without" or "isnt" or "arent" or "wasnt" or "cannot";
}
