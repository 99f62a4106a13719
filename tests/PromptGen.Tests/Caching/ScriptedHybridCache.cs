using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Hybrid;

namespace PromptGen.Tests.Caching;

/// <summary>A cache that does what a test wants.</summary>
internal sealed class ScriptedHybridCache : HybridCache
{
    public ConcurrentDictionary<string, object?> Entries { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Removed { get; } = [];

    public List<string> Tags { get; } = [];

    /// <summary>What every operation waits for first; null = nothing.</summary>
    public Func<Task>? Before { get; set; }

    public int Reads { get; private set; }

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        Reads++;
        if (Before is not null)
        {
            await Before();
        }

        return Entries.TryGetValue(key, out var entry) ? (T)entry! : default!;
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (Before is not null)
        {
            await Before();
        }

        Entries[key] = value;
        Tags.AddRange(tags ?? []);
    }

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        Removed.Enqueue(key);
        Entries.TryRemove(key, out _);
        return default;
    }

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => default;
}
