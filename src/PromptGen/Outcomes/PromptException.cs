namespace PromptGen;

/// <summary>
/// A call that gave no answer. Its message names the prompt, the code and the models tried; it never holds text of
/// the prompt, of an answer or of a provider's error, which only <see cref="Exception.InnerException"/> can contain.
/// </summary>
/// <param name="code">Why there is no answer.</param>
/// <param name="message">What went wrong, and the remedy where there is one.</param>
/// <param name="attempts">The ledger of the call.</param>
/// <param name="innerException">The first failure of the call, where it was an exception.</param>
/// <param name="retryAfter">How long the caller should wait before the next call; null = not known.</param>
public class PromptException(
    PromptErrorCode code,
    string message,
    IReadOnlyList<PromptAttempt>? attempts = null,
    Exception? innerException = null,
    TimeSpan? retryAfter = null) : Exception(message, innerException)
{
    /// <summary>Why there is no answer.</summary>
    public PromptErrorCode Code { get; } = code;

    /// <summary>The ledger: every request made, in order.</summary>
    public IReadOnlyList<PromptAttempt> Attempts { get; } = attempts ?? [];

    /// <summary>
    /// The id of the call: with it a ledger finds the call, and takes a <see cref="CallVerdict"/> about it. Null where no ledger records the call, and where the exception is of no call.
    /// </summary>
    public string? CallId { get; internal set; }

    /// <summary>
    /// With <see cref="PromptErrorCode.CircuitOpen"/>: how long it takes until the first model of the route may be asked again; zero or more.
    /// Null with other codes.
    /// </summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
