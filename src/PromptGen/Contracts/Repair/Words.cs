using System.Buffers;
using System.Globalization;
using System.Text;

namespace PromptGen.Contracts.Repair;

/// <summary>Names and texts without what does not distinguish them: case, accents, spaces and punctuation.</summary>
internal static class Words
{
    private const string Decoration = " \t\r\n*_`\"'“”‘’";

    private static readonly SearchValues<char> s_decoration = SearchValues.Create(Decoration);
    private static readonly SearchValues<char> s_stops = SearchValues.Create(".!,;");

    // What char.IsWhiteSpace accepts.
    private static readonly SearchValues<char> s_whiteSpace =
        SearchValues.Create("\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000");

    // From U+00C0 to U+017F. By hand, since normalization depends on whether the machine has ICU.
    private const string Letters =
        "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y" +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllllllllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>The letters and digits of a text, in lower case and without accents.</summary>
    public static string Fold(string text) => Fold(text, int.MaxValue)!;

    /// <summary>The same, up to a maximum number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The maximum number.</param>
    /// <param name="guard">Bounds the work; null where the text is short or not part of an answer.</param>
    /// <returns>Null where there are more; the rest of the text is ignored then.</returns>
    public static string? Fold(ReadOnlySpan<char> text, int most, ReadingGuard? guard = null)
    {
        var folded = new StringBuilder(Math.Min(text.Length, 64));
        for (var i = 0; i < text.Length; i++)
        {
            guard?.ChargeSlice(i, text.Length);
            var lower = char.ToLowerInvariant(text[i]);
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

    /// <summary>The same, up to a maximum number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The maximum number.</param>
    /// <param name="guard">Bounds the work; null where the text is not part of an answer.</param>
    /// <returns>Null where there are more; the rest of the text is ignored then.</returns>
    public static string? Signs(ReadOnlySpan<char> text, int most, ReadingGuard? guard = null)
    {
        var bare = guard is null ? text.Trim(Decoration) : text.Trim(s_decoration, guard);
        var signs = default(StringBuilder);
        for (var i = 0; i < bare.Length; i++)
        {
            guard?.ChargeSlice(i, bare.Length);
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
    public static string Bare(string text, ReadingGuard guard) => text.AsSpan().Trim(s_decoration, guard).TrimEnd(s_stops, guard).TrimEnd(s_decoration, guard).ToString();

    /// <summary>A text without the white space around it.</summary>
    public static ReadOnlySpan<char> Trimmed(string text, ReadingGuard guard) => text.AsSpan().Trim(s_whiteSpace, guard);

    /// <summary>The folded words of a text.</summary>
    public static List<string> Of(string text) => Of(text, guard: null);

    /// <inheritdoc cref="Of(string)" />
    public static List<string> Of(string text, ReadingGuard? guard)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            guard?.ChargeSlice(i, text.Length);
            var isWord = i < text.Length
                && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.NonSpacingMark
                    || (text[i] is '\'' or '’' && start >= 0));
            if (isWord && start < 0)
            {
                start = i;
            }
            else if (!isWord && start >= 0)
            {
                words.Add(Fold(text.AsSpan(start, i - start), int.MaxValue, guard)!);
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Whether a folded word turns what follows it into its opposite.</summary>
    public static bool Negates(string word) => word is "not" or "no" or "never" or "neither" or "nor" or "without" or "isnt" or "arent" or "wasnt" or "cannot";
}
