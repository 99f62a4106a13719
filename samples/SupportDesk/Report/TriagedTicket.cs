using Acme.Support.Tickets;
using PromptGen;

namespace Acme.Support.Report;

/// <summary>A ticket with its outcome.</summary>
internal sealed record TriagedTicket(Ticket Ticket, PromptResult<Triage> Result)
{
    /// <summary>Whether no model's answer was accepted, so that a person takes over.</summary>
    public bool IsLeftToPerson => Result.ModelId.Length == 0;

    /// <summary>Whether a model chose the queue that a person had chosen.</summary>
    public bool HasExpectedQueue => !IsLeftToPerson && Result.Value.Queue == Ticket.Queue;

    /// <summary>Whether a model chose another queue than a person had.</summary>
    public bool HasWrongQueue => !IsLeftToPerson && Result.Value.Queue != Ticket.Queue;

    /// <summary>Whether a model's urgency is at most one away from the one that a person had chosen.</summary>
    public bool HasCloseUrgency => !IsLeftToPerson && Ticket.Urgency is { } urgency && Math.Abs(Result.Value.Urgency - urgency) <= 1;
}
