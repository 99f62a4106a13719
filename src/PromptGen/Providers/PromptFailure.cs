namespace PromptGen;

/// <summary>What an exception of a model's client means.</summary>
/// <param name="Code">
/// Why there is no answer. Codes that only the runtime can know count as what the client can know of them: <see cref="PromptErrorCode.None"/> and
/// undefined values as <see cref="PromptErrorCode.ProtocolError"/>, <see cref="PromptErrorCode.Cancelled"/> and
/// <see cref="PromptErrorCode.DeadlineExceeded"/> as <see cref="PromptErrorCode.AttemptTimeout"/>.
/// </param>
/// <param name="RetryAfter">How long the provider asks to wait; null = it did not say.</param>
public readonly record struct PromptFailure(PromptErrorCode Code, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// How long the provider asks to wait, from 0 to <see cref="Providers.RetryAfter.Longest"/>; null = it did not say. A longer wait is cut down to
    /// that, a negative one is ignored.
    /// </summary>
    public TimeSpan? RetryAfter { get; init => field = Providers.RetryAfter.Clamp(value); } = Providers.RetryAfter.Clamp(RetryAfter);
}
