using System.Text.Json;

namespace Acme.Support.Tickets;

/// <summary>The tickets that come with the sample.</summary>
public static class TicketFile
{
    /// <summary>Reads all tickets, in the order of the file.</summary>
    public static IReadOnlyList<Ticket> Load()
    {
        using var stream = typeof(TicketFile).Assembly.GetManifestResourceStream("tickets.json")!;

        return JsonSerializer.Deserialize(stream, TicketJson.Default.IReadOnlyListTicket)!;
    }
}
