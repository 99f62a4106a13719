using System.Globalization;
using PromptGen.Evaluation;

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

        using var table = new CsvTable(File.OpenText(file));
        if (new[] { "id", "input", "output" }.Any(name => !table.Columns.Contains(name)))
        {
            throw new ArgumentException($"{file} needs the columns id, input and output (USD per million tokens).");
        }

        while (table.Read())
        {
            if (table["id"]?.Trim() == id && table["input"] is { } input && table["output"] is { } output)
            {
                return (Price(input), Price(output));
            }
        }

        return null;

        double Price(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price >= 0 ? price
            : throw new ArgumentException($"{file} has a price of {id} that is no number from 0 on.");
    }
}
