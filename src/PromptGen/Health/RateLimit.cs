using PromptGen.Timing;

namespace PromptGen.Health;

/// <summary>
/// The requests and tokens that a model accepts within any minute, over all calls of the runtime. A request that does not fit waits; those that wait are admitted in
/// the order in which they came, so that no caller waits forever. Thread-safe.
/// </summary>
/// <param name="timeProvider">Measures the minute.</param>
internal sealed class RateLimit(TimeProvider timeProvider)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private readonly long _minute = timeProvider.Ticks(Minute);
    private readonly RateWindow _window = new(timeProvider.Ticks(Minute));
    private readonly LinkedList<Waiter> _waiters = [];
    private long _waitingTokens;
    private long _maxRequests = long.MaxValue;
    private long _maxTokens = long.MaxValue;
    private ITimer? _timer;

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>Sets the limits. What was admitted before counts.</summary>
    /// <param name="requests">Requests per minute, above 0; null = no limit.</param>
    /// <param name="tokens">Tokens per minute, above 0; null = no limit.</param>
    public void Change(int? requests, int? tokens)
    {
        lock (_lock)
        {
            (_maxRequests, _maxTokens) = (requests ?? long.MaxValue, tokens ?? long.MaxValue);
            Admit();
        }
    }

    /// <summary>Admits a request where it does not have to wait.</summary>
    /// <param name="tokens">The tokens that it is expected to take, 0 or more.</param>
    /// <param name="lease">Its lease; it has to be settled or released.</param>
    /// <returns>False where it has to wait.</returns>
    public bool TryAcquire(long tokens, out RateLease lease)
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            _window.MoveTo(now);
            var isAdmitted = _waiters.Count == 0 && Fits(tokens);
            lease = isAdmitted ? _window.Add(now, tokens) : default;
            return isAdmitted;
        }
    }

    /// <summary>Admits a request, after those that wait already.</summary>
    /// <param name="tokens">The tokens that it is expected to take, 0 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its lease; it has to be settled or released.</returns>
    /// <exception cref="OperationCanceledException">The wait ended with the token; the request has no lease.</exception>
    public Task<RateLease> AcquireAsync(long tokens, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(this, tokens, cancellationToken);
        lock (_lock)
        {
            _waiters.AddLast(waiter.Node);
            _waitingTokens += tokens;
            Admit();
            waiter.Watch();
        }

        return waiter.Task;
    }

    /// <summary>How long a request would have to wait, as far as the requests are known that were admitted or wait.</summary>
    /// <param name="tokens">The tokens that it is expected to take, 0 or more.</param>
    public TimeSpan WaitFor(long tokens)
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            _window.MoveTo(now);
            return _waiters.Count == 0 && Fits(tokens) ? TimeSpan.Zero : timeProvider.GetElapsedTime(now, WhenAdmitted(tokens, now));
        }
    }

    /// <summary>The request has ended.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="tokens">The tokens that it took.</param>
    public void Settle(in RateLease lease, long tokens) => Correct(lease, tokens, 1);

    /// <summary>The request was not sent.</summary>
    public void Release(in RateLease lease) => Correct(lease, 0, 0);

    private void Correct(in RateLease lease, long tokens, int requests)
    {
        lock (_lock)
        {
            _window.Correct(lease, tokens, requests);
            if (_waiters.Count > 0)
            {
                Admit();
            }
        }
    }

    /// <summary>A request that is larger than the limit itself is admitted where no other one takes tokens. Under the lock.</summary>
    private bool Fits(long tokens) =>
        _window.Requests < _maxRequests && (tokens <= _maxTokens - _window.Tokens || (tokens > _maxTokens && _window.Tokens == 0));

    /// <summary>Admits those that wait, as far as they fit. Under the lock.</summary>
    private void Admit()
    {
        var now = timeProvider.GetTimestamp();
        _window.MoveTo(now);
        while (_waiters.First is { Value: var waiter } && Fits(waiter.Tokens))
        {
            Remove(waiter);
            waiter.Admit(_window.Add(now, waiter.Tokens));
        }

        // Room appears when the oldest request leaves the window; what settles or is released calls this itself.
        if (_waiters.Count > 0 && _window.OldestEnds is { } end)
        {
            _timer ??= CreateTimer();
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(timeProvider.GetElapsedTime(now, end).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private void Remove(Waiter waiter)
    {
        _waiters.Remove(waiter.Node);
        _waitingTokens -= waiter.Tokens;
    }

    /// <summary>
    /// When a request is admitted that comes after those that wait, as a timestamp. Those in front of it take each place that becomes free; where they are more than the
    /// limit itself, that takes whole minutes more. Under the lock.
    /// </summary>
    private long WhenAdmitted(long tokens, long now)
    {
        var requests = Math.Max(0, _window.Requests + _waiters.Count + 1 - _maxRequests);
        var excess = Math.Max(0, _window.Tokens + _waitingTokens + Math.Min(tokens, _maxTokens) - _maxTokens);
        var minutes = Math.Max(Math.Max(0, requests - 1) / _maxRequests, Math.Max(0, excess - 1) / _maxTokens);
        var free = _window.OldestEnds is null ? now
            : _window.WhenFree(requests > 0 ? requests - (minutes * _maxRequests) : 0, excess > 0 ? excess - (minutes * _maxTokens) : 0);
        return free + (minutes * _minute);
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

        ITimer Create() => timeProvider.CreateTimer(static limit => ((RateLimit)limit!).Elapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Elapsed()
    {
        lock (_lock)
        {
            Admit();
        }
    }

    /// <summary>A request that waits.</summary>
    private sealed class Waiter : TaskCompletionSource<RateLease>
    {
        private readonly RateLimit _limit;
        private readonly CancellationToken _cancellationToken;
        private CancellationTokenRegistration _registration;

        public Waiter(RateLimit limit, long tokens, CancellationToken cancellationToken)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            (_limit, Tokens, _cancellationToken) = (limit, tokens, cancellationToken);
            Node = new LinkedListNode<Waiter>(this);
        }

        public long Tokens { get; }

        public LinkedListNode<Waiter> Node { get; }

        /// <summary>Leaves its place once the token is cancelled; at once where it is. Under the lock.</summary>
        public void Watch()
        {
            if (!Task.IsCompleted)
            {
                _registration = _cancellationToken.UnsafeRegister(static waiter => ((Waiter)waiter!).Leave(), this);
            }
        }

        /// <summary>Under the lock.</summary>
        public void Admit(in RateLease lease)
        {
            _registration.Unregister();
            SetResult(lease);
        }

        private void Leave()
        {
            lock (_limit._lock)
            {
                // It may have been admitted meanwhile.
                if (Node.List is null)
                {
                    return;
                }

                _limit.Remove(this);
                _limit.Admit();
            }

            TrySetCanceled(_cancellationToken);
        }
    }
}
