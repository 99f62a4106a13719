namespace PromptGen.Health;

/// <summary>
/// How many retries the requests to one provider allow, over all calls of the runtime: each request pays in a share, each retry draws one,
/// and both are forgotten after ten seconds. In an outage, when every request fails, the provider then gets that share more and not a
/// multiple. Repairs and fallbacks are requests of their own. Thread-safe.
/// </summary>
internal sealed class RetryBudget(ResilienceOptions options, TimeProvider timeProvider)
{
    /// <summary>One retry, in the smallest share that is counted.</summary>
    private const long Retry = 1_000;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly SlidingSum _balance = new(Memory, timeProvider.TimestampFrequency);
    private readonly long _share = (long)(options.RetryBudget * Retry);
    private readonly long _floor = (long)(options.MinRetriesPerSecond * Memory.TotalSeconds * Retry);

    /// <summary>A request is made that is no retry.</summary>
    public void PayIn(long timestamp) => _balance.Add(timestamp, _share);

    /// <returns>False where the retries are used up; the request must not be repeated.</returns>
    public bool TryDraw(long timestamp)
    {
        // Two retries must not draw the same share. What requests pay in meanwhile does no harm.
        lock (_lock)
        {
            if (_balance.At(timestamp) + _floor < Retry)
            {
                return false;
            }

            _balance.Add(timestamp, -Retry);
            return true;
        }
    }
}
