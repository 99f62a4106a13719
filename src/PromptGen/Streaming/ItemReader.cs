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
    public string Text => Answer.ToString();

    /// <summary>A reader of the same items that has read nothing.</summary>
    public abstract ItemReader<T> Another();

    /// <summary>Forgets the answer before, of which nothing was handed over, and begins another.</summary>
    public virtual void Begin()
    {
        Answer.Clear();
        Guard?.Begin();
        Code = PromptErrorCode.None;
        Violations = [];
        Failure = null;
    }

    /// <summary>Takes in an update. <see cref="MoveNext"/> finds its items.</summary>
    public virtual void Add(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is TextContent { Text: { Length: > 0 } text })
            {
                Answer.Append(text);
            }
        }

        if (Answer.Length > ContractLimits.AnswerLength)
        {
            Fail(PromptErrorCode.OutputTooLarge);
        }
    }

    /// <summary>Goes to the next item that is complete.</summary>
    /// <returns>False where none is: more has to come, or <see cref="Code"/> tells what is wrong.</returns>
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

    /// <summary>Says that the answer has ended in good order: judges it, and lets <see cref="MoveNext"/> find what was waiting for the end.</summary>
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
