namespace PromptGen;

/// <summary>How the runtime uses the cache of <see cref="CachedAttribute"/> prompts.</summary>
public sealed class CacheOptions
{
    /// <summary>
    /// How long to wait for the cache, which may be outside the process. Without an answer by then the models are asked. After five failures in a row it is called once a
    /// second. 10 ms–1 minute; default: 250 ms.
    /// </summary>
    public TimeSpan Timeout { get; set => field = Bounds.Within(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)); } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The most that kept answers take in memory where the runtime has to make its own cache, in bytes; the oldest ones make room. 0–1 TiB; default: 64 MiB.
    /// </summary>
    public long MaxMemoryBytes { get; set => field = Bounds.Within(value, 0, 1L << 40); } = 64 << 20;

    /// <summary>The longest answer that is kept, in characters. 0–100,000,000; default: 1,000,000, the limit that <c>HybridCache</c> has for an entry in bytes.</summary>
    public int MaxAnswerLength { get; set => field = Bounds.Within(value, 0, 100_000_000); } = 1_000_000;
}
