namespace PromptGen.Timing;

/// <summary>
/// A token for code that is not ours: it is cancelled once a time is over or another token is cancelled, and what its callbacks throw reaches
/// neither the timer's thread nor whoever cancelled the other token. The one that started it disposes it, once.
/// </summary>
/// <param name="timeProvider">Measures the time.</param>
/// <param name="pool">Where it goes when it is disposed before its end; null = it is used once.</param>
internal sealed class TimeLimit(TimeProvider timeProvider, TimeLimits? pool = null) : IDisposable
{
    private const long Never = long.MaxValue;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Timers take no longer time; a longer limit is waited for in parts.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _source = new();
    private readonly long _origin = timeProvider.GetTimestamp();
    private CancellationToken _linked;
    private CancellationTokenRegistration _link;
    private ITimer? _timer;

    /// <summary>Ticks since <see cref="_origin"/>.</summary>
    private long _end = Never;

    /// <summary>Ticks since <see cref="_origin"/> after which the timer does not fire any more; <see cref="Never"/> = it is not known to be set.</summary>
    private long _due = Never;

    /// <summary>Odd while the limit runs. Each use has its own number, so that a timer that fires late cannot end the use after its own.</summary>
    private long _use;

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver { get; private set; }

    private long Elapsed => timeProvider.GetElapsedTime(_origin).Ticks;

    /// <summary>Starts a limit that is used once.</summary>
    /// <param name="timeProvider">Measures the time.</param>
    /// <param name="time">How long; <see cref="Timeout.InfiniteTimeSpan"/> = without end.</param>
    /// <param name="cancellationToken">Cancels the limit's token, too.</param>
    public static TimeLimit Start(TimeProvider timeProvider, TimeSpan time, CancellationToken cancellationToken)
    {
        var limit = new TimeLimit(timeProvider);
        limit.Start(time, cancellationToken);
        return limit;
    }

    /// <inheritdoc cref="TimeLimits.Start"/>
    public void Start(TimeSpan time, CancellationToken cancellationToken, long? now = null)
    {
        Interlocked.Increment(ref _use);
        Change(time, now);
        _linked = cancellationToken;
        _link = cancellationToken.UnsafeRegister(static limit => ((TimeLimit)limit!).End(), this);
    }

    /// <summary>Replaces the time that is left.</summary>
    /// <param name="time">How long from now on; <see cref="Timeout.InfiniteTimeSpan"/> = without end.</param>
    /// <param name="now">When that is, where the clock was just read; null = the clock is read.</param>
    public void Change(TimeSpan time, long? now = null)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            Volatile.Write(ref _end, Never);
            if (!KeepsTimer)
            {
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return;
        }

        // A limit that was made for this use may have begun after the clock was read.
        var elapsed = now is { } read ? Math.Max(0, timeProvider.GetElapsedTime(_origin, read).Ticks) : Elapsed;
        var end = elapsed + Math.Min(time.Ticks, Never - elapsed - 1);
        Volatile.Write(ref _end, end);
        if (time <= TimeSpan.Zero)
        {
            Check();
            return;
        }

        // Either this thread reads that the timer has fired, or the thread of the timer reads the new end.
        Interlocked.MemoryBarrier();
        if (!KeepsTimer || Volatile.Read(ref _due) > end)
        {
            _timer ??= CreateTimer();
            Wait(time, end);
        }
    }

    /// <summary>Ends the limit before its time.</summary>
    public void End() => _source.CancelGuarded();

    public void Dispose()
    {
        var use = Interlocked.Read(ref _use);
        var isUnused = IsRunning(use) && Interlocked.CompareExchange(ref _use, use + 1, use) == use;

        // Not the registration's Dispose, which waits for a callback that is running, and with it for whatever a client does there.
        isUnused &= _link.Unregister() || !_linked.CanBeCanceled;
        _linked = default;
        if (pool is not null && isUnused && _source.TryReset())
        {
            Change(Timeout.InfiniteTimeSpan);
            if (pool.TryReturn(this))
            {
                return;
            }
        }

        // The source stays as it is: what was abandoned may still look at its token.
        _timer?.Dispose();
    }

    /// <summary>Whether the timer stays set between two uses: most limits are not reached, and setting it twice for each takes longer than an early look at the clock once in a while.</summary>
    private bool KeepsTimer => pool is { KeepsTimers: true };

    private static bool IsRunning(long use) => (use & 1) != 0;

    /// <summary>A timer that is used by one call after another keeps nothing of the call that happened to be the first.</summary>
    private ITimer CreateTimer()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Create();
        }

        ITimer Create() => timeProvider.CreateTimer(static limit => ((TimeLimit)limit!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the timer. An earlier end may be set at the same time by another thread, whose timer this one then replaced: it is set again.</summary>
    private void Wait(TimeSpan time, long end)
    {
        while (true)
        {
            Volatile.Write(ref _due, end);
            _timer!.Change(time < Shortest ? Shortest : time > Longest ? Longest : time, Timeout.InfiniteTimeSpan);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _end) is var latest && latest >= end)
            {
                return;
            }

            end = latest;
            time = TimeSpan.FromTicks(end - Elapsed);
        }
    }

    /// <summary>Cancels if the time is over. A timer may fire a little early, or late on behalf of a limit that was changed or returned since.</summary>
    private void Check()
    {
        Volatile.Write(ref _due, Never);
        Interlocked.MemoryBarrier();
        var use = Interlocked.Read(ref _use);
        var end = Volatile.Read(ref _end);
        if (!IsRunning(use) || end == Never)
        {
            return;
        }

        if (end - Elapsed is var left and > 0)
        {
            Wait(TimeSpan.FromTicks(left), end);
        }
        else if (Interlocked.CompareExchange(ref _use, use + 1, use) == use)
        {
            IsOver = true;
            End();
        }
    }
}
