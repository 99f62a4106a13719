namespace PromptGen;

/// <summary>
/// One call as a ledger keeps it: names, codes and numbers. Text of prompts and answers is in it only where <see cref="LedgerOptions.CaptureContent"/> says so.
/// </summary>
public sealed record CallRecord
{
    /// <summary>The id of the call, as <see cref="PromptResult{T}.CallId"/>.</summary>
    public required string CallId { get; init; }

    /// <summary>The call that made this one, as its router, judge or substitute; null = the program made it.</summary>
    public string? ParentCallId { get; init; }

    /// <summary>The name of the prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The version of the prompt, with those of the prompts that it calls.</summary>
    public required string Version { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its start to its end, waits included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How it ended; <see cref="PromptErrorCode.None"/> = with an answer.</summary>
    public required PromptErrorCode Outcome { get; init; }

    /// <summary>Whether the answer is that of the prompt's <see cref="FallbackAttribute"/> method.</summary>
    public bool IsSubstituted { get; init; }

    /// <summary>Whether the answer was kept from an earlier call, or is that of one that was under way.</summary>
    public bool FromCache { get; init; }

    /// <summary>What the call has cost whose answer this is, where <see cref="FromCache"/> is true; else zero.</summary>
    public PromptCost Saved { get; init; } = PromptCost.Zero;

    /// <summary>The model that answered; null where none did.</summary>
    public string? ModelId { get; init; }

    /// <summary>The tier of that model.</summary>
    public Tier? Tier { get; init; }

    /// <summary>What decided where the call entered its route, as the declaration says it; null where nothing did.</summary>
    public string? RoutedBy { get; init; }

    /// <summary>The tier at which it entered; null where it took no step.</summary>
    public Tier? EntryTier { get; init; }

    /// <summary><c>canary</c> or <c>control</c>; null where the prompt has no canary.</summary>
    public string? Arm { get; init; }

    /// <summary>Who paid, as <see cref="PromptBudget.Scope"/> was; null = there was no scope.</summary>
    public string? Scope { get; init; }

    /// <summary>The pipeline that it was part of; null = none.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The stage of that pipeline.</summary>
    public string? Stage { get; init; }

    /// <summary>The W3C trace id of its span, 32 hexadecimal digits; null where nothing was traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>What its own requests have cost. The sum over all calls counts every request once.</summary>
    public required PromptCost Cost { get; init; }

    /// <summary>What it has cost with the calls that it made: routers, judges, substitutes.</summary>
    public required PromptCost FullCost { get; init; }

    /// <summary>Its own requests, in the order in which they were sent.</summary>
    public IReadOnlyList<CallAttempt> Attempts { get; init; } = [];

    /// <summary>What the asked members of an ensemble voted; empty where there was none.</summary>
    public IReadOnlyList<CallVote> Votes { get; init; } = [];

    /// <summary>The weight behind the winner, of the weight of all votes; null where no vote was won.</summary>
    public double? Agreement { get; init; }

    /// <summary>The verdicts on the answer.</summary>
    public IReadOnlyList<CallVerdict> Verdicts { get; init; } = [];
}
