namespace Acme.Support.Simulation;

/// <summary>What a simulated model makes of a ticket, before its habits get in the way.</summary>
internal sealed record Judgement(Queue Queue, int Urgency, string Summary, double Confidence);
