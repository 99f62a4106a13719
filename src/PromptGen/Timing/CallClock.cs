namespace PromptGen.Timing;

/// <summary>The time of one call, measured on the monotonic clock. Reading the clock is not free, so readings are shared where they can be.</summary>
internal readonly struct CallClock(TimeProvider timeProvider, TimeSpan? deadline)
{
    /// <summary>No deadline is as good as one that never comes, and half as large.</summary>
    private readonly TimeSpan _deadline = deadline ?? TimeSpan.MaxValue;
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>The longest that the call may take; null = no limit.</summary>
    public TimeSpan? Deadline => HasDeadline ? _deadline : null;

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_start);

    /// <summary>What is left of the deadline, not below zero; null = there is none.</summary>
    public TimeSpan? Remaining => HasDeadline ? RemainingAt(timeProvider.GetTimestamp()) : null;

    /// <summary>The clock that <see cref="EndsAt"/> is a timestamp of; null = there is no deadline.</summary>
    public TimeProvider? DeadlineClock => HasDeadline ? timeProvider : null;

    /// <summary>The deadline as a timestamp. A deadline in centuries must not overflow.</summary>
    public long EndsAt => HasDeadline
        ? _start + (long)Math.Min(_deadline.TotalSeconds * timeProvider.TimestampFrequency, long.MaxValue / 2)
        : long.MaxValue;

    private bool HasDeadline => _deadline != TimeSpan.MaxValue;

    public long Now => timeProvider.GetTimestamp();

    public TimeSpan ElapsedAt(long now) => timeProvider.GetElapsedTime(_start, now);

    public TimeSpan Between(long start, long end) => timeProvider.GetElapsedTime(start, end);

    public TimeSpan? RemainingAt(long now)
    {
        if (!HasDeadline)
        {
            return null;
        }

        var left = _deadline - ElapsedAt(now);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A limit that ends with the deadline, where there is one, and with a token. The one that asked for it disposes it.</summary>
    public TimeLimit Limit(CancellationToken cancellationToken) =>
        TimeLimit.Start(timeProvider, Remaining ?? Timeout.InfiniteTimeSpan, cancellationToken);
}
