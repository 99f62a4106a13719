using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Support;

/// <summary>Who takes a ticket.</summary>
public enum Queue
{
    /// <summary>Payments, invoices, prices, plans.</summary>
    Billing,

    /// <summary>Sign-in, profile, users and their rights, a stolen account.</summary>
    Account,

    /// <summary>The product does not work, or how to use it.</summary>
    Technical,

    /// <summary>Everything else: praise, press, advertising.</summary>
    Other,
}

/// <summary>What the desk wants to know of a ticket. The compiler turns this type into a JSON Schema and a reader that checks every bound.</summary>
public sealed record Triage(
    [property: Description("Who takes the ticket")] Queue Queue,
    [property: Range(1, 5), Description("1 = whenever, 5 = somebody must look now")] int Urgency,
    [property: StringLength(140), Description("One sentence that a human agent can act on")] string Summary,
    [property: Range(0, 1), Description("How sure you are of queue and urgency")] double Confidence);
