using PromptGen.Timing;

namespace PromptGen.Health;

/// <summary>
/// The circuit breaker of one model for one prompt: it opens when too large a share of the model's answers breaks the prompt's contract, and
/// after a break lets one call at a time probe the model. A probe that gives no answer within another break, or is abandoned, is discarded:
/// the next one may come. Thread-safe.
/// </summary>
internal sealed class ContractBreaker(ResilienceOptions options, double ratio, TimeProvider timeProvider)
{
    private const int Closed = 0;
    private const int Open = 1;
    private const int Probing = 2;

    private readonly object _lock = new();
    private readonly SlidingSum _answers = new(options.ContractSamplingDuration, timeProvider.TimestampFrequency);
    private readonly SlidingSum _broken = new(options.ContractSamplingDuration, timeProvider.TimestampFrequency);
    private readonly long _break = timeProvider.Ticks(options.ContractBreakDuration);
    private int _state;
    private long _until;
    private int _probe;
    private long _answersAtOpening;
    private long _brokenAtOpening;

    public bool IsClosed => Volatile.Read(ref _state) == Closed;

    /// <summary>Whether <see cref="TryEnter"/> would refuse a call.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _state != Closed && timeProvider.GetTimestamp() < _until;
            }
        }
    }

    /// <summary>Whether the answer broke the contract; null = it says nothing about that: there was none, or the model would not give one.</summary>
    public static bool? Breaks(PromptErrorCode code) => code switch
    {
        PromptErrorCode.None or PromptErrorCode.NotAccepted => false,
        PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch or PromptErrorCode.Truncated or PromptErrorCode.EmptyOutput
            or PromptErrorCode.OutputTooLarge => true,
        _ => null,
    };

    /// <param name="probe">Names the probe that the call has become; 0 = it is none.</param>
    /// <returns>Whether the model may be asked.</returns>
    public bool TryEnter(out int probe)
    {
        probe = 0;
        lock (_lock)
        {
            if (_state == Closed)
            {
                return true;
            }

            var now = timeProvider.GetTimestamp();
            if (now < _until)
            {
                return false;
            }

            probe = ++_probe;
            Enter(Probing, now);
            return true;
        }
    }

    /// <summary>An answer was judged.</summary>
    /// <param name="broken">Whether it broke the contract.</param>
    /// <param name="probe">The probe that the call is; 0 = it is none.</param>
    /// <param name="timestamp">Now, on the monotonic clock.</param>
    public void Record(bool broken, int probe, long timestamp)
    {
        if (!broken && probe == 0)
        {
            // A good answer opens and closes nothing; one that comes in while the circuit is open is forgotten when it closes.
            _answers.Add(timestamp, 1);
            return;
        }

        lock (_lock)
        {
            if (_state == Closed)
            {
                Count(broken, timestamp);
            }
            else if (_state == Probing && probe == _probe)
            {
                Enter(broken ? Open : Closed, timestamp);
            }
        }
    }

    /// <summary>A probe ends. One that gave no answer opens the circuit again.</summary>
    public void Leave(int probe)
    {
        lock (_lock)
        {
            if (_state == Probing && probe == _probe)
            {
                Enter(Open, timeProvider.GetTimestamp());
            }
        }
    }

    /// <summary>The details that a call records when it skips the model.</summary>
    public (TimeSpan Wait, long Broken, long Answers) Describe()
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            return (_until > now ? timeProvider.GetElapsedTime(now, _until) : TimeSpan.Zero, _brokenAtOpening, _answersAtOpening);
        }
    }

    private void Count(bool broken, long timestamp)
    {
        _answers.Add(timestamp, 1);
        if (!broken)
        {
            return;
        }

        _broken.Add(timestamp, 1);
        var (answers, failures) = (_answers.At(timestamp), _broken.At(timestamp));
        if (answers >= options.ContractMinimumThroughput && failures >= ratio * answers)
        {
            (_answersAtOpening, _brokenAtOpening) = (answers, failures);
            Enter(Open, timestamp);
        }
    }

    private void Enter(int state, long timestamp)
    {
        _until = timestamp + _break;
        if (state == Closed)
        {
            _answers.Clear();
            _broken.Clear();
        }

        Volatile.Write(ref _state, state);
    }
}
