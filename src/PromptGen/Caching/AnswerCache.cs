using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Caching;

/// <summary>
/// Keeps accepted answers in a <see cref="HybridCache"/>. A cache that fails or takes its time is no cache: what is not found is asked for. Thread-safe.
/// </summary>
/// <param name="open">Gives the cache at first use.</param>
/// <param name="options">How it is used.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Where outages are logged.</param>
internal sealed class AnswerCache(Func<HybridCache> open, CacheOptions options, TimeProvider timeProvider, ILogger logger)
{
    private static readonly HybridCacheEntryOptions s_readOnly = new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData };
    private static readonly HybridCacheEntryOptions s_readLocal = new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableDistributedCache };

    private readonly Lazy<HybridCache> _cache = new(open);
    private readonly ConcurrentDictionary<string, CacheFlight> _flights = new(StringComparer.Ordinal);
    private readonly StoreOutage _outage = new(
        timeProvider, exception => TelemetryLog.CacheDown(logger, exception.GetType().Name), () => TelemetryLog.CacheBack(logger));

    /// <summary>The answer that is kept under a key; null where there is none, it is older than that, or the cache does not answer.</summary>
    /// <param name="key">The key.</param>
    /// <param name="maxAge">The greatest age.</param>
    /// <param name="cancellationToken">Ends the wait for the cache.</param>
    /// <param name="isLocal">Whether only this process is asked.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<CachedAnswer?> ReadAsync(string key, TimeSpan maxAge, CancellationToken cancellationToken, bool isLocal = false)
    {
        if (!_outage.MayAsk())
        {
            return null;
        }

        try
        {
            var read = _cache.Value.GetOrCreateAsync(key, 0, static (_, _) => new ValueTask<string?>(default(string)), isLocal ? s_readLocal : s_readOnly, null, cancellationToken);
            if (isLocal && !read.IsCompleted)
            {
                // What is in this process is there at once.
                read.AsTask().Abandon();
                return null;
            }

            var entry = read.IsCompletedSuccessfully
                ? read.Result
                : await read.AsTask().OrAbandonAsync(options.Timeout, timeProvider, cancellationToken).ConfigureAwait(false);
            _outage.Answered();
            return entry is null ? null : Fresh(key, CachedAnswer.Read(entry), maxAge);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _outage.Failed(exception);
            return null;
        }
    }

    /// <summary>Keeps an answer. Goes on in the background where the cache takes its time.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="lifetime">How long it is kept.</param>
    /// <param name="prompt">The prompt: its name is the tag of the entry.</param>
    public void Write(string key, CachedAnswer answer, TimeSpan lifetime, string prompt)
    {
        if (answer.Text.Length <= options.MaxAnswerLength)
        {
            Run(cache => cache.SetAsync(key, answer.ToEntry(), new HybridCacheEntryOptions { Expiration = lifetime, LocalCacheExpiration = lifetime }, [prompt]));
        }
    }

    /// <summary>Removes an entry that cannot be used.</summary>
    public void Remove(string key) => Run(cache => cache.RemoveAsync(key));

    /// <summary>Joins those who wait for an answer, or leads them.</summary>
    /// <returns>The call to wait for; null where this one leads: it must end with <see cref="Land"/>.</returns>
    public CacheFlight? Join(string key)
    {
        var own = new CacheFlight();
        var flight = _flights.GetOrAdd(key, own);
        return ReferenceEquals(flight, own) ? null : flight;
    }

    /// <summary>The call that leads has ended.</summary>
    public void Land(string key, FlightEnd end, CachedAnswer? answer)
    {
        if (_flights.TryRemove(key, out var flight))
        {
            flight.Complete(end, answer);
        }
    }

    /// <summary>The answer where it is young enough. The clocks of two machines differ: one from the future counts as one from the past.</summary>
    private CachedAnswer? Fresh(string key, CachedAnswer? answer, TimeSpan maxAge)
    {
        if (answer is not { } read)
        {
            Remove(key);
            return null;
        }

        return (timeProvider.GetUtcNow() - read.At).Duration() <= maxAge ? answer : null;
    }

    private void Run(Func<HybridCache, ValueTask> operation)
    {
        if (_outage.MayAsk())
        {
            _ = RunAsync(operation);
        }
    }

    private async Task RunAsync(Func<HybridCache, ValueTask> operation)
    {
        try
        {
            await operation(_cache.Value).ConfigureAwait(false);
            _outage.Answered();
        }
        catch (Exception exception)
        {
            _outage.Failed(exception);
        }
    }
}
