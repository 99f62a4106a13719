using System.Diagnostics;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>How a call ended.</summary>
/// <param name="Result">What it returned; null where it threw or streamed.</param>
/// <param name="Error">What it threw: a <see cref="PromptException"/>, or an <see cref="OperationCanceledException"/> with one inside.</param>
/// <param name="Took">How long it took by the manual clock.</param>
/// <param name="Requests">The number of requests in its spans.</param>
/// <param name="Token">The caller's token.</param>
public sealed record WallCall(PromptResult<Report>? Result, Exception? Error, TimeSpan Took, int Requests, CancellationToken Token)
{
    /// <summary>What a call for text returned; null where it was none or threw.</summary>
    public PromptResult<string>? Written { get; init; }

    /// <summary>The span of the last request; null where there was none.</summary>
    public Activity? LastRequest { get; init; }

    /// <summary>The items of a streamed call; null where it was none.</summary>
    public IReadOnlyList<object>? Items { get; init; }

    /// <summary>The text that was returned, or the pieces of a streamed one, joined.</summary>
    public string Text => Written?.Value ?? string.Concat(Items ?? []);

    /// <summary>The ledger; null where a streamed call completed, which returns no ledger.</summary>
    public IReadOnlyList<PromptAttempt>? KnownAttempts => Result?.Attempts ?? Written?.Attempts ?? Failure?.Attempts;

    public IReadOnlyList<PromptAttempt> Attempts => KnownAttempts ?? [];

    /// <summary>What the call cost; null where it returned nothing.</summary>
    public PromptCost? Cost => Result?.Cost ?? Written?.Cost;

    public PromptException? Failure => Error as PromptException ?? Error?.InnerException as PromptException;

    public PromptErrorCode Code => Failure?.Code ?? PromptErrorCode.None;

    /// <summary>The ledger in short: model, reason, outcome.</summary>
    public string[] Ledger => [.. Attempts.Select(static attempt => $"{attempt.ModelId} {attempt.Reason} {attempt.Outcome}")];
}
