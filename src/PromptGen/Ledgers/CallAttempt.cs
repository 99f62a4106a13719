namespace PromptGen;

/// <summary>One request of a call as a ledger keeps it.</summary>
public sealed record CallAttempt
{
    /// <summary>The model that was asked.</summary>
    public required string ModelId { get; init; }

    /// <summary>The model that the provider says answered; null where it did not say.</summary>
    public string? ResponseModelId { get; init; }

    /// <summary>Who was asked.</summary>
    public required string Provider { get; init; }

    /// <summary>The tier of the model.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Why.</summary>
    public required PromptAttemptReason Reason { get; init; }

    /// <summary>How it ended; <see cref="PromptErrorCode.None"/> = the answer was accepted.</summary>
    public required PromptErrorCode Outcome { get; init; }

    /// <summary>Tokens of the request, cached ones included; null = not known.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens of the answer, those of reasoning included; null = not known.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Tokens of the request that the provider read from its cache; null = not known.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Tokens of the answer that are reasoning; null = not known.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>What it cost.</summary>
    public required PromptCost Cost { get; init; }

    /// <summary>From sending to the end of the check of the answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>From sending to the first part of a streamed answer; null where the answer was not streamed or nothing came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary><c>canary</c> or <c>control</c>; null where the call takes no part in a canary.</summary>
    public string? Arm { get; init; }

    /// <summary>What the reader overlooked; empty where the answer was strictly valid.</summary>
    public IReadOnlyList<string> Rungs { get; init; } = [];

    /// <summary>
    /// Where the answer broke the contract, as JSON pointers, one for each breach. Indexes, keys of dictionaries and names that the contract does not have are <c>*</c>: they are text of the answer.
    /// </summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Whether the caller stopped reading a streamed answer before its end.</summary>
    public bool IsAbandoned { get; init; }

    /// <summary>Whether a journal answered it: nothing was sent.</summary>
    public bool FromJournal { get; init; }

    /// <summary>The messages that were sent, as JSON <c>[{"role":"user","content":"…"}]</c>; null unless <see cref="LedgerOptions.CaptureContent"/>.</summary>
    public string? Request { get; init; }

    /// <summary>The text that came; null unless <see cref="LedgerOptions.CaptureContent"/>.</summary>
    public string? Answer { get; init; }
}
