namespace PromptGen.Timing;

/// <summary>
/// Knows whether a store outside the process answers: after several failures in a row it is called once per pause, so that a store that is down delays no call, and each outage
/// is reported once. Thread-safe.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="down">Reports the first failure of an outage.</param>
/// <param name="back">Reports that the store answers again.</param>
internal sealed class StoreOutage(TimeProvider timeProvider, Action<Exception> down, Action back)
{
    private const int FailuresUntilPause = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A store that only answers now and then is one outage, not many.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private int _failures;
    private int _reported;
    private long _lastFailure;
    private long _nextTry;

    /// <summary>Whether the store may be called. In an outage one operation per pause finds out whether it is over.</summary>
    public bool MayAsk()
    {
        if (Volatile.Read(ref _failures) < FailuresUntilPause)
        {
            return true;
        }

        var now = timeProvider.GetTimestamp();
        var next = Volatile.Read(ref _nextTry);
        return now >= next && Interlocked.CompareExchange(ref _nextTry, now + timeProvider.Ticks(Pause), next) == next;
    }

    /// <summary>The store has answered.</summary>
    public void Answered()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }

        if (Volatile.Read(ref _reported) != 0
            && timeProvider.GetTimestamp() - Volatile.Read(ref _lastFailure) >= timeProvider.Ticks(Recovery)
            && Interlocked.Exchange(ref _reported, 0) != 0)
        {
            back();
        }
    }

    /// <summary>The store has failed, or not answered in time.</summary>
    public void Failed(Exception exception)
    {
        var now = timeProvider.GetTimestamp();
        Volatile.Write(ref _lastFailure, now);
        Volatile.Write(ref _nextTry, now + timeProvider.Ticks(Pause));
        Interlocked.Increment(ref _failures);
        if (Interlocked.Exchange(ref _reported, 1) == 0)
        {
            down(exception);
        }
    }
}
