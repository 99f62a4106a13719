namespace PromptGen;

/// <summary>One request of an item, as a journal keeps it.</summary>
public sealed record JournalEntry
{
    /// <summary>
    /// Identifies the request within its item: the name of the prompt, the digest of what is sent with the prompt's full version, and the number among equal requests of
    /// the item. An entry replaces the one with the same value. A request that is made again although it may have cost something, since it failed or its
    /// outcome is unknown, keeps its entry under this value with <c>~</c> and a number.
    /// </summary>
    public required string Request { get; init; }

    /// <summary>Identifies the call that made the request, within the item; empty where the request is no longer part of one.</summary>
    public required string Call { get; init; }

    /// <summary>The id of the model that was asked.</summary>
    public required string ModelId { get; init; }

    /// <summary>What the provider finds the answer by, where it stores it; null where it does not. See <see cref="Providers.IStoredAnswers"/>.</summary>
    public string? Handle { get; init; }

    /// <summary>How far the request is.</summary>
    public required JournalState State { get; init; }

    /// <summary>Why no answer came; <see cref="PromptErrorCode.None"/> unless <see cref="State"/> is <see cref="JournalState.Failed"/>.</summary>
    public PromptErrorCode Failure { get; init; }

    /// <summary>The answer; null unless <see cref="State"/> is <see cref="JournalState.Answered"/>.</summary>
    public JournalAnswer? Answer { get; init; }

    /// <summary>What the request cost; not known while it is sent.</summary>
    public PromptCost Cost { get; init; } = PromptCost.Unknown;
}
