namespace PromptGen.Health;

/// <summary>How busy and how fast a model is, as the requests of this runtime show it. Exists once a prompt orders its models by it. Thread-safe.</summary>
internal sealed class ModelLoad(TimeProvider timeProvider)
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly object _lock = new();
    private int _inFlight;
    private long? _askedAt;
    private long? _measuredAt;
    private double _seconds;
    private double _weight;

    /// <summary>How many requests are under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>
    /// The place of the model among others, the lowest first: 0 = it is to be measured; 1 = it was measured, and takes that many seconds; 2 = it is being measured, or
    /// gave no answer lately.
    /// </summary>
    public (int Rank, double Seconds) Pace
    {
        get
        {
            var now = timeProvider.GetTimestamp();
            lock (_lock)
            {
                return IsRecent(_measuredAt, now) ? (1, _seconds)
                    : InFlight > 0 || IsRecent(_askedAt, now) ? (2, 0)
                    : (0, 0);
            }
        }
    }

    /// <summary>A request is sent.</summary>
    public void Start() => Interlocked.Increment(ref _inFlight);

    /// <summary>The model answered, or a stream gave its first item; or it did neither.</summary>
    public void Answered(long sentAt, PromptErrorCode code)
    {
        if (code == PromptErrorCode.Cancelled)
        {
            return;
        }

        var now = timeProvider.GetTimestamp();
        lock (_lock)
        {
            _askedAt = now;
            if (code != PromptErrorCode.None)
            {
                return;
            }

            var kept = _measuredAt is { } before ? _weight * Math.Pow(0.5, timeProvider.GetElapsedTime(before, now) / HalfLife) : 0;
            _seconds = ((kept * _seconds) + timeProvider.GetElapsedTime(sentAt, now).TotalSeconds) / (kept + 1);
            _weight = kept + 1;
            _measuredAt = now;
        }
    }

    /// <summary>The request is no longer under way.</summary>
    public void End() => Interlocked.Decrement(ref _inFlight);

    private bool IsRecent(long? timestamp, long now) => timestamp is { } then && timeProvider.GetElapsedTime(then, now) <= Memory;
}
