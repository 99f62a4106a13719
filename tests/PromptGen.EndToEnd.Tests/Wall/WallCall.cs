namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>How a call ended.</summary>
/// <param name="Result">What it returned; null where it threw.</param>
/// <param name="Error">What it threw: a <see cref="PromptException"/>, or an <see cref="OperationCanceledException"/> with one inside.</param>
/// <param name="Took">How long it took by the manual clock.</param>
/// <param name="Token">The caller's token.</param>
public sealed record WallCall(PromptResult<Report>? Result, Exception? Error, TimeSpan Took, CancellationToken Token)
{
    public IReadOnlyList<PromptAttempt> Attempts => Result?.Attempts ?? Failure!.Attempts;

    public PromptException? Failure => Error as PromptException ?? Error?.InnerException as PromptException;

    public PromptErrorCode Code => Failure?.Code ?? PromptErrorCode.None;

    /// <summary>The ledger in short: model, reason, outcome.</summary>
    public string[] Ledger => [.. Attempts.Select(static attempt => $"{attempt.ModelId} {attempt.Reason} {attempt.Outcome}")];
}
