using PromptGen.Contracts;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>The time of one call, measured on the monotonic clock. Reading the clock is not free, so readings are shared where they can be.</summary>
internal readonly struct CallClock(TimeProvider timeProvider, TimeSpan? deadline)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_start);

    /// <summary>What is left of the deadline, not below zero; null = there is none.</summary>
    public TimeSpan? Remaining => deadline is null ? null : RemainingAt(timeProvider.GetTimestamp());

    /// <summary>Bounds the reading of an answer by the deadline, and by a token.</summary>
    public void Guard(ReadingGuard guard, CancellationToken cancellationToken)
    {
        var hasDeadline = deadline is not null;
        guard.Begin(
            hasDeadline ? timeProvider : null,
            // A deadline in centuries must not overflow.
            hasDeadline ? _start + (long)Math.Min(deadline.GetValueOrDefault().TotalSeconds * timeProvider.TimestampFrequency, long.MaxValue / 2) : long.MaxValue,
            cancellationToken);
    }

    public long Now => timeProvider.GetTimestamp();

    public TimeSpan ElapsedAt(long now) => timeProvider.GetElapsedTime(_start, now);

    public TimeSpan Between(long start, long end) => timeProvider.GetElapsedTime(start, end);

    public TimeSpan? RemainingAt(long now)
    {
        if (deadline is not { } limit)
        {
            return null;
        }

        var left = limit - ElapsedAt(now);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A limit that ends with the deadline, where there is one, and with a token. The one that asked for it disposes it.</summary>
    public TimeLimit Limit(CancellationToken cancellationToken) =>
        TimeLimit.Start(timeProvider, Remaining ?? Timeout.InfiniteTimeSpan, cancellationToken);
}
