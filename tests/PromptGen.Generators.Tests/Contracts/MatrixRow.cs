using PromptGen.Generators.Tests.Documents;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>A row of the table of output types.</summary>
internal sealed record MatrixRow(string Type, string Json, string Schema)
{
    private const string Head = "| C# | JSON | schema |";

    /// <summary>What the types of the table need beside what every test has.</summary>
    public const string Usings = """
        global using System.Collections.Frozen;
        global using System.Collections.ObjectModel;
        global using System.Numerics;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        """;

    public static MatrixRow[] Of(Document readme) =>
        [.. readme.Text[readme.Text.IndexOf(Head, StringComparison.Ordinal)..].Split('\n').Skip(2).TakeWhile(static line => line.StartsWith('|')).Select(Parse)];

    /// <summary>Writes the schema of a row into the file.</summary>
    public static void Update(Document readme, string type, string json, string schema)
    {
        var lines = File.ReadAllLines(readme.Path);
        var row = Array.FindIndex(lines, line => line.StartsWith("| `", StringComparison.Ordinal) && Parse(line) is var known && known.Type == type && known.Json == json);
        lines[row] = $"| `{Escape(type)}` | `{Escape(json)}` | `{Escape(schema)}` |";
        File.WriteAllText(readme.Path, string.Join('\n', lines) + "\n");
    }

    // A bar inside of a cell has a backslash before it, in code as well.
    private static MatrixRow Parse(string line)
    {
        var cells = line.Trim('|', ' ').Replace("\\|", "\0", StringComparison.Ordinal).Split('|')
            .Select(static cell => cell.Trim().Trim('`').Replace('\0', '|')).ToArray();
        return new MatrixRow(cells[0], cells[1], cells[2]);
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
