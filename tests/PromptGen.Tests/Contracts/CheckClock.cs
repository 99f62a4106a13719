using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>The clock of a guard's deadline, which never passes. Counts how often it is read, and the work in between.</summary>
internal sealed class CheckClock : TimeProvider
{
    private readonly ReadingGuard _guard;
    private long _last;

    public CheckClock(ReadingGuard guard)
    {
        _guard = guard;
        guard.Begin(this, long.MaxValue, CancellationToken.None);
    }

    /// <summary>How often token and deadline were checked.</summary>
    public long Count { get; private set; }

    /// <summary>The most steps between two checks, besides those of a call that cannot be interrupted.</summary>
    public long MostSteps { get; private set; }

    public override long GetTimestamp()
    {
        End();
        return ++Count;
    }

    /// <summary>Takes in the steps since the last check.</summary>
    public void End()
    {
        var steps = _guard.Steps - _guard.Uninterrupted;
        MostSteps = Math.Max(MostSteps, steps - _last);
        _last = steps;
    }
}
