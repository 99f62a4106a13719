namespace PromptGen.Execution;

/// <summary>What an exception of a model's client means.</summary>
/// <param name="Code">Why there is no answer.</param>
/// <param name="RetryAfter">How long the provider asks to wait, 0 or more; null = it did not say.</param>
public readonly record struct PromptFailure(PromptErrorCode Code, TimeSpan? RetryAfter = null);
