using System.Collections.Concurrent;

namespace PromptGen.Timing;

/// <summary>
/// The time limits of attempts. One that did not come to its end is used again, so that an attempt that succeeds allocates neither a source nor
/// a timer. Thread-safe.
/// </summary>
/// <param name="timeProvider">Measures the time.</param>
/// <param name="keepsTimers">Whether the timer of a limit stays set after its use; null = that of the system's clock. Another clock shows its timers, for example to a test.</param>
internal sealed class TimeLimits(TimeProvider timeProvider, bool? keepsTimers = null)
{
    /// <summary>As many as there are requests at the same time in a busy program. One takes about 400 bytes.</summary>
    private const int Most = 256;

    private readonly ConcurrentQueue<TimeLimit> _unused = new();
    private TimeLimit? _next;

    /// <summary>Whether the timer of a limit stays set after its use.</summary>
    public bool KeepsTimers { get; } = keepsTimers ?? timeProvider == TimeProvider.System;

    /// <param name="time">How long; <see cref="Timeout.InfiniteTimeSpan"/> = without end.</param>
    /// <param name="cancellationToken">Cancels the limit's token, too.</param>
    /// <param name="now">When it begins, where the clock was just read; null = the clock is read.</param>
    public TimeLimit Start(TimeSpan time, CancellationToken cancellationToken, long? now = null)
    {
        var limit = Interlocked.Exchange(ref _next, null);
        if (limit is null && !_unused.TryDequeue(out limit))
        {
            limit = new TimeLimit(timeProvider, this);
        }

        limit.Start(time, cancellationToken, now);
        return limit;
    }

    /// <returns>False where there are enough.</returns>
    public bool TryReturn(TimeLimit limit)
    {
        if (Interlocked.CompareExchange(ref _next, limit, null) is null)
        {
            return true;
        }

        if (_unused.Count >= Most)
        {
            return false;
        }

        _unused.Enqueue(limit);
        return true;
    }
}
