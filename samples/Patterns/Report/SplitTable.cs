using System.Globalization;
using Acme.Support.Report;
using Spectre.Console;

namespace Acme.Patterns.Report;

/// <summary>What splits of the calls save.</summary>
internal static class SplitTable
{
    /// <summary>Writes one row per split.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<Split> splits)
    {
        console.WriteLine("By prices and output limits, before any request");
        TextTable.Write(
            console,
            ["split", "a call", $"on {ModelName.Of(Models.Sol)}", "saved"],
            splits.Select(static split => (string[])[split.Shares, Usd(split.Usd), Usd(split.AloneUsd), Percent.Saved(split.Usd, split.AloneUsd)]));
    }

    private static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.000000}");
}
