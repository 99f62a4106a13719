namespace PromptGen;

/// <summary>
/// A streamed answer that broke off after a part of it was handed over, and that no other model continued. Its message never holds
/// text of the answer; <see cref="PartialText"/> does.
/// </summary>
/// <param name="code">Why it broke off.</param>
/// <param name="message">What went wrong.</param>
/// <param name="partialText">All text that came.</param>
/// <param name="items">How many items were handed over.</param>
/// <param name="attempts">The ledger of the call.</param>
/// <param name="innerException">The failure, where it was an exception.</param>
public sealed class PromptStreamException(
    PromptErrorCode code,
    string message,
    string partialText,
    int items,
    IReadOnlyList<PromptAttempt>? attempts = null,
    Exception? innerException = null) : PromptException(code, message, attempts, innerException)
{
    /// <summary>All text that came, what was not handed over included.</summary>
    public string PartialText { get; } = partialText;

    /// <summary>How many items were handed over: pieces of text, elements or snapshots.</summary>
    public int Items { get; } = items;
}
