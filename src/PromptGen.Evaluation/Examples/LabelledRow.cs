using System.Globalization;

namespace PromptGen.Evaluation;

/// <summary>A row of a file of labels: its fields by their names in lower case.</summary>
/// <param name="line">The number of its line, from 1.</param>
/// <param name="fields">The fields.</param>
internal sealed class LabelledRow(int line, IReadOnlyDictionary<string, string?> fields)
{
    /// <summary>The first of the fields that the row has.</summary>
    /// <exception cref="FormatException">It has none of them.</exception>
    public string Text(params ReadOnlySpan<string> names) => Find(names) ?? throw Wrong(line, $"it has no '{names[0]}'");

    /// <summary>The first of the fields that the row has and that is not blank, without the space around it; null where there is none.</summary>
    public string? Optional(params ReadOnlySpan<string> names) => Find(names)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A field that is 1, 0, true, false, yes or no.</summary>
    /// <exception cref="FormatException">It is not there, or none of these.</exception>
    public bool Flag(string name) => Text(name).Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" or "1.0" => true,
        "0" or "FALSE" or "NO" or "0.0" => false,
        _ => throw Wrong(line, $"'{name}' is 1 or 0"),
    };

    /// <summary>A field that is a number from 0 to 1.</summary>
    /// <exception cref="FormatException">It is not there, or not such a number.</exception>
    public double Share(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share : throw Wrong(line, $"'{name}' is a number from 0 to 1");

    /// <summary>The exception for a line. It repeats no data.</summary>
    public static FormatException Wrong(int line, string problem) => new(string.Create(CultureInfo.InvariantCulture, $"Line {line} cannot be read: {problem}."));

    private string? Find(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.TryGetValue(name, out var text) && text is not null)
            {
                return text;
            }
        }

        return null;
    }
}
