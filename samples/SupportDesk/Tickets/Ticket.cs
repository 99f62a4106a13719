namespace Acme.Support.Tickets;

/// <summary>One support ticket of the sample's mailbox.</summary>
public sealed record Ticket
{
    /// <summary>Shown in the table; the models never see it.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the customer.</summary>
    public required string Customer { get; init; }

    /// <summary>ISO 639-1 code.</summary>
    public required string Language { get; init; }

    /// <summary>What the ticket is there to show, for example <c>injection</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the customer wrote.</summary>
    public required string Text { get; init; }

    /// <summary>The queue that a person chose; the models never see it. Null where it has not been reviewed.</summary>
    public Queue? Queue { get; init; }

    /// <summary>The urgency that a person chose.</summary>
    public int? Urgency { get; init; }

    /// <summary>Whether the ticket may be shown to self-hosted models only.</summary>
    public bool ContainsPersonalData { get; init; }
}
