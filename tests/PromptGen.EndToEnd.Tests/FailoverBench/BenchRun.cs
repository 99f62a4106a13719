namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>How a call ended for its caller.</summary>
internal enum BenchOutcome
{
    Success,
    Error,

    /// <summary>There was no result a second after the scenario's limit, and the call was cancelled.</summary>
    Hang,
}

/// <summary>What one call gave its caller.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">The text that came, also where an error followed.</param>
/// <param name="ModelId">The model that is reported as the source of the answer; null where none is.</param>
/// <param name="HasUsage">Whether usage was reported.</param>
/// <param name="StartedAt">When it began, since the start of the cell.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record BenchCall(BenchOutcome Outcome, string Text, string? ModelId, bool HasUsage, TimeSpan StartedAt, TimeSpan Elapsed)
{
    public bool IsWhole => Outcome == BenchOutcome.Success && CanonicalAnswer.IsWhole(Text);
}

/// <summary>All that a verdict is computed from: what the caller got and what the provider logged.</summary>
/// <param name="Calls">The calls in order: one, or 20 in S15.</param>
/// <param name="Log">The provider's log.</param>
/// <param name="IsAlive">Whether a call to a healthy model succeeded afterwards.</param>
internal sealed record BenchRun(IReadOnlyList<BenchCall> Calls, IReadOnlyList<BenchAttempt> Log, bool IsAlive)
{
    public BenchOutcome Outcome => Calls.Any(static call => call.Outcome == BenchOutcome.Hang) ? BenchOutcome.Hang
        : Calls.All(static call => call.Outcome == BenchOutcome.Success) ? BenchOutcome.Success
        : BenchOutcome.Error;

    public bool IsWhole => Calls.All(static call => call.IsWhole);

    public bool IsTruncatedSuccess => Outcome == BenchOutcome.Success && !IsWhole;

    public TimeSpan Elapsed => Calls[0].Elapsed;

    public IReadOnlyList<BenchAttempt> To(string modelId) => [.. Log.Where(attempt => attempt.ModelId == modelId)];
}
