namespace PromptGen.Execution;

/// <summary>
/// A request that a provider's client could not bring to an answer. Its message is made of the client's own words only: text of the
/// provider's error, which may repeat keys or parts of the prompt, is read for its meaning and then dropped.
/// </summary>
/// <param name="code">What went wrong.</param>
/// <param name="message">What went wrong, in words that hold no text of the provider.</param>
/// <param name="innerException">The failure of the transport or of the decoding, where there was one.</param>
public sealed class ProviderRequestException(PromptErrorCode code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public PromptErrorCode Code { get; } = code;

    /// <summary>The HTTP status; null where no answer came or the error stood inside an answer.</summary>
    public int? Status { get; init; }

    /// <summary>The provider's own code for the error, for example <c>insufficient_quota</c>; null where it gave none. Not part of the message.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The provider's id of the request, to be named when asking its support; null where it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the provider asks to wait, 0 or more; null = it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
