using System.Text.RegularExpressions;

namespace PromptGen.Contracts;

/// <summary>
/// Bounds the reading of one answer: every stage charges its work here, and at least once per <see cref="Interval"/> the caller's token and the
/// call's deadline are looked at. A single pass over one text, such as a search for a character, is charged as a whole. Also holds the time that the patterns of
/// the contract share. Not thread-safe.
/// </summary>
internal sealed class ReadingGuard
{
    /// <summary>The most work between two looks; one unit is about one byte of the answer that is looked at once.</summary>
    public const int Interval = 64 * 1024;

    // A match that takes longer has cost real time, which the steps do not show.
    private static readonly TimeSpan s_longMatch = TimeSpan.FromMilliseconds(5);

    [ThreadStatic]
    private static ReadingGuard? t_idle;

    private readonly TimeProvider _patternClock;
    private CancellationToken _cancellationToken;
    private TimeProvider? _clock;
    private long _endsAt;
    private long _left = Interval;
    private long _counted;
    private TimeSpan _patternTime;

    /// <param name="patternClock">Measures patterns; null = the system's clock, which is also the one that ends a single match.</param>
    public ReadingGuard(TimeProvider? patternClock = null) => _patternClock = patternClock ?? TimeProvider.System;

    /// <summary>The guard of a reading that is under way on this thread, for a contract whose <see cref="PromptContract{T}.Read(string, Tolerance)"/> is called through its public method.</summary>
    [field: ThreadStatic]
    public static ReadingGuard? Current { get; private set; }

    /// <summary>Whether the caller has cancelled.</summary>
    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    /// <summary>The work so far.</summary>
    public long Steps => _counted + Interval - _left;

    /// <summary>Takes this thread's guard, which nobody uses, so that a reading allocates none.</summary>
    public static ReadingGuard Rent()
    {
        var guard = t_idle ?? new ReadingGuard();
        t_idle = null;
        return guard;
    }

    /// <summary>Gives a guard back.</summary>
    public static void Return(ReadingGuard guard)
    {
        guard.Begin();
        t_idle = guard;
    }

    /// <summary>Makes a guard the current one.</summary>
    /// <returns>The one before, which has to be made the current one again.</returns>
    public static ReadingGuard? Enter(ReadingGuard? guard)
    {
        var outer = Current;
        Current = guard;
        return outer;
    }

    /// <summary>Begins with an answer that has no limits but those of its size.</summary>
    public void Begin() => Begin(null, long.MaxValue, CancellationToken.None);

    /// <summary>Begins with an answer.</summary>
    /// <param name="clock">The clock of the deadline; null = there is none.</param>
    /// <param name="endsAt">The deadline as a timestamp of the clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public void Begin(TimeProvider? clock, long endsAt, CancellationToken cancellationToken)
    {
        (_clock, _endsAt, _cancellationToken) = (clock, endsAt, cancellationToken);
        (_left, _counted, _patternTime) = (Interval, 0, TimeSpan.Zero);
    }

    /// <summary>Counts work.</summary>
    /// <exception cref="ReadingEndedException">The caller cancelled, or the deadline has passed.</exception>
    public void Charge(long work)
    {
        _left -= work;
        if (_left <= 0)
        {
            Look();
        }
    }

    /// <summary>Looks for a pattern, as long as the patterns of this answer have time left.</summary>
    public PatternOutcome Match(Regex pattern, ReadOnlySpan<char> text)
    {
        Charge(text.Length + 1);
        if (_patternTime >= ContractLimits.PatternTime)
        {
            return PatternOutcome.NotChecked;
        }

        var start = _patternClock.GetTimestamp();
        var outcome = PatternOutcome.TimedOut;
        try
        {
            outcome = pattern.IsMatch(text) ? PatternOutcome.Found : PatternOutcome.NotFound;
        }
        catch (RegexMatchTimeoutException)
        {
            // The outcome says so.
        }

        var time = _patternClock.GetElapsedTime(start);
        _patternTime += time;
        if (time >= s_longMatch)
        {
            Look();
        }

        return outcome;
    }

    private void Look()
    {
        _counted += Interval - _left;
        _left = Interval;
        if (_cancellationToken.IsCancellationRequested)
        {
            throw new ReadingEndedException(PromptErrorCode.Cancelled);
        }

        if (_clock is not null && _clock.GetTimestamp() >= _endsAt)
        {
            throw new ReadingEndedException(PromptErrorCode.DeadlineExceeded);
        }
    }
}
