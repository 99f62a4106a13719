using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// Maps offsets in the value of a string literal to offsets in the source: through escapes, doubled quotes, and the quotes and the
/// indentation of raw literals.
/// </summary>
internal sealed class StringLiteralMap(SyntaxToken literal)
{
    private readonly List<int>? _offsets = Offsets(literal.Text, literal.ValueText);

    /// <summary>The stretch of source for a stretch of the literal's value; the whole literal where it is not known.</summary>
    public TextSpan Map(TextSpan value)
    {
        if (_offsets is null || value.End >= _offsets.Count)
        {
            return literal.Span;
        }

        var start = literal.SpanStart + _offsets[value.Start];
        var end = literal.SpanStart + _offsets[value.End];
        return end < start ? literal.Span : TextSpan.FromBounds(start, end);
    }

    /// <summary>The offset in the source text of every character of the value, and of its end; null where the offsets do not match the value.</summary>
    private static List<int>? Offsets(string text, string value)
    {
        var offsets = text.StartsWith("\"\"\"", System.StringComparison.Ordinal) ? Raw(text)
            : text.StartsWith("@", System.StringComparison.Ordinal) ? Verbatim(text)
            : Regular(text);
        return offsets.Count == value.Length + 1 ? offsets : null;
    }

    private static List<int> Regular(string text)
    {
        var offsets = new List<int>();
        var i = 1;
        while (i < text.Length - 1)
        {
            offsets.Add(i);
            if (text[i] != '\\')
            {
                i++;
                continue;
            }

            var kind = i + 1 < text.Length ? text[i + 1] : '\0';
            var length = kind switch
            {
                'u' => 6,
                'U' => 10,
                'x' => 2 + HexDigits(text, i + 2, 4),
                _ => 2,
            };
            if (kind == 'U' && int.TryParse(text.Substring(i + 2, System.Math.Min(8, text.Length - i - 2)), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var point) && point > 0xFFFF)
            {
                offsets.Add(i);
            }

            i += length;
        }

        offsets.Add(i);
        return offsets;
    }

    private static int HexDigits(string text, int start, int most)
    {
        var count = 0;
        while (count < most && start + count < text.Length && System.Uri.IsHexDigit(text[start + count]))
        {
            count++;
        }

        return count;
    }

    private static List<int> Verbatim(string text)
    {
        var offsets = new List<int>();
        var i = 2;
        for (; i < text.Length - 1; i++)
        {
            offsets.Add(i);
            if (text[i] == '"')
            {
                i++;
            }
        }

        offsets.Add(i);
        return offsets;
    }

    private static List<int> Raw(string text)
    {
        var quotes = 0;
        while (quotes < text.Length && text[quotes] == '"')
        {
            quotes++;
        }

        var end = text.Length - quotes;
        var firstBreak = text.IndexOf('\n');
        return firstBreak < 0 || firstBreak > end ? Flat(quotes, end) : Lines(text, firstBreak + 1, end);
    }

    private static List<int> Flat(int start, int end)
    {
        var offsets = new List<int>();
        for (var i = start; i <= end; i++)
        {
            offsets.Add(i);
        }

        return offsets;
    }

    /// <summary>The last line holds the indentation that every line loses; the break before it does not belong to the value.</summary>
    private static List<int> Lines(string text, int start, int end)
    {
        var offsets = new List<int>();
        var lastLine = text.LastIndexOf('\n', end - 1) + 1;
        var indentation = end - lastLine;
        var contentEnd = lastLine - 1 > start && text[lastLine - 2] == '\r' ? lastLine - 2 : lastLine - 1;
        var i = start;
        while (i < contentEnd)
        {
            var lineEnd = text.IndexOf('\n', i, contentEnd - i);
            lineEnd = lineEnd < 0 ? contentEnd : lineEnd + 1;
            var skipped = 0;
            while (skipped < indentation && i < lineEnd && text[i] is ' ' or '\t')
            {
                i++;
                skipped++;
            }

            for (; i < lineEnd; i++)
            {
                offsets.Add(i);
            }
        }

        offsets.Add(System.Math.Max(i, start));
        return offsets;
    }
}
