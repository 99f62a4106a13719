using PromptGen.Timing;

namespace PromptGen.Health;

/// <summary>A time until which something is not used; once set it can only grow. Thread-safe.</summary>
internal sealed class Cooldown(TimeProvider timeProvider)
{
    private long _until = long.MinValue;

    /// <summary>Whether there ever was one. Costs no reading of the clock.</summary>
    public bool WasSet => Volatile.Read(ref _until) != long.MinValue;

    /// <summary>What is left of it; not negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var until = Volatile.Read(ref _until);
            if (until == long.MinValue)
            {
                return TimeSpan.Zero;
            }

            var now = timeProvider.GetTimestamp();
            return until > now ? timeProvider.GetElapsedTime(now, until) : TimeSpan.Zero;
        }
    }

    public void Extend(TimeSpan time)
    {
        var until = timeProvider.GetTimestamp() + timeProvider.Ticks(time);
        var current = Volatile.Read(ref _until);
        while (until > current)
        {
            var seen = Interlocked.CompareExchange(ref _until, until, current);
            if (seen == current)
            {
                return;
            }

            current = seen;
        }
    }
}
