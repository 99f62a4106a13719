using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptGen.Benchmarks.Replay;

/// <summary>Writes answers that mean the same in one form. The replayed prompts call it.</summary>
public static partial class ReplayText
{
    /// <summary>The first number of a text, without commas and zeros at its end; the text where it holds none.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The number.</returns>
    public static string Number(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Digits().Match(text.Replace(",", "", StringComparison.Ordinal));
        return match.Success && decimal.TryParse(match.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############", CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>A text on one line, with one kind of quotes and without quotes around it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same text for answers that differ in nothing else.</returns>
    public static string Letters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = text.Replace("\n", "\\n", StringComparison.Ordinal).Replace('"', '\'');
        return escaped.Length > 1 && escaped[0] == '\'' && escaped[^1] == '\'' ? escaped[1..^1] : escaped;
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
