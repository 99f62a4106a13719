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
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            switch (lower)
            {
                case 'ß' or 'ẞ':
                    folded.Append("ss");
                    break;
                case 'æ':
                    folded.Append("ae");
                    break;
                case 'œ':
                    folded.Append("oe");
                    break;
                case 'þ':
                    folded.Append("th");
                    break;
                case 'ĳ':
                    folded.Append("ij");
                    break;
                case >= '\u00C0' and <= '\u017F' when char.IsLetter(lower):
                    folded.Append(Letters[lower - '\u00C0']);
                    break;
                default:
                    folded.Append(char.IsLetterOrDigit(lower) || char.IsSurrogate(lower) ? lower.ToString() : "");
                    break;
            }
        }

        return folded.ToString();
    }

    /// <summary>The signs of a text that make another name of it, as in C# and C++, &lt;5 and &gt;5, 1 and -1; not hyphens between words or at the beginning of a list's item.</summary>
    public static string Signs(string text)
    {
        var bare = text.AsSpan().Trim(Decoration);
        var signs = "";
        for (var i = 0; i < bare.Length; i++)
        {
            var follows = i > 0 && char.IsLetterOrDigit(bare[i - 1]);
            var leads = i + 1 < bare.Length && char.IsLetterOrDigit(bare[i + 1]);
            var isSign = bare[i] switch
            {
                '+' or '#' or '<' or '>' or '=' or '~' or '%' or '&' or '|' or '^' or '≤' or '≥' or '≠' or '±' => follows || leads || signs.Length > 0,
                '-' or '\u2212' => (leads && i == 0) || (follows && i + 1 == bare.Length),
                '!' or '¬' => leads && !follows,
                _ => false,
            };
            signs += isSign ? bare[i].ToString() : "";
        }

        return signs;
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
