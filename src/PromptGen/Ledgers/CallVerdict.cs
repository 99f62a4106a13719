namespace PromptGen;

/// <summary>A judgement of the answer of a call, by a person, a test or a judge.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Source">Who says so, for example <c>person</c> or the name of a test. One source has one verdict per call.</param>
/// <param name="Score">How good the answer is: 0 = wrong, 1 = right.</param>
public sealed record CallVerdict(string CallId, string Source, double Score)
{
    /// <summary>How good the answer is: 0 = wrong, 1 = right.</summary>
    public double Score { get; init; } = Score is >= 0 and <= 1 ? Score : throw new ArgumentOutOfRangeException(nameof(Score), Score, "A score is 0–1.");

    /// <summary>When the verdict was given, in UTC. Default: now.</summary>
    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;
}
