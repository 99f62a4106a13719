using PromptGen.Timing;

namespace PromptGen.Health;

/// <summary>
/// The limits per minute of a provider, and the order in which the requests are admitted that wait for its models: the one that came first, unless its model has no room.
/// One that the provider has no room for is not overtaken by requests to other models, so that a large one does not wait forever. Its members are used under its lock.
/// </summary>
/// <param name="timeProvider">Measures the minute.</param>
internal sealed class ProviderRate(TimeProvider timeProvider)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The models that requests wait for.</summary>
    private readonly List<RateLimit> _awaited = [];
    private RateWindow? _window;
    private long _arrivals;
    private long _waitingRequests;
    private long _waitingTokens;
    private ITimer? _timer;

    /// <summary>Guards the limits of the provider and of its models: a request is admitted by both at once.</summary>
    public object Lock { get; } = new();

    /// <summary>Whether the provider has ever had a limit. Needs no lock.</summary>
    public bool IsLimited => Volatile.Read(ref _window) is not null;

    /// <summary>Whether a request waits for the limits of the provider.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Sets the limits. Takes the lock.</summary>
    /// <param name="requests">Requests per minute, above 0; null = no limit.</param>
    /// <param name="tokens">Tokens per minute, above 0; null = no limit.</param>
    public void Limit(int? requests, int? tokens)
    {
        lock (Lock)
        {
            if (_window is not null || requests is not null || tokens is not null)
            {
                (_window ??= CreateWindow()).Limit(requests, tokens);
                Admit();
            }
        }
    }

    /// <summary>The timestamp. What was admitted a minute before it does not count any more.</summary>
    public long Now()
    {
        var now = timeProvider.GetTimestamp();
        _window?.MoveTo(now);
        return now;
    }

    /// <summary>A time in ticks of the clock, at most those of a minute. Null = a minute.</summary>
    public long Ticks(TimeSpan? time) => timeProvider.Ticks(time < Minute ? time.Value : Minute);

    public TimeSpan Between(long start, long end) => timeProvider.GetElapsedTime(start, end);

    public RateWindow CreateWindow() => new(timeProvider.Ticks(Minute));

    public bool Fits(long tokens) => _window?.Fits(tokens) != false;

    public long Add(long now, long tokens) => _window?.Add(now, tokens) ?? 0;

    /// <summary>When a request is admitted that comes after all those that wait, as a timestamp.</summary>
    public long WhenAdmitted(long tokens, long now) => _window?.WhenAdmitted(tokens, _waitingRequests, _waitingTokens, now) ?? now;

    /// <summary>Corrects what a request takes. The window of its model is corrected already.</summary>
    public void Correct(long number, long tokens, int requests)
    {
        _window?.Correct(number, tokens, requests);
        if (_awaited.Count > 0)
        {
            Admit();
        }
    }

    /// <summary>A request begins to wait.</summary>
    public void Enter(RateLimit limit, RateWaiter waiter)
    {
        waiter.Arrival = _arrivals++;
        _waitingRequests++;
        _waitingTokens += waiter.Tokens;
        if (limit.First is null)
        {
            _awaited.Add(limit);
        }
    }

    /// <summary>A request waits no longer; it has left the queue of its model.</summary>
    public void Leave(RateLimit limit, RateWaiter waiter)
    {
        _waitingRequests--;
        _waitingTokens -= waiter.Tokens;
        if (limit.First is null)
        {
            _awaited.Remove(limit);
        }
    }

    /// <summary>Admits those that wait, as far as they fit.</summary>
    public void Admit()
    {
        var now = Now();
        IsFull = false;
        while (Next(now) is { } limit)
        {
            IsFull = !Fits(limit.First!.Tokens);
            if (IsFull)
            {
                break;
            }

            limit.AdmitFirst(now);
        }

        // Room appears when the oldest request leaves a window; what settles or is released calls this itself.
        if (NextEnd() is { } end)
        {
            _timer ??= CreateTimer();
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Between(now, end).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>The model of the request that has waited longest of those that their models have room for; null = there is none.</returns>
    private RateLimit? Next(long now)
    {
        RateLimit? next = null;
        foreach (var limit in _awaited)
        {
            if (limit.AdmitsFirst(now) && !(limit.First!.Arrival > next?.First!.Arrival))
            {
                next = limit;
            }
        }

        return next;
    }

    /// <returns>When one of those that wait may have room; null = none waits.</returns>
    private long? NextEnd()
    {
        var end = IsFull ? _window!.NextEnd : null;
        foreach (var limit in _awaited)
        {
            end = limit.NextEnd is { } other && !(other >= end) ? other : end;
        }

        return end;
    }

    /// <summary>The timer keeps nothing of the call that happened to be the first to wait.</summary>
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

        ITimer Create() => timeProvider.CreateTimer(static rate => ((ProviderRate)rate!).Elapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Elapsed()
    {
        lock (Lock)
        {
            Admit();
        }
    }
}
