using Spectre.Console;

namespace Acme.Support.Report;

/// <summary>Shows progress: a counter in place on a terminal, otherwise a line per ticket.</summary>
/// <param name="console">Where to write.</param>
/// <param name="verb">What is done to a ticket.</param>
/// <param name="count">How many tickets there are.</param>
/// <param name="isTerse">Whether to write no lines without a terminal.</param>
internal sealed class TicketProgress(IAnsiConsole console, string verb, int count, bool isTerse = false)
{
    private readonly bool _isTerminal = console.Profile.Out.IsTerminal;

    /// <summary>One more ticket is done.</summary>
    public void Report(int done, TriagedTicket ticket)
    {
        if (_isTerminal)
        {
            console.Profile.Out.Writer.Write($"\r{done} of {count} tickets {verb}");
        }
        else if (!isTerse)
        {
            console.WriteLine($"{done} of {count} {verb}: {ticket.Ticket.Id} {ticket.Result.Value.Queue} by {ModelName.Of(ticket.Result.ModelId)}");
        }
    }

    /// <summary>Everything is done.</summary>
    public void Finish()
    {
        if (_isTerminal || !isTerse)
        {
            console.WriteLine();
        }
    }
}
