namespace PromptGen;

/// <summary>What an acceptance check says of an answer that it rejects.</summary>
/// <param name="Reason">Why.</param>
/// <param name="IsRepairable">Whether the reason may be sent back to the model.</param>
public readonly record struct PromptRejection(string Reason, bool IsRepairable = false);
