namespace PromptGen.Evaluation;

/// <summary>The two heads of a router.</summary>
internal sealed record RouterHeads(LogisticHead Weak, LogisticHead Strong);
