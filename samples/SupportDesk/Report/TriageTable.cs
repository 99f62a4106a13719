using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Acme.Support.Report;

/// <summary>The table of all tickets.</summary>
internal static class TriageTable
{
    // A column is left out where the console is narrower than this.
    private static readonly (string Title, int FromWidth, Func<TriagedTicket, IRenderable> Cell)[] Columns =
    [
        ("ticket", 0, static ticket => new Text(ticket.Ticket.Id)),
        ("lang", 140, static ticket => new Text(ticket.Ticket.Language)),
        ("kind", 100, static ticket => new Text(ticket.Ticket.Kind)),
        ("queue", 0, Queue),
        ("urgency", 0, static ticket => new Text(ticket.Result.Value.Urgency.ToString(CultureInfo.InvariantCulture))),
        ("answered by", 120, static ticket => new Text(ModelName.Of(ticket.Result.ModelId))),
        ("cost", 0, static ticket => new Text(ticket.Result.Cost.ToString())),
        ("attempts and why", 0, static ticket => Colored(Trail.Of(ticket.Result))),
    ];

    /// <summary>Writes one row per ticket: its queue, the model that answered, the attempts.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<TriagedTicket> tickets)
    {
        var columns = Columns.Where(column => console.Profile.Width >= column.FromWidth).ToList();
        TextTable.Write(
            console,
            [.. columns.Select(static column => column.Title)],
            tickets.Select(ticket => (IRenderable[])[.. columns.Select(column => column.Cell(ticket))]));
    }

    private static Text Queue(TriagedTicket triaged) =>
        triaged.HasWrongQueue
            ? new Text($"{triaged.Result.Value.Queue} ≠ {triaged.Ticket.Queue}", new Style(Color.Yellow))
            : new Text(triaged.Result.Value.Queue.ToString());

    private static Paragraph Colored(string trail)
    {
        var paragraph = new Paragraph();
        foreach (var word in trail.Split(' '))
        {
            paragraph.Append(word + " ", word switch
            {
                "✓" => new Style(Color.Green),
                "✗" => new Style(Color.Red),
                _ => Style.Plain,
            });
        }

        return paragraph;
    }
}
