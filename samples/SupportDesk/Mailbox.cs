using Acme.Support.Report;
using Acme.Support.Tickets;
using PromptGen;

namespace Acme.Support;

/// <summary>Works through tickets, a few at a time, and returns them in order.</summary>
/// <param name="progress">Called with the number of tickets that are done.</param>
internal sealed class Mailbox(Action<int, TriagedTicket> progress)
{
    /// <summary>The product that the tickets are about.</summary>
    public const string Product = "Harbor, a file storage and backup service for teams";

    private const int AtOnce = 4;

    /// <summary>Sends each ticket where it may go: personal data to the self-hosted model, everything else through the cascade.</summary>
    public Task<IReadOnlyList<TriagedTicket>> TriageAsync(IReadOnlyList<Ticket> tickets, SupportDesk desk, CancellationToken cancellationToken) =>
        TriageAsync(
            tickets,
            (ticket, token) => ticket.ContainsPersonalData
                ? desk.TriagePrivatelyAsync(Product, ticket.Text, token)
                : desk.TriageAsync(Product, ticket.Text, token),
            cancellationToken);

    /// <summary>Sends each ticket through a prompt.</summary>
    public async Task<IReadOnlyList<TriagedTicket>> TriageAsync(
        IReadOnlyList<Ticket> tickets,
        Func<Ticket, CancellationToken, Task<PromptResult<Triage>>> triage,
        CancellationToken cancellationToken)
    {
        using var seats = new SemaphoreSlim(AtOnce);
        var running = tickets.Select(ticket => TriageOneAsync(ticket, triage, seats, cancellationToken)).ToList();
        try
        {
            foreach (var (task, index) in running.Select((task, index) => (task, index)))
            {
                progress(index + 1, await task);
            }
        }
        finally
        {
            // Also where one failed or the user pressed Ctrl+C: no task may still hold a seat when the semaphore is disposed.
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return [.. running.Select(task => task.Result)];
    }

    private static async Task<TriagedTicket> TriageOneAsync(
        Ticket ticket,
        Func<Ticket, CancellationToken, Task<PromptResult<Triage>>> triage,
        SemaphoreSlim seats,
        CancellationToken cancellationToken)
    {
        await seats.WaitAsync(cancellationToken);
        try
        {
            return new TriagedTicket(ticket, await triage(ticket, cancellationToken));
        }
        finally
        {
            seats.Release();
        }
    }
}
