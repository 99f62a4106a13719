using Acme.Support.Report;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Acme.Patterns.Report;

/// <summary>The outcomes of one pattern: who answered, why, at what cost.</summary>
internal static class PatternTable
{
    private const string RoutedBy = "routed by";
    private const string Agreement = "agreement";

    // A column is left out where the console is narrower than this.
    private static readonly (string Title, int FromWidth, Func<Outcome, Outcome, IRenderable> Cell)[] Columns =
    [
        ("case", 0, static (outcome, _) => new Text(outcome.Id)),
        (RoutedBy, 0, static (outcome, _) => new Text(outcome.RoutedBy ?? "first step")),
        (Agreement, 0, static (outcome, _) => new Text(Percent.Of(outcome.Agreement) ?? "no quorum")),
        ("answered by", 120, static (outcome, _) => new Text(ModelName.Of(outcome.ModelId))),
        ("right", 0, static (outcome, _) => Right(outcome)),
        ("cost", 0, static (outcome, _) => new Text(outcome.Cost.ToString())),
        ($"on {ModelName.Of(Models.Sol)}", 100, static (_, alone) => new Text(alone.Cost.ToString())),
        ("attempts and why", 0, static (outcome, _) => Trail.Of(outcome)),
    ];

    /// <summary>Writes one row per call, with what the strongest model alone costs for it. An ensemble shows how far its members agree in place of what routed the call.</summary>
    public static void Write(IAnsiConsole console, Pattern pattern, IReadOnlyList<Outcome> outcomes, IReadOnlyList<Outcome> alone)
    {
        var other = outcomes.Any(static outcome => outcome.Votes.Count > 0) ? RoutedBy : Agreement;
        var columns = Columns.Where(column => console.Profile.Width >= column.FromWidth && column.Title != other).ToList();
        console.WriteLine($"{pattern.Title} ({pattern.Name})");
        TextTable.Write(
            console,
            [.. columns.Select(static column => column.Title)],
            outcomes.Zip(alone, (outcome, baseline) => (IRenderable[])[.. columns.Select(column => column.Cell(outcome, baseline))]));
        console.WriteLine();
    }

    private static Text Right(Outcome outcome) =>
        outcome.IsLeftToPerson ? new Text("–") : outcome.IsRight ? new Text("yes") : new Text("no", new Style(Color.Yellow));
}
