using System.Text.RegularExpressions;

namespace PromptGen.Contracts;

/// <summary>
/// Bounds the reading of one answer: every stage charges its work here, and at least once per <see cref="Interval"/> the caller's token and the
/// call's deadline are checked. Work on a single token, and the parsing of a repaired answer, is one call of the framework and cannot be interrupted; the check
/// follows it. Also holds the time that the patterns of the contract share. Not thread-safe.
/// </summary>
internal sealed class ReadingGuard
{
    /// <summary>The most work between two checks; one unit is about one byte of the answer that is read once.</summary>
    public const int Interval = 64 * 1024;

    /// <summary>The most work that is charged at once. A power of two.</summary>
    public const int Slice = 16 * 1024;

    // The slice in which a check becomes due is finished first.
    private const int Due = Interval - Slice;

    // A longer match is followed by a check, since the steps do not measure its time.
    private static readonly TimeSpan s_longMatch = TimeSpan.FromMilliseconds(5);

    [ThreadStatic]
    private static ReadingGuard? t_idle;

    private readonly TimeProvider _patternClock;
    private CancellationToken _cancellationToken;
    private TimeProvider? _clock;
    private long _endsAt;
    private long _left = Due;
    private long _counted;
    private TimeSpan _patternTime;

    /// <param name="patternClock">Measures patterns; null = the system's clock, which is also the one that ends a single match.</param>
    public ReadingGuard(TimeProvider? patternClock = null) => _patternClock = patternClock ?? TimeProvider.System;

    /// <summary>The guard of the reading in progress on this thread, for a contract whose <see cref="PromptContract{T}.Read(string, Tolerance)"/> is called through its public method.</summary>
    [field: ThreadStatic]
    public static ReadingGuard? Current { get; private set; }

    /// <summary>Whether the caller has cancelled.</summary>
    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    /// <summary>The work so far.</summary>
    public long Steps => _counted + Due - _left;

    /// <summary>The part of <see cref="Steps"/> during which no check was possible, less one slice for each call.</summary>
    public long Uninterrupted { get; private set; }

    private bool HasPatternTime => _patternTime < ContractLimits.PatternTime;

    /// <summary>The beginning of a text, as long as can be charged at once.</summary>
    public static ReadOnlySpan<T> SliceOf<T>(ReadOnlySpan<T> text) => text.Length > Slice ? text[..Slice] : text;

    /// <summary>Takes this thread's idle guard, so that a reading allocates none.</summary>
    public static ReadingGuard Rent()
    {
        var guard = t_idle ?? new ReadingGuard();
        t_idle = null;
        return guard;
    }

    /// <summary>Returns a guard.</summary>
    public static void Return(ReadingGuard guard)
    {
        guard.Begin();
        t_idle = guard;
    }

    /// <summary>Makes a guard the current one.</summary>
    /// <returns>The previous one, which the caller has to restore.</returns>
    public static ReadingGuard? Enter(ReadingGuard? guard)
    {
        var outer = Current;
        Current = guard;
        return outer;
    }

    /// <summary>Begins an answer without deadline and token.</summary>
    public void Begin() => Begin(null, long.MaxValue, CancellationToken.None);

    /// <summary>Begins an answer.</summary>
    /// <param name="clock">The clock of the deadline; null = there is none.</param>
    /// <param name="endsAt">The deadline as a timestamp of the clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public void Begin(TimeProvider? clock, long endsAt, CancellationToken cancellationToken)
    {
        (_clock, _endsAt, _cancellationToken) = (clock, endsAt, cancellationToken);
        (_left, _counted, _patternTime, Uninterrupted) = (Due, 0, TimeSpan.Zero, 0);
    }

    /// <summary>Counts work.</summary>
    /// <param name="work">At most one <see cref="Slice"/>.</param>
    /// <exception cref="ReadingEndedException">The caller cancelled, or the deadline has passed.</exception>
    public void Charge(long work)
    {
        _left -= work;
        if (_left <= 0)
        {
            Check();
        }
    }

    /// <summary>Counts a call of the framework, which cannot be interrupted: it reads, decodes or matches one token, or parses one document.</summary>
    /// <param name="work">The length of the token or document.</param>
    /// <exception cref="ReadingEndedException">The caller cancelled, or the deadline has passed.</exception>
    public void ChargeToken(long work)
    {
        if (work > Slice)
        {
            Uninterrupted += work - Slice;
        }

        Charge(work);
    }

    /// <summary>Counts the slice that begins at a place of a text, if one does. For loops over each character.</summary>
    /// <exception cref="ReadingEndedException">The caller cancelled, or the deadline has passed.</exception>
    public void ChargeSlice(int index, int length)
    {
        if ((index & (Slice - 1)) == 0)
        {
            Charge(Math.Min(Slice, length - index));
        }
    }

    /// <summary>
    /// Matches a pattern, as long as the patterns of this answer have time left. The time of a match is wall-clock time, which goes on while the process is suspended, by a garbage
    /// collection or by a quota of CPU time: a match that timed out is made a second time.
    /// </summary>
    public PatternOutcome Match(Regex pattern, ReadOnlySpan<char> text)
    {
        ChargeToken(text.Length + 1);
        if (!HasPatternTime)
        {
            return PatternOutcome.NotChecked;
        }

        var outcome = MatchOnce(pattern, text);
        return outcome == PatternOutcome.TimedOut && HasPatternTime ? MatchOnce(pattern, text) : outcome;
    }

    private PatternOutcome MatchOnce(Regex pattern, ReadOnlySpan<char> text)
    {
        var start = _patternClock.GetTimestamp();
        var outcome = PatternOutcome.TimedOut;
        try
        {
            outcome = pattern.IsMatch(text) ? PatternOutcome.Found : PatternOutcome.NotFound;
        }
        catch (RegexMatchTimeoutException)
        {
            // Reported as the outcome.
        }

        var time = _patternClock.GetElapsedTime(start);

        // A match that could go on beyond its limit was suspended, which does not count.
        _patternTime += pattern.MatchTimeout != Regex.InfiniteMatchTimeout && time > pattern.MatchTimeout ? pattern.MatchTimeout : time;
        if (time >= s_longMatch)
        {
            Check();
        }

        return outcome;
    }

    private void Check()
    {
        _counted += Due - _left;
        _left = Due;
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
