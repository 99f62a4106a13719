namespace PromptGen.Health;

/// <summary>A sum over the latest stretch of time, in ten slices of it: the oldest one is forgotten as a whole. Not thread-safe.</summary>
/// <param name="length">The stretch of time.</param>
/// <param name="frequency">Ticks per second of the timestamps.</param>
internal sealed class SlidingSum(TimeSpan length, long frequency)
{
    private const int Slices = 10;

    private readonly long _ticksPerSlice = Math.Max(1, (long)(length.TotalSeconds * frequency / Slices));
    private readonly long[] _slices = new long[Slices];
    private long _latest;
    private long _sum;

    /// <param name="timestamp">Now, on the monotonic clock. One that is older than the latest counts as the latest: calls read the clock side by side.</param>
    public long At(long timestamp)
    {
        var slice = timestamp / _ticksPerSlice;
        for (var passed = Math.Min(slice - _latest, Slices); passed > 0; passed--)
        {
            ref var oldest = ref _slices[(slice - passed + 1) % Slices];
            _sum -= oldest;
            oldest = 0;
        }

        _latest = Math.Max(slice, _latest);
        return _sum;
    }

    public void Add(long timestamp, long value)
    {
        At(timestamp);
        _slices[_latest % Slices] += value;
        _sum += value;
    }

    public void Clear()
    {
        Array.Clear(_slices);
        _sum = 0;
    }
}
