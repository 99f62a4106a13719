namespace Acme.Support.Report;

/// <summary>Says how far the work is: a counter in place on a terminal, else a line per ticket.</summary>
/// <param name="output">Where to write.</param>
/// <param name="verb">What is done to a ticket.</param>
/// <param name="count">How many tickets there are.</param>
/// <param name="isTerse">Whether to write no lines where there is no terminal.</param>
internal sealed class Progress(TextWriter output, string verb, int count, bool isTerse = false)
{
    private readonly bool _isTerminal = output == Console.Out && !Console.IsOutputRedirected;

    /// <summary>One more ticket is done.</summary>
    public void Report(int done, TriagedTicket ticket)
    {
        if (_isTerminal)
        {
            output.Write($"\r{done} of {count} tickets {verb}");
        }
        else if (!isTerse)
        {
            output.WriteLine($"{done} of {count} {verb}: {ticket.Ticket.Id} {ticket.Result.Value.Queue} by {ModelName.Of(ticket.Result.ModelId)}");
        }
    }

    /// <summary>Everything is done.</summary>
    public void Finish()
    {
        if (_isTerminal || !isTerse)
        {
            output.WriteLine();
        }
    }
}
