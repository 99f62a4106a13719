using System.Globalization;

namespace Acme.Support.Report;

/// <summary>The table of all tickets.</summary>
internal static class TriageTable
{
    /// <summary>Writes one row per ticket: where it went, who answered, what it took.</summary>
    public static void Write(TextWriter output, IReadOnlyList<TriagedTicket> tickets)
    {
        string[] head = ["ticket", "lang", "kind", "queue", "urgency", "answered by", "cost", "attempts and why"];

        TextTable.Write(output, [head, .. tickets.Select(Row)]);
    }

    private static string[] Row(TriagedTicket triaged)
    {
        var (ticket, result) = triaged;
        var queue = triaged.IsLeftToPerson || triaged.HasExpectedQueue ? result.Value.Queue.ToString() : $"{result.Value.Queue} ≠ {ticket.Queue}";

        return
        [
            ticket.Id,
            ticket.Language,
            ticket.Kind,
            queue,
            result.Value.Urgency.ToString(CultureInfo.InvariantCulture),
            ModelName.Of(result.ModelId),
            result.Cost.ToString(),
            Trail.Of(result),
        ];
    }
}
