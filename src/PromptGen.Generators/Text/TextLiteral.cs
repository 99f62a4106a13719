using System.Text;

namespace PromptGen.Generators.Text;

/// <summary>String literals that are pleasant to read in generated code.</summary>
internal static class TextLiteral
{
    /// <summary>The indentation of the lines of a raw string, relative to the statement that contains it.</summary>
    private const string Indent = "    ";

    /// <summary>A raw string literal where the text has several lines, else a regular one. Lines are parted by <c>\n</c>, for <see cref="SourceWriter"/>.</summary>
    public static string Of(string text)
    {
        if (text.Trim('\n').IndexOf('\n') < 0 || !IsPrintable(text))
        {
            return Literal.String(text);
        }

        var quotes = Quotes(text);
        var literal = new StringBuilder(quotes).Append('\n');
        foreach (var line in text.Split('\n'))
        {
            literal.Append(line.Length == 0 ? "" : Indent).Append(line).Append('\n');
        }

        return literal.Append(Indent).Append(quotes).ToString();
    }

    /// <summary>Quotes enough to put a text between them.</summary>
    public static string Quotes(string text) => new('"', LongestQuoteRun(text) + 1);

    private static bool IsPrintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if ((char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u2028' or '\u2029' or '\u0085' or '\uFEFF')
            {
                return false;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The longest run of quotes, at least 2: a raw string literal starts with three.</summary>
    private static int LongestQuoteRun(string text)
    {
        var longest = 2;
        var run = 0;
        foreach (var c in text)
        {
            run = c == '"' ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }

        return longest;
    }
}
