namespace PromptGen.Health;

/// <summary>
/// A sum over the latest stretch of time, in ten slices of it: the oldest one is forgotten as a whole. Thread-safe without a lock: every successful call adds to
/// one, and calls must not wait for each other there.
/// </summary>
/// <param name="length">The stretch of time.</param>
/// <param name="frequency">Ticks per second of the timestamps.</param>
internal sealed class SlidingSum(TimeSpan length, long frequency)
{
    private const int Slices = 10;

    private readonly long _ticksPerSlice = Math.Max(1, (long)(length.TotalSeconds * frequency / Slices));
    private Slice?[] _slices = new Slice?[Slices];
    private long _latest;

    /// <param name="timestamp">Now, on the monotonic clock. One that is older than the latest counts as the latest: calls read the clock side by side.</param>
    public long At(long timestamp)
    {
        var latest = Latest(timestamp);
        var sum = 0L;
        foreach (var slice in Volatile.Read(ref _slices))
        {
            sum += slice is not null && slice.Number > latest - Slices ? Volatile.Read(ref slice.Sum) : 0L;
        }

        return sum;
    }

    public void Add(long timestamp, long value) => Interlocked.Add(ref Current(Latest(timestamp)).Sum, value);

    public void Clear() => Volatile.Write(ref _slices, new Slice?[Slices]);

    private long Latest(long timestamp)
    {
        var slice = timestamp / _ticksPerSlice;
        var latest = Volatile.Read(ref _latest);
        while (slice > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latest, slice, latest);
            latest = seen == latest ? slice : seen;
        }

        return latest;
    }

    /// <summary>The slice of a number, in place of the one that is forgotten. Another call may be a turn ahead: what it began counts for both.</summary>
    private Slice Current(long number)
    {
        ref var place = ref Volatile.Read(ref _slices)[number % Slices];
        var slice = Volatile.Read(ref place);
        while (slice is null || slice.Number < number)
        {
            var begun = new Slice(number);
            var seen = Interlocked.CompareExchange(ref place, begun, slice);
            slice = ReferenceEquals(seen, slice) ? begun : seen;
        }

        return slice;
    }

    private sealed class Slice(long number)
    {
        public readonly long Number = number;
        public long Sum;
    }
}
