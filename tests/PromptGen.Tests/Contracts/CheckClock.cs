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

    /// <summary>Asserts that token and deadline are checked often enough, and at least once per interval.</summary>
    /// <param name="least">The fewest checks.</param>
    /// <param name="read">What is read.</param>
    /// <param name="guard">Bounds the reading.</param>
    public static void AssertChecked(long least, Action<ReadingGuard> read, ReadingGuard guard)
    {
        var checks = new CheckClock(guard);

        read(guard);
        checks.End();

        Assert.InRange(checks.Count, least, long.MaxValue);
        Assert.InRange(checks.MostSteps, 1, ReadingGuard.Interval);
    }

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
