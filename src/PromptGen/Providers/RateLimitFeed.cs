namespace PromptGen.Providers;

/// <summary>
/// Reports to the runtime what the answers of a provider say of rate limits. A client answers <c>GetService(typeof(RateLimitFeed))</c> with its own,
/// and reports each answer that has such headers, failed ones included. The runtime then waits, or asks another model, before the provider answers 429;
/// see <see cref="ResilienceOptions.LearnRateLimits"/>. Thread-safe.
/// </summary>
public sealed class RateLimitFeed
{
    private readonly object _lock = new();
    private (string ModelId, Listener Listener)[] _listeners = [];

    /// <summary>Takes over what a provider says.</summary>
    internal delegate void Listener(in RateLimitReport report);

    /// <summary>Reports what an answer says. One that says nothing has no effect.</summary>
    /// <param name="modelId">The model that was asked, as the options of the request name it.</param>
    /// <param name="report">What it says.</param>
    public void Report(string modelId, in RateLimitReport report)
    {
        if (!report.IsKnown)
        {
            return;
        }

        foreach (var (id, listener) in Volatile.Read(ref _listeners))
        {
            if (id == modelId)
            {
                listener(report);
            }
        }
    }

    internal void Add(string modelId, Listener listener)
    {
        lock (_lock)
        {
            Volatile.Write(ref _listeners, [.. _listeners, (modelId, listener)]);
        }
    }

    /// <summary>A client that outlives the runtime keeps nothing of it.</summary>
    internal void Remove(Listener listener)
    {
        lock (_lock)
        {
            Volatile.Write(ref _listeners, [.. _listeners.Where(one => one.Listener != listener)]);
        }
    }
}
