using PromptGen.Catalog;
using PromptGen.Providers;

namespace PromptGen.Health;

/// <summary>
/// The requests and tokens that a model and its provider accept within any minute, over all calls of the runtime. A request that does not fit waits; those that wait for a
/// model are admitted in the order in which they came, so that no caller waits forever. Thread-safe.
/// </summary>
/// <param name="provider">The limits of the provider, and the order between its models.</param>
internal sealed class RateLimit(ProviderRate provider)
{
    private readonly LinkedList<RateWaiter> _waiters = [];
    private long _waitingTokens;

    /// <summary>Null as long as nothing has limited the model.</summary>
    private RateWindow? _window;
    private (int Generation, long? Requests, long? Tokens) _configured;
    private (long? Requests, long? Tokens) _learned;

    /// <summary>Whether the model or its provider has ever had a limit.</summary>
    public bool IsLimited => Volatile.Read(ref _window) is not null || provider.IsLimited;

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (provider.Lock)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>The request that waits longest; null = none does. Under the lock.</summary>
    public RateWaiter? First => _waiters.First?.Value;

    /// <summary>When the model may have room by itself; null = it has. Under the lock.</summary>
    public long? NextEnd => _window?.NextEnd;

    /// <summary>Takes over the limits of a model as configuration has it. Of several declarations of it, the lowest limits count.</summary>
    /// <param name="model">The model.</param>
    /// <param name="generation">Which configuration: a later one replaces the limits of an earlier one.</param>
    public void Configure(ModelInfo model, int generation)
    {
        lock (provider.Lock)
        {
            if (generation >= _configured.Generation)
            {
                var (_, requests, tokens) = generation == _configured.Generation ? _configured : default;
                _configured = (generation, Lowest(requests, model.RequestsPerMinute), Lowest(tokens, model.TokensPerMinute));
                Apply();
            }
        }
    }

    /// <summary>Takes over what the provider says of the limits of the model. Of these and the configured ones, the lower ones count.</summary>
    public void Learn(in RateLimitReport report)
    {
        lock (provider.Lock)
        {
            _learned = (report.Requests.Limit ?? _learned.Requests, report.Tokens.Limit ?? _learned.Tokens);
            var now = provider.Now();
            var window = _window ??= provider.CreateWindow();
            window.MoveTo(now);
            Limit(window);
            window.HoldUntil(report.Requests.Left, now + provider.Ticks(report.Requests.ResetsIn), report.Tokens.Left, now + provider.Ticks(report.Tokens.ResetsIn));
            provider.Admit();
        }
    }

    /// <summary>Admits a request where it does not have to wait.</summary>
    /// <param name="tokens">The tokens that it is expected to take, 0 or more.</param>
    /// <param name="lease">Its lease; it has to be settled or released.</param>
    /// <returns>False where it has to wait.</returns>
    public bool TryAcquire(long tokens, out RateLease lease)
    {
        lock (provider.Lock)
        {
            var now = Now();
            var isAdmitted = HasRoom(tokens);
            lease = isAdmitted ? Add(tokens, now) : default;
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
        var waiter = new RateWaiter(this, tokens, cancellationToken);
        lock (provider.Lock)
        {
            provider.Enter(this, waiter);
            _waiters.AddLast(waiter.Node);
            _waitingTokens += tokens;
            provider.Admit();
            waiter.Watch();
        }

        return waiter.Task;
    }

    /// <summary>How long a request would have to wait, as far as the requests are known that were admitted or wait.</summary>
    /// <param name="tokens">The tokens that it is expected to take, 0 or more.</param>
    public TimeSpan WaitFor(long tokens)
    {
        lock (provider.Lock)
        {
            var now = Now();
            return HasRoom(tokens) ? TimeSpan.Zero
                : provider.Between(now, Math.Max(_window?.WhenAdmitted(tokens, _waiters.Count, _waitingTokens, now) ?? now, provider.WhenAdmitted(tokens, now)));
        }
    }

    /// <summary>The request has ended.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="tokens">The tokens that it took.</param>
    public void Settle(in RateLease lease, long tokens) => Correct(lease, tokens, 1);

    /// <summary>The request was not sent.</summary>
    public void Release(in RateLease lease) => Correct(lease, 0, 0);

    /// <summary>Whether the limits of the model itself admit the request that waits longest. Under the lock.</summary>
    public bool AdmitsFirst(long now)
    {
        _window?.MoveTo(now);
        return _window?.Fits(First!.Tokens) != false;
    }

    /// <summary>Admits the request that waits longest. Under the lock.</summary>
    public void AdmitFirst(long now)
    {
        var waiter = First!;
        Remove(waiter);
        waiter.Admit(Add(waiter.Tokens, now));
    }

    /// <summary>A request does not wait any longer.</summary>
    /// <returns>False where it was admitted meanwhile.</returns>
    public bool Leave(RateWaiter waiter)
    {
        lock (provider.Lock)
        {
            if (waiter.Node.List is null)
            {
                return false;
            }

            Remove(waiter);
            provider.Admit();
            return true;
        }
    }

    private static long? Lowest(long? one, long? other) => one < other || other is not > 0 ? one : other;

    private long Now()
    {
        var now = provider.Now();
        _window?.MoveTo(now);
        return now;
    }

    /// <summary>Whether a new request need not wait, neither for room nor for those that came before it.</summary>
    private bool HasRoom(long tokens) => _waiters.Count == 0 && !provider.IsFull && _window?.Fits(tokens) != false && provider.Fits(tokens);

    private RateLease Add(long tokens, long now) => new(_window?.Add(now, tokens) ?? 0, provider.Add(now, tokens), now);

    private void Correct(in RateLease lease, long tokens, int requests)
    {
        lock (provider.Lock)
        {
            _window?.Correct(lease.Number, tokens, requests);
            provider.Correct(lease.ProviderNumber, tokens, requests);
        }
    }

    private void Apply()
    {
        if (_window is null && _configured is (_, null, null))
        {
            return;
        }

        Limit(_window ??= provider.CreateWindow());
        provider.Admit();
    }

    private void Limit(RateWindow window) => window.Limit(Lowest(_configured.Requests, _learned.Requests), Lowest(_configured.Tokens, _learned.Tokens));

    private void Remove(RateWaiter waiter)
    {
        _waiters.Remove(waiter.Node);
        _waitingTokens -= waiter.Tokens;
        provider.Leave(this, waiter);
    }
}
