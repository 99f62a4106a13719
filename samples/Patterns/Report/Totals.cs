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
        var decides = runs.Any(static run => run.Outcomes.Any(static outcome => outcome.DecidedIn is not null));
        TextTable.Write(
            console,
            ["", "right", "wrong", "a person", "requests", "cost", "saved", .. Cell("decided in")],
            [.. runs.Select(run => Row(run.Name, run.Outcomes)), Row($"everything on {ModelName.Of(Models.Sol)}", alone)]);
        console.WriteLine("The last row is measured: the strongest model was asked each time as well.");
        console.WriteLine();

        string[] Row(string name, IReadOnlyList<Outcome> outcomes)
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
                .. Cell(Median(outcomes)),
            ];
        }

        string[] Cell(string text) => decides ? [text] : [];
    }

    /// <summary>The median of the times in which calls were decided: the first ones compile the code.</summary>
    private static string Median(IReadOnlyList<Outcome> outcomes)
    {
        var times = outcomes.Select(static outcome => outcome.DecidedIn).OfType<TimeSpan>().Order().ToList();
        if (times.Count == 0)
        {
            return "";
        }

        var median = times[times.Count / 2];
        return median.TotalMilliseconds >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{median.TotalMilliseconds:0.0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{median.TotalMicroseconds:0} µs");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
