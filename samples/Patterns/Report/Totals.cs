using System.Globalization;
using Acme.Support.Report;
using Spectre.Console;

namespace Acme.Patterns.Report;

/// <summary>The patterns beside the strongest model alone.</summary>
internal static class Totals
{
    /// <summary>Writes one row per pattern.</summary>
    public static void Write(IAnsiConsole console, string subject, IReadOnlyList<(string Name, IReadOnlyList<Outcome> Outcomes)> runs, IReadOnlyList<Outcome> alone)
    {
        var baseline = Outcome.Sum(alone.Select(static outcome => outcome.Cost)).Usd;
        console.WriteLine($"Totals of the same {alone.Count} {subject}");
        TextTable.Write(
            console,
            ["", "right", "wrong", "a person", "requests", "cost", "saved"],
            [.. runs.Select(run => Row(run.Name, run.Outcomes, baseline)), Row($"everything on {ModelName.Of(Models.Sol)}", alone, baseline)]);
        console.WriteLine("The last row is measured: the strongest model was asked each time as well.");
        console.WriteLine();
    }

    private static string[] Row(string name, IReadOnlyList<Outcome> outcomes, decimal baseline)
    {
        var cost = Outcome.Sum(outcomes.Select(static outcome => outcome.Cost));

        return
        [
            name,
            Number(outcomes.Count(static outcome => outcome.IsRight)),
            Number(outcomes.Count(static outcome => outcome is { IsRight: false, IsLeftToPerson: false })),
            Number(outcomes.Count(static outcome => outcome.IsLeftToPerson)),
            Number(outcomes.Sum(static outcome => outcome.Attempts.Count)),
            cost.ToString(),
            Percent.Saved(cost.Usd, baseline),
        ];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
