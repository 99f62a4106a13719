using System.Globalization;
using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Reads labels from CSV with a header (RFC 4180) or from JSON Lines, each also compressed by gzip. Messages have a line's number, and no data.</summary>
internal static class LabelledFile
{
    /// <summary>Reads a file by what its name ends with: <c>.jsonl</c>, else CSV; behind it <c>.gz</c>.</summary>
    /// <exception cref="FormatException">A line cannot be read.</exception>
    public static IReadOnlyList<T> Read<T>(string path, Func<LabelledRow, T> read)
    {
        using var reader = DataFile.Open(path);
        try
        {
            return [.. (DataFile.Is(path, ".jsonl") ? JsonLines(reader) : Csv(reader)).Select(read)];
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("The file is not compressed by gzip, as its name says.", exception);
        }
    }

    public static IEnumerable<LabelledRow> Csv(TextReader reader)
    {
        using var table = new CsvTable(reader);
        var header = table.Columns;
        if (header.Count == 0)
        {
            throw new FormatException("The file is empty: its first line names the columns.");
        }

        while (table.Read())
        {
            var cells = table.Cells;
            if (cells.Count != header.Count)
            {
                throw LabelledRow.Wrong(table.Line, string.Create(CultureInfo.InvariantCulture, $"it has {cells.Count} fields, but the header has {header.Count}"));
            }

            var fields = new Dictionary<string, string?>(header.Count, StringComparer.Ordinal);
            for (var i = 0; i < header.Count; i++)
            {
                fields[header[i]] = cells[i];
            }

            yield return new LabelledRow(table.Line, fields);
        }
    }

    public static IEnumerable<LabelledRow> JsonLines(TextReader reader)
    {
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return new LabelledRow(number, Members(line, number));
            }
        }
    }

    private static Dictionary<string, string?> Members(string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var members = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                members[member.Name.ToLowerInvariant()] = member.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => member.Value.GetString(),
                    _ => member.Value.GetRawText(),
                };
            }

            return members;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw LabelledRow.Wrong(number, "it is no JSON object");
        }
    }
}
