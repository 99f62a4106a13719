using Acme.Support.Report;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Acme.Patterns.Report;

/// <summary>The outcomes of one pattern: who answered, why, at what cost.</summary>
internal static class PatternTable
{
    // A column is left out where the console is narrower than this.
    private static readonly (string Title, int FromWidth, Func<Outcome, Outcome, IRenderable> Cell)[] Columns =
    [
        ("question", 0, static (outcome, _) => new Text(outcome.Question.Id)),
        ("routed by", 0, static (outcome, _) => new Text(outcome.RoutedBy ?? "first step")),
        ("answered by", 120, static (outcome, _) => new Text(ModelName.Of(outcome.ModelId))),
        ("right", 0, static (outcome, _) => Right(outcome)),
        ("cost", 0, static (outcome, _) => new Text(outcome.Cost.ToString())),
        ($"on {ModelName.Of(Models.Sol)}", 100, static (_, alone) => new Text(alone.Cost.ToString())),
        ("attempts and why", 0, static (outcome, _) => Trail.Of(outcome)),
    ];

    /// <summary>Writes one row per question, with what the strongest model alone costs for it.</summary>
    public static void Write(IAnsiConsole console, Pattern pattern, IReadOnlyList<Outcome> outcomes, IReadOnlyList<Outcome> alone)
    {
        var columns = Columns.Where(column => console.Profile.Width >= column.FromWidth).ToList();
        console.WriteLine($"{pattern.Title} ({pattern.Name})");
        TextTable.Write(
            console,
            [.. columns.Select(static column => column.Title)],
            outcomes.Zip(alone, (outcome, other) => (IRenderable[])[.. columns.Select(column => column.Cell(outcome, other))]));
        console.WriteLine();
    }

    private static Text Right(Outcome outcome) =>
        outcome.IsLeftToPerson ? new Text("–") : outcome.IsRight ? new Text("yes") : new Text("no", new Style(Color.Yellow));
}
