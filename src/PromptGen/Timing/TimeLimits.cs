using System.Collections.Concurrent;

namespace PromptGen.Timing;

/// <summary>
/// The time limits of attempts. One that did not come to its end is used again, so that an attempt that succeeds allocates neither a source nor
/// a timer. Thread-safe.
/// </summary>
internal sealed class TimeLimits(TimeProvider timeProvider)
{
    private static readonly int Most = 2 * Environment.ProcessorCount;

    private readonly ConcurrentQueue<TimeLimit> _unused = new();
    private TimeLimit? _next;

    /// <param name="time">How long; <see cref="Timeout.InfiniteTimeSpan"/> = without end.</param>
    /// <param name="cancellationToken">Cancels the limit's token, too.</param>
    public TimeLimit Start(TimeSpan time, CancellationToken cancellationToken)
    {
        var limit = Interlocked.Exchange(ref _next, null);
        if (limit is null && !_unused.TryDequeue(out limit))
        {
            limit = new TimeLimit(timeProvider, this);
        }

        limit.Start(time, cancellationToken);
        return limit;
    }

    public void Return(TimeLimit limit)
    {
        if (Interlocked.CompareExchange(ref _next, limit, null) is not null && _unused.Count < Most)
        {
            _unused.Enqueue(limit);
        }
    }
}
