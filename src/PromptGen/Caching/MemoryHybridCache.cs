using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace PromptGen.Caching;

/// <summary>
/// The cache of a runtime that was given none: entries in the memory of this process. The framework's own implementation writes values by reflection, also where none is to be
/// written, so that a program without a second level would not be clean of warnings when it is trimmed.
/// </summary>
/// <param name="maxBytes">The most that the entries take, in bytes.</param>
internal sealed class MemoryHybridCache(long maxBytes) : HybridCache, IDisposable
{
    /// <summary>About what an entry takes beside its text.</summary>
    private const int Overhead = 256;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = maxBytes });

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (_cache.TryGetValue(key, out T? kept))
        {
            return kept!;
        }

        if (options?.Flags is { } flags && (flags & HybridCacheEntryFlags.DisableUnderlyingData) != 0)
        {
            return default!;
        }

        var value = await factory(state, cancellationToken).ConfigureAwait(false);
        await SetAsync(key, value, options, tags, cancellationToken).ConfigureAwait(false);
        return value;
    }

    public override ValueTask SetAsync<T>(string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        using var entry = _cache.CreateEntry(key);
        entry.Value = value;
        entry.Size = Overhead + (sizeof(char) * (key.Length + ((value as string)?.Length ?? 0)));
        entry.AbsoluteExpirationRelativeToNow = options?.Expiration;
        return ValueTask.CompletedTask;
    }

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        _cache.Remove(key);
        return ValueTask.CompletedTask;
    }

    /// <exception cref="NotSupportedException">Always: only the runtime has this cache, and it removes entries by their keys.</exception>
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => throw new NotSupportedException("The cache in memory has no tags: pass a HybridCache to UseCache.");

    public void Dispose() => _cache.Dispose();
}
