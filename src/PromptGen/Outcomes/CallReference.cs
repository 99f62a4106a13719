namespace PromptGen;

/// <summary>
/// Has the id of one call while it is under way. Give it to the call as <see cref="PromptOptions.Call"/>: a stream has no <see cref="PromptResult{T}"/> to read the id from. Each call
/// needs one of its own; where several have the same one, it has the id of the one that began last. Thread-safe.
/// </summary>
public sealed class CallReference
{
    private volatile string? _callId;

    /// <summary>
    /// The id of the call, as <see cref="PromptResult{T}.CallId"/> and <see cref="PromptException.CallId"/>: with it a ledger finds the call, and takes a <see cref="CallVerdict"/> about its
    /// answer. Null until the call has entered its route, which it has before the first item of a stream.
    /// </summary>
    public string? CallId
    {
        get => _callId;
        internal set => _callId = value;
    }
}
