using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>A line of a JSON Lines file, which holds an object.</summary>
internal readonly record struct JsonLine(string File, int LineNumber, JsonElement Value)
{
    private const double Largest = 1e15;

    /// <summary>The lines of a file, compressed where its name ends with <c>.gz</c>. Empty lines are left out.</summary>
    /// <exception cref="RecordedDataException">The file cannot be read, or a line is no object.</exception>
    public static IEnumerable<JsonLine> Read(string file)
    {
        var number = 0;
        foreach (var text in ReadText(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(file, number, text);
            }
        }
    }

    /// <summary>Opens a text file, compressed where its name ends with <c>.gz</c>.</summary>
    /// <exception cref="RecordedDataException">The file cannot be opened.</exception>
    public static StreamReader Open(string file)
    {
        try
        {
            return DataFile.Open(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordedDataException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>File and line, for messages.</summary>
    public string Place => $"'{File}', line {LineNumber}";

    /// <summary>The id of the line: a string, or a number as it is written.</summary>
    public string Id() => Scalar("id") is { Length: > 0 } id ? id : throw Error("has no id");

    /// <summary>A member as text; null where it is absent or null.</summary>
    public string? Scalar(string name) => Value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
        ? member.ValueKind == JsonValueKind.String ? Text(member) : PythonText.Of(member)
        : null;

    /// <summary>A member as JSON where it is an object or an array; else null.</summary>
    public string? Json(string name) => Value.TryGetProperty(name, out var member) && member.ValueKind is (JsonValueKind.Object or JsonValueKind.Array) ? member.GetRawText() : null;

    /// <summary>A member as a number; null where it is absent, or no number, or larger than any score, cost or time.</summary>
    public double? Number(string name) => Value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.GetDouble() is > -Largest and < Largest and var number ? number : null;

    /// <summary>The text of a string, which may hold half of a surrogate pair.</summary>
    public string Text(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw Error("has text that is not valid Unicode", exception);
        }
    }

    /// <summary>What is wrong with the line.</summary>
    public RecordedDataException Error(string problem, Exception? inner = null) => new($"{Place} {problem}.", inner);

    private static JsonLine Parse(string file, int number, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var line = new JsonLine(file, number, document.RootElement.Clone());
            return line.Value.ValueKind == JsonValueKind.Object ? line : throw line.Error("is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw new RecordedDataException($"'{file}', line {number} is not valid JSON (byte {exception.BytePositionInLine}).", exception);
        }
    }

    private static IEnumerable<string> ReadText(string file)
    {
        using var reader = Open(file);
        while (Next(reader, file) is { } line)
        {
            yield return line;
        }
    }

    private static string? Next(StreamReader reader, string file)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new RecordedDataException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }
}
