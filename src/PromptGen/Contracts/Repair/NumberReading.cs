using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptGen.Contracts.Repair;

/// <summary>Numbers that are written as text. A comma groups thousands or it is no number: what it would be elsewhere is a guess.</summary>
internal static partial class NumberReading
{
    private const int Longest = 64;
    private const int LongestProse = 4096;

    /// <summary>The number as JSON writes it; null where the text is none, or can be read in two ways.</summary>
    public static string? Find(string text, bool isInteger, Tolerance tolerance, ReadingGuard guard, out Rungs rungs)
    {
        rungs = Rungs.NumberText;
        var bare = Words.Bare(text, guard);
        if (bare.Length <= Longest && Plain(bare.Replace('\u2212', '-'), isInteger) is { } number)
        {
            return number;
        }

        // Too long a text for one number to be its meaning.
        return tolerance == Tolerance.Salvage && text.Length <= LongestProse ? Salvaged(text.Replace('\u2212', '-'), bare.Replace('\u2212', '-'), isInteger, ref rungs) : null;
    }

    /// <summary>The nearest integer to a number that has a fraction; null where it has none, or is too large for there to be one.</summary>
    public static string? Round(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value != decimal.Truncate(value)
            ? decimal.Round(value, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? Plain(string text, bool isInteger)
    {
        var match = PlainNumber().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var whole = match.Groups["whole"].Value;
        var fraction = match.Groups["fraction"].Value;
        // Where a fraction is possible, "12,111" is ambiguous: its comma may be a decimal separator.
        if (!isInteger && fraction.Length == 0 && whole.Count(static c => c == ',') == 1)
        {
            return null;
        }

        whole = whole.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).TrimStart('0');
        return (text[0] == '-' ? "-" : "") + (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction) + match.Groups["exponent"].Value;
    }

    private static string? Salvaged(string text, string bare, bool isInteger, ref Rungs rungs)
    {
        var matches = NumberInText().Matches(text);
        if (matches is not [var match])
        {
            return matches is { Count: 2 } && FractionText().Match(bare) is { Success: true } fraction ? Divided(fraction, isInteger, ref rungs) : null;
        }

        var number = Plain(match.Value, isInteger);
        var before = text[..match.Index].Trim();
        var after = text[(match.Index + match.Length)..].Trim();
        if (number is null || (before.Length > 0 && before[^1] is '.' or ',' or '/') || (after.Length > 1 && after[0] is ',' or '/' && char.IsDigit(after[1])))
        {
            return null;
        }

        var isCurrency = (before.Length > 0 && IsCurrency(before[^1])) || (after.Length > 0 && IsCurrency(after[0]));
        var isPercent = after.Length > 0 && after[0] == '%';
        rungs |= isCurrency ? Rungs.Currency : Rungs.None;
        rungs |= isPercent ? Rungs.Percent : Rungs.None;
        // In accounts a number in parentheses, or with its minus behind, is a negative one.
        var isAccounted = (before.EndsWith('(') && after.StartsWith(')')) || (after.Length > 0 && after[0] == '-' && (after.Length == 1 || !char.IsLetter(after[1])));
        if (isAccounted || (before.EndsWith('-') && number[0] == '-'))
        {
            return null;
        }

        var isNegative = before.EndsWith('-') || (isCurrency && before.Length > 1 && before[^2] == '-');
        number = isNegative && number[0] != '-' ? "-" + number : number;
        rungs |= before.Any(IsWord) || after.Any(IsWord) ? Rungs.FromProse : Rungs.None;
        return Words.Of(before) is [.., var last] && Words.Negates(last) ? null : number;
    }

    private static string? Divided(Match fraction, bool isInteger, ref Rungs rungs)
    {
        var above = decimal.Parse(fraction.Groups[1].Value, CultureInfo.InvariantCulture);
        var below = decimal.Parse(fraction.Groups[2].Value, CultureInfo.InvariantCulture);
        rungs |= Rungs.Fraction;
        return below == 0 || (isInteger && above % below != 0) ? null : (above / below).ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || "<>~+=≈≤≥±".Contains(c, StringComparison.Ordinal);

    private static bool IsCurrency(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    [GeneratedRegex(@"^[+-]?((?<whole>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,3}(_[0-9]{3})+|[0-9]+)(\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][+-]?[0-9]{1,3})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();

    // A whole run of digits and separators that no letter touches: half of "1.234,56" is not a number in it.
    [GeneratedRegex(@"(?<![\p{L}0-9_.,])-?[0-9]([0-9,]*[0-9])?(\.[0-9]+)?(?![\p{L}0-9_]|[.,][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex NumberInText();

    [GeneratedRegex(@"^(-?[0-9]{1,9})\s*/\s*([0-9]{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex FractionText();
}
