using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Writes JSON values as Python's <c>str</c> writes them: the answers of published benchmarks are compared in this form.</summary>
internal static class PythonText
{
    /// <summary>The text of a value; that of a string is the string.</summary>
    public static string Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Write(new StringBuilder(), value).ToString();

    private static StringBuilder Write(StringBuilder text, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(text, value.GetString()!),
        JsonValueKind.True => text.Append("True"),
        JsonValueKind.False => text.Append("False"),
        JsonValueKind.Number => text.Append(Number(value)),
        JsonValueKind.Array => Join(text, '[', value.EnumerateArray(), static (text, item) => Write(text, item), ']'),
        JsonValueKind.Object => Join(text, '{', value.EnumerateObject(), static (text, member) => Write(Quote(text, member.Name).Append(": "), member.Value), '}'),
        _ => text.Append("None"),
    };

    private static StringBuilder Join<T>(StringBuilder text, char open, IEnumerable<T> items, Func<StringBuilder, T, StringBuilder> write, char close)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            write(isFirst ? text : text.Append(", "), item);
            isFirst = false;
        }

        return text.Append(close);
    }

    private static StringBuilder Quote(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                _ when c == quote => text.Append('\\').Append(c),
                _ when char.IsControl(c) => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => text.Append(c),
            };
        }

        return text.Append(quote);
    }

    private static string Number(JsonElement value)
    {
        var raw = value.GetRawText();
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            return raw;
        }

        var shortest = value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
        return shortest.AsSpan().IndexOfAny('.', 'E') < 0 ? shortest + ".0" : shortest.Replace("E", "e", StringComparison.Ordinal);
    }
}
