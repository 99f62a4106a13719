using Microsoft.Extensions.AI;

namespace PromptGen.Journaling;

/// <summary>A request of an item with a journal.</summary>
/// <param name="Journal">The journal of the item.</param>
/// <param name="Entry">The request as it is sent.</param>
internal sealed record JournaledRequest(ItemJournal Journal, JournalEntry Entry)
{
    /// <summary>What it is answered with; null = it is sent.</summary>
    public JournalEntry? Found { get; init; }

    /// <summary>Whether an earlier run sent it, and its outcome is still not known.</summary>
    public bool WasUnknown { get; init; }

    /// <summary>What the journal has of it, where it is sent again, by an earlier run or by this one; null = it is sent for the first time.</summary>
    public JournalEntry? Repeats { get; init; }

    /// <summary>What the requests of earlier runs cost that it repeats.</summary>
    public IReadOnlyList<PromptCost> RepeatedCosts { get; init; } = [];

    /// <summary>Answers the request with what its provider has stored, in place of the client; null = it is sent.</summary>
    public IChatClient? Stored { get; init; }

    /// <summary>The request is sent next.</summary>
    public async ValueTask SentAsync(CancellationToken cancellationToken)
    {
        if (Repeats is { Cost: { IsComplete: false } or { Usd: > 0 } })
        {
            await Journal.KeepRepeatedAsync(Repeats, cancellationToken).ConfigureAwait(false);
        }

        await Journal.WriteAsync(Entry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Its outcome is known: written before it is used, however the caller's token is. One that was cancelled, or whose time was over, stays as it was sent.</summary>
    /// <param name="code">How it ended.</param>
    /// <param name="text">The text of the answer.</param>
    /// <param name="response">The answer; null = the client threw.</param>
    /// <param name="cost">What it cost.</param>
    /// <returns>What was written of a failure, which may be followed by a retry; null = it did not fail.</returns>
    public async ValueTask<JournalEntry?> EndedAsync(PromptErrorCode code, string text, ChatResponse? response, PromptCost cost)
    {
        if (code is PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded)
        {
            return null;
        }

        var failed = response is not null && IsAnswer(code) ? null : Entry with { State = JournalState.Failed, Failure = code, Cost = cost };
        await Journal.WriteAsync(failed ?? Entry with { State = JournalState.Answered, Answer = JournalAnswer.Of(code, text, response!), Cost = cost }, CancellationToken.None).ConfigureAwait(false);
        return failed;
    }

    /// <summary>Whether it is what the model said, and not that something kept it from saying it.</summary>
    private static bool IsAnswer(PromptErrorCode code) => code is PromptErrorCode.None or PromptErrorCode.Refused or PromptErrorCode.Truncated
        or PromptErrorCode.EmptyOutput or PromptErrorCode.ContentFiltered or PromptErrorCode.OutputTooLarge;
}
