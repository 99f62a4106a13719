using PromptGen.Providers;

namespace PromptGen;

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

    /// <summary>The HTTP status; null where no answer came or the error was inside an answer.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// The provider's own code for the error, for example <c>insufficient_quota</c>; null where it gave none. Not part of the message. Kept where it
    /// has the form of a name: up to 128 of <c>A–Z a–z 0–9 _ - . : / @ +</c>, and not the form of a key. Anything else becomes <c>redacted</c>.
    /// </summary>
    public string? ErrorCode { get; init => field = ProviderText.Name(value); }

    /// <summary>The provider's id of the request, to be named when asking its support; null where it gave none. Kept by the same rule as <see cref="ErrorCode"/>.</summary>
    public string? RequestId { get; init => field = ProviderText.Name(value); }

    /// <summary>
    /// How long the provider asks to wait, from 0 to <see cref="Providers.RetryAfter.Longest"/>; null = it did not say. A longer wait is cut down to
    /// that, a negative one is ignored.
    /// </summary>
    public TimeSpan? RetryAfter { get; init => field = Providers.RetryAfter.Clamp(value); }
}
