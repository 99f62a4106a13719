using Microsoft.Extensions.AI;

namespace PromptGen.Journaling;

/// <summary>A request of an item with a journal.</summary>
/// <param name="Journal">The journal of the item.</param>
/// <param name="Entry">The request as it is sent.</param>
/// <param name="Found">What it is answered with; null = it is sent.</param>
/// <param name="WasUnknown">Whether an earlier run sent it, and its outcome is still not known.</param>
internal sealed record JournaledRequest(ItemJournal Journal, JournalEntry Entry, JournalEntry? Found, bool WasUnknown)
{
    /// <summary>Answers the request with what its provider has stored, in place of the client; null = it is sent.</summary>
    public IChatClient? Stored { get; init; }

    /// <summary>The request is sent next.</summary>
    public ValueTask SentAsync(CancellationToken cancellationToken) => Journal.WriteAsync(Entry, cancellationToken);

    /// <summary>Its outcome is known: written before it is used, however the caller's token is. One that was cancelled, or whose time was over, stays as it was sent.</summary>
    /// <param name="code">How it ended.</param>
    /// <param name="text">The text of the answer.</param>
    /// <param name="response">The answer; null = the client threw.</param>
    /// <param name="cost">What it cost.</param>
    public ValueTask EndedAsync(PromptErrorCode code, string text, ChatResponse? response, PromptCost cost) =>
        code is PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded ? default
        : Journal.WriteAsync(
            response is not null && IsAnswer(code)
                ? Entry with { State = JournalState.Answered, Answer = JournalAnswer.Of(code, text, response), Cost = cost }
                : Entry with { State = JournalState.Failed, Failure = code, Cost = cost },
            CancellationToken.None);

    /// <summary>Whether it is what the model said, and not that something kept it from saying it.</summary>
    private static bool IsAnswer(PromptErrorCode code) => code is PromptErrorCode.None or PromptErrorCode.Refused or PromptErrorCode.Truncated
        or PromptErrorCode.EmptyOutput or PromptErrorCode.ContentFiltered or PromptErrorCode.OutputTooLarge;
}
