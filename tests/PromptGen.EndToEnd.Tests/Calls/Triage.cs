using System.ComponentModel.DataAnnotations;

namespace PromptGen.EndToEnd.Tests.Calls;

public enum Queue
{
    Billing,
    Account,
    Technical,
}

public sealed record Triage(Queue Queue, [property: Range(1, 5)] int Urgency, [property: Range(0, 1)] double Confidence);
