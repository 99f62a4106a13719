namespace PromptGen;

/// <summary>One item of a stage: its value, or why it has none.</summary>
/// <typeparam name="T">What the delegate returns.</typeparam>
public sealed class PipelineItem<T>
{
    private readonly T? _value;

    internal PipelineItem(string key, T value, PromptCost cost) => (Key, _value, Cost) = (key, value, cost);

    internal PipelineItem(string key, Exception error, PromptCost cost) => (Key, Error, Cost) = (key, error, cost);

    /// <summary>The key of the item within its stage: what <c>key</c> returned, else its position, from <c>0</c>.</summary>
    public string Key { get; }

    /// <summary>What the delegate returned. Where that is a <see cref="PromptResult{T}"/>, the value is the whole result.</summary>
    /// <exception cref="InvalidOperationException">The item failed: <see cref="Error"/> is the inner exception.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException("The item failed and has no value.", Error);

    /// <summary>
    /// Why the item failed; null = it did not. A <see cref="PromptException"/> with <see cref="PromptErrorCode.BudgetExceeded"/> or
    /// <see cref="PromptErrorCode.DeadlineExceeded"/> where a limit of the pipeline ended it or kept it from starting, else the exception of the delegate.
    /// </summary>
    public Exception? Error { get; }

    /// <summary>What the calls of the item cost until it ended.</summary>
    public PromptCost Cost { get; }
}
