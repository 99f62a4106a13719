using Microsoft.Extensions.AI;
using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>
/// Turns the updates of one streamed answer into the items that a caller gets. Each character is looked at once, wherever updates begin and
/// end. Used for one answer after another, not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal abstract class ItemReader<T>
{
    /// <summary>The text so far.</summary>
    protected AnswerBuffer Answer { get; } = new();

    /// <summary>Bounds the work on the whole answer; null where the reader does not parse the text.</summary>
    public virtual ReadingGuard? Guard => null;

    /// <summary>The item that <see cref="MoveNext"/> found.</summary>
    public T Current { get; protected set; } = default!;

    /// <summary>What is wrong with the answer; <see cref="PromptErrorCode.None"/> = nothing so far.</summary>
    public PromptErrorCode Code { get; private set; }

    /// <summary>Every breach of the contract that was found.</summary>
    public IReadOnlyList<SchemaViolation> Violations { get; private set; } = [];

    /// <summary>What a check of the output type threw; null = none threw.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether how the model ended its answer (at a limit, by a filter, with a refusal) is the caller's business alone. An answer that was cut off is never whole.</summary>
    public virtual bool TakesAnyEnd => false;

    /// <summary>What was overlooked, in order.</summary>
    public virtual IReadOnlyList<string> Rungs => [];

    /// <summary>All text that came.</summary>
    public virtual string Text => Answer.ToString();

    /// <summary>How much text there is, in characters.</summary>
    public int Length => Answer.Length;

    /// <summary>Whether another answer can continue what was handed over.</summary>
    public virtual bool CanContinue => false;

    /// <summary>Whether an answer that should continue what was handed over begins like that and then differs from it.</summary>
    public virtual bool HasDiverged => false;

    /// <summary>A reader of the same items that has read nothing.</summary>
    public abstract ItemReader<T> Another();

    /// <summary>Forgets the answer before, of which nothing was handed over, and begins another.</summary>
    public virtual void Begin()
    {
        Answer.Clear();
        Reset();
    }

    /// <summary>How another model is asked for what follows the items that were handed over.</summary>
    /// <param name="count">How many items were handed over.</param>
    public virtual Continuation ContinuationBehind(int count) => throw new NotSupportedException();

    /// <summary>Begins an answer that continues what was handed over: where it repeats that, the repetition makes no items.</summary>
    /// <param name="count">How many items were handed over.</param>
    public virtual void Continue(int count) => throw new NotSupportedException();

    /// <summary>Takes in an update. <see cref="MoveNext"/> finds its items.</summary>
    public virtual void Add(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is TextContent { Text: { Length: > 0 } text })
            {
                Append(text);
            }
        }

        if (Answer.Length > ContractLimits.AnswerLength)
        {
            Fail(PromptErrorCode.OutputTooLarge);
        }
    }

    /// <summary>Goes to the next item that is complete.</summary>
    /// <returns>False where none is: more has to come, or <see cref="Code"/> is an error.</returns>
    public bool MoveNext()
    {
        try
        {
            return FindNext();
        }
        catch (ReadingEndedException ended)
        {
            Fail(ended.Code);
            return false;
        }
    }

    /// <summary>Ends an answer that was received completely: judges it, and lets <see cref="MoveNext"/> find the items that depend on the end.</summary>
    public void End()
    {
        try
        {
            Judge();
        }
        catch (ReadingEndedException ended)
        {
            Fail(ended.Code);
        }
    }

    /// <summary>Takes in text of the answer.</summary>
    protected virtual void Append(string text) => Answer.Append(text);

    protected void Reset()
    {
        Guard?.Begin();
        Code = PromptErrorCode.None;
        Violations = [];
        Failure = null;
    }

    /// <inheritdoc cref="MoveNext" />
    protected abstract bool FindNext();

    /// <inheritdoc cref="End" />
    protected abstract void Judge();

    protected void Fail(PromptErrorCode code, IReadOnlyList<SchemaViolation>? violations = null, Exception? failure = null)
    {
        Code = code;
        Violations = violations ?? [];
        Failure = failure;
    }
}
