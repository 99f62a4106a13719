namespace PromptGen.Testing;

/// <summary>
/// A clock that moves only when <see cref="Advance"/> is called. Timers, delays and time-outs made from it fire inside <see cref="Advance"/>, in the order in
/// which they are due. Wall clock and monotonic clock move together and never back. Thread-safe.
/// </summary>
/// <param name="start">What the wall clock shows first. Default: 2026-01-01 00:00 UTC.</param>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly object _lock = new();
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly List<ManualTimer> _pending = [];
    private readonly List<TimerWait> _waits = [];
    private TimeSpan _elapsed;

    /// <summary>How far the clock was moved in all.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>
    /// Moves the clock and fires, on this thread, every timer that comes due on the way; while one fires, the clock shows its due time.
    /// </summary>
    /// <param name="time">How far, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        TimeSpan end;
        lock (_lock)
        {
            end = _elapsed + time;
        }

        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Completes once a timer is pending that has at least <paramref name="atLeast"/> and at most <paramref name="atMost"/> to go; at once
    /// where there is one. A test that awaits it knows that the code under test has begun to wait and can move the clock.
    /// </summary>
    /// <param name="atLeast">The shortest time to go that counts.</param>
    /// <param name="atMost">The longest time to go that counts; null = no limit. Distinguishes a short back-off from a pending deadline.</param>
    /// <returns>A task that completes with the time that the timer has to go.</returns>
    public Task<TimeSpan> WaitForTimerAsync(TimeSpan atLeast, TimeSpan? atMost = null)
    {
        var wait = new TimerWait(atLeast, atMost ?? TimeSpan.MaxValue);
        lock (_lock)
        {
            foreach (var timer in _pending)
            {
                wait.Offer(timer.Due - _elapsed);
            }

            if (!wait.Task.IsCompleted)
            {
                _waits.Add(wait);
            }
        }

        return wait.Task;
    }

    /// <summary>
    /// Moves the clock until a task has completed: whenever a timer is pending that has at least <paramref name="atLeast"/> and at most
    /// <paramref name="atMost"/> to go, the clock moves by that time. A single <see cref="Advance"/> can come while the code under test is between
    /// two timers, and then fires neither; this method moves the clock again.
    /// </summary>
    /// <param name="task">The task to wait for. Whether it succeeds makes no difference.</param>
    /// <param name="atLeast">The shortest time to go that counts.</param>
    /// <param name="atMost">The longest time to go that counts; null = no limit. Distinguishes a short back-off from a pending deadline.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The wait.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the task had completed.</exception>
    public async Task AdvanceUntilAsync(Task task, TimeSpan atLeast, TimeSpan? atMost = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        while (!task.IsCompleted)
        {
            var timer = WaitForTimerAsync(atLeast, atMost);
            await Task.WhenAny(task, timer).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!task.IsCompleted)
            {
                Advance(await timer.ConfigureAwait(false));
            }
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? NextDue(TimeSpan end)
    {
        lock (_lock)
        {
            ManualTimer? next = null;
            foreach (var timer in _pending)
            {
                if (timer.Due <= end && (next is null || timer.Due < next.Due))
                {
                    next = timer;
                }
            }

            var now = next?.Due ?? end;
            _elapsed = now > _elapsed ? now : _elapsed;
            if (next is not null)
            {
                Reschedule(next);
            }

            return next;
        }
    }

    private void Reschedule(ManualTimer timer)
    {
        if (timer.Period is { } period)
        {
            timer.Due += period;
        }
        else
        {
            _pending.Remove(timer);
        }
    }

    private void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _pending.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = _elapsed + dueTime;
            timer.Period = period > TimeSpan.Zero ? period : null;
            _pending.Add(timer);
            foreach (var wait in _waits)
            {
                wait.Offer(dueTime);
            }

            _waits.RemoveAll(static wait => wait.Task.IsCompleted);
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            _pending.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public TimeSpan Due { get; set; }

        public TimeSpan? Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
            {
                return false;
            }

            clock.Schedule(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            clock.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class TimerWait(TimeSpan atLeast, TimeSpan atMost)
    {
        private readonly TaskCompletionSource<TimeSpan> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Task => _source.Task;

        public void Offer(TimeSpan toGo)
        {
            if (toGo >= atLeast && toGo <= atMost)
            {
                _source.TrySetResult(toGo);
            }
        }
    }
}
