using Microsoft.Extensions.AI;

namespace PromptGen;

/// <summary>One physical request to one model: a line of the ledger.</summary>
public sealed class PromptAttempt
{
    private PromptErrorCode _outcome;
    private string? _rejectionReason;

    /// <summary>The id of the model that was asked.</summary>
    public required string ModelId { get; init; }

    /// <summary>
    /// The id that the provider says answered; null where it did not say. <c>redacted</c> where that does not have the form of a name; see
    /// <see cref="ProviderRequestException.ErrorCode"/>.
    /// </summary>
    public string? ResponseModelId { get; init; }

    /// <summary>Who was asked.</summary>
    public required string Provider { get; init; }

    /// <summary>The tier of the model.</summary>
    public required Tier Tier { get; init; }

    /// <summary>The name of the prompt that made it: the call's own, or one that the call used as its judge, router or substitute.</summary>
    public string Prompt { get; init; } = "";

    /// <summary><c>canary</c> or <c>control</c>, as <see cref="PromptResult{T}.Arm"/> when it was made; null where the call takes no part in a canary.</summary>
    public string? Arm { get; init; }

    /// <summary>Why the attempt was made.</summary>
    public required PromptAttemptReason Reason { get; init; }

    /// <summary>How it ended; <see cref="PromptErrorCode.None"/> = the answer was accepted.</summary>
    public required PromptErrorCode Outcome
    {
        get => _outcome;
        init => _outcome = value;
    }

    /// <summary>The tokens that the provider reported, as far as they are possible; null where it reported none.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>
    /// Whether the provider reported tokens that cannot be: negative, more than the model's context window or output limit allow (10,000,000
    /// where the catalog does not say), more cached than input or more reasoning than output tokens. <see cref="Usage"/> then holds the
    /// nearest possible numbers, and <see cref="Cost"/> is not complete.
    /// </summary>
    public bool IsUsageImplausible { get; init; }

    /// <summary>What the attempt cost. Not complete where usage or price is unknown, or the usage is impossible.</summary>
    public required PromptCost Cost { get; init; }

    /// <summary>From sending to the end of the check of the answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Every breach of the contract in the answer; empty where there was none.</summary>
    public IReadOnlyList<SchemaViolation> Violations { get; init; } = [];

    /// <summary>Why an acceptance check rejected the answer; null where none did.</summary>
    public string? RejectionReason
    {
        get => _rejectionReason;
        init => _rejectionReason = value;
    }

    /// <summary>What the reader had to overlook before the answer could be read, for example a code fence; empty where it was strictly valid.</summary>
    public IReadOnlyList<string> Rungs { get; init; } = [];

    /// <summary>
    /// Whether the caller stopped reading the streamed answer before its end. <see cref="Outcome"/> is then <see cref="PromptErrorCode.None"/>:
    /// what was read of it was accepted. The usage is mostly not known, since it comes last.
    /// </summary>
    public bool IsAbandoned { get; init; }

    /// <summary>
    /// Whether an earlier run of the pipeline made the request and <see cref="PipelineOptions.Journal"/> answered it now: nothing was sent. <see cref="Usage"/> and
    /// <see cref="Cost"/> are those of the earlier run.
    /// </summary>
    public bool FromJournal { get; init; }

    /// <summary>From sending to the first part of a streamed answer; null where the answer was not streamed, or nothing came.</summary>
    public TimeSpan? TimeToFirstToken => FirstTokenMicroseconds == 0 ? null : TimeSpan.FromMicroseconds(FirstTokenMicroseconds);

    /// <summary><see cref="TimeToFirstToken"/>, at least 1; 0 = nothing came in parts. As small as it can be: every request has one.</summary>
    internal int FirstTokenMicroseconds { get; init; }

    /// <summary>How deep inside other calls the call is that made it.</summary>
    internal byte Level { get; init; }

    /// <summary>The place among the requests of the call.</summary>
    internal int Order { get; init; }

    /// <summary>Its answer was rejected after it had been entered into the ledgers, all of which hold this object.</summary>
    internal void Reject(PromptErrorCode outcome, string? reason) => (_rejectionReason, _outcome) = (reason, outcome);

    /// <summary>
    /// For example <c>gpt-5.6-luna (Initial): SchemaMismatch, /urgency: expected an integer from 1 to 5</c>, or <c>claude-sonnet-5 (Escalation): accepted</c>. Holds no text of
    /// prompt or answer: of a violation the place and what was expected, of an acceptance check the reason where that is a constant of the program.
    /// </summary>
    /// <returns>Model, reason, outcome, and why.</returns>
    public override string ToString() => $"{ModelId} ({Reason}): {(Outcome == PromptErrorCode.None ? "accepted" : Outcome.ToString())}{AttemptDetail.Of(this)}";
}
