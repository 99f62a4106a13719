using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace PromptGen.Evaluation;

/// <summary>Reads labels from CSV with a header (RFC 4180) or from JSON Lines, each also compressed by gzip. Messages have a line's number, and no data.</summary>
internal static class LabelledFile
{
    /// <summary>Reads a file by what its name ends with: <c>.jsonl</c>, else CSV; behind it <c>.gz</c>.</summary>
    /// <exception cref="FormatException">A line cannot be read.</exception>
    public static IReadOnlyList<T> Read<T>(string path, Func<LabelledRow, T> read)
    {
        using var file = File.OpenRead(path);
        var isCompressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using var stream = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(stream);
        var name = isCompressed ? path[..^3] : path;
        try
        {
            return [.. (name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? JsonLines(reader) : Csv(reader)).Select(read)];
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("The file is not compressed by gzip, as its name says.", exception);
        }
    }

    public static IEnumerable<LabelledRow> Csv(TextReader reader)
    {
        // A quotation mark in the middle of a field without quotes is data.
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read())
        {
            throw new FormatException("The file is empty: its first line names the columns.");
        }

        var header = csv.Record!.Select(static name => name.Trim('\uFEFF', ' ').ToLowerInvariant()).ToArray();
        while (csv.Read())
        {
            var record = csv.Record!;
            if (record.Length != header.Length)
            {
                throw LabelledRow.Wrong(csv.RawRow, string.Create(CultureInfo.InvariantCulture, $"it has {record.Length} fields, but the header has {header.Length}"));
            }

            var fields = new Dictionary<string, string?>(header.Length, StringComparer.Ordinal);
            for (var i = 0; i < header.Length; i++)
            {
                fields[header[i]] = record[i];
            }

            yield return new LabelledRow(csv.RawRow, fields);
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
