namespace PromptGen.Execution;

/// <summary>What an acceptance check made of a value; the default = accepted.</summary>
/// <param name="Code"><see cref="PromptErrorCode.None"/>, <see cref="PromptErrorCode.NotAccepted"/>, or what ended the check.</param>
/// <param name="Reason">Why the value was turned down.</param>
/// <param name="Exception">What the check threw.</param>
internal readonly record struct AcceptanceVerdict(PromptErrorCode Code, string? Reason = null, Exception? Exception = null);
