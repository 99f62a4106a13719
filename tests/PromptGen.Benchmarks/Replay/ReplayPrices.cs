using System.Globalization;

namespace PromptGen.Benchmarks.Replay;

/// <summary>Prices of replayed models: from <c>prices.csv</c> in the folder (columns id, input, output, in USD per million tokens), else the list prices of August 2024; else unknown.</summary>
internal static class ReplayPrices
{
    private static readonly Dictionary<string, (double Input, double Output)> s_list = new(StringComparer.Ordinal)
    {
        ["gpt-4o-mini-2024-07-18"] = (0.15, 0.60),
        ["gpt-4o-2024-05-13"] = (5, 15),
        ["gpt-4o-2024-08-06"] = (2.50, 10),
        ["gpt-3.5-turbo-0125"] = (0.50, 1.50),
        ["gemini-1.5-flash"] = (0.075, 0.30),
        ["gemini-1.5-pro"] = (3.50, 10.50),
        ["claude-3-haiku-20240307"] = (0.25, 1.25),
        ["claude-3-5-sonnet-20240620"] = (3, 15),
        ["claude-3-opus-20240229"] = (15, 75),
    };

    public static ReplayModel Of(string folder, string id) =>
        Listed(Path.Combine(folder, "prices.csv"), id) is { } listed ? new ReplayModel(id, listed.Input, listed.Output)
        : s_list.TryGetValue(id, out var known) ? new ReplayModel(id, known.Input, known.Output)
        : new ReplayModel(id, null, null);

    private static (double Input, double Output)? Listed(string file, string id)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var rows = File.ReadLines(file).Where(static line => !string.IsNullOrWhiteSpace(line)).Select(static line => line.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var columns = new[] { "id", "input", "output" }.Select(name => rows.Length == 0 ? -1 : Array.IndexOf(rows[0], name)).ToArray();
        if (columns.Contains(-1))
        {
            throw new ArgumentException($"{file} needs the columns id, input and output (USD per million tokens).");
        }

        return rows.Skip(1).FirstOrDefault(cells => cells.Length > columns.Max() && cells[columns[0]] == id) is not { } row ? null
            : double.TryParse(row[columns[1]], NumberStyles.Float, CultureInfo.InvariantCulture, out var input)
                && double.TryParse(row[columns[2]], NumberStyles.Float, CultureInfo.InvariantCulture, out var output)
                && input >= 0 && output >= 0 ? (input, output)
            : throw new ArgumentException($"{file} has a price of {id} that is no number from 0 on.");
    }
}
