namespace PromptGen.Execution;

/// <summary>The time of one call, measured on the monotonic clock.</summary>
internal readonly struct CallClock(TimeProvider timeProvider, TimeSpan? deadline)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_start);

    /// <summary>What is left of the deadline, not below zero; null = there is none.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            if (deadline is not { } limit)
            {
                return null;
            }

            var left = limit - Elapsed;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public bool IsOver => Remaining == TimeSpan.Zero;

    /// <summary>A token source that ends with the deadline; null = there is none.</summary>
    public CancellationTokenSource? Limit() => Remaining is { } left ? new CancellationTokenSource(left, timeProvider) : null;
}
