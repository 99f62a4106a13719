namespace PromptGen.Execution;

/// <summary>The verdict on an answer.</summary>
/// <param name="Code"><see cref="PromptErrorCode.None"/> = accepted; otherwise what its contract, its acceptance check, or the end of the call during that check says.</param>
/// <param name="Violations">Every breach of the contract.</param>
/// <param name="Rungs">What the reader overlooked.</param>
/// <param name="Reason">Why an acceptance check rejected the value.</param>
/// <param name="Exception">What the acceptance check threw, or one of the output type's own.</param>
/// <param name="IsOpen">Whether the answer goes on: its attempt is entered into the ledger once it has ended.</param>
/// <param name="MayRepair">Whether the model may be asked again with <paramref name="Reason"/>.</param>
/// <param name="IsFinal">Whether no other model is asked where the answer was rejected.</param>
internal sealed record AnswerVerdict(
    PromptErrorCode Code,
    IReadOnlyList<SchemaViolation> Violations,
    IReadOnlyList<string> Rungs,
    string? Reason = null,
    Exception? Exception = null,
    bool IsOpen = false,
    bool MayRepair = false,
    bool IsFinal = false)
{
    /// <summary>What the model is asked to repair: the violations, or the reason of the rejection.</summary>
    public IReadOnlyList<SchemaViolation> ToRepair => MayRepair && Reason is not null ? [SchemaViolation.NotAccepted(Reason)] : Violations;

    /// <summary>The answer is accepted, and nothing in it was overlooked: the verdict on most answers, so that these need none of their own.</summary>
    public static AnswerVerdict Accepted { get; } = new(PromptErrorCode.None, [], []);

    /// <summary>A verdict that says nothing but its code.</summary>
    public static AnswerVerdict Of(PromptErrorCode code) => code == PromptErrorCode.None ? Accepted : new(code, [], []);
}
