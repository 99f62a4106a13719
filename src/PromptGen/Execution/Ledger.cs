using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>What happened in one call so far: its attempts in order, their cost, the models passed over. Thread-safe.</summary>
/// <param name="parent">The ledger of the call that this one is part of, which has these attempts too; null = there is none.</param>
internal sealed class Ledger(Ledger? parent = null)
{
    private PromptAttempt? _only;
    private PromptAttempt[]? _attempts;
    private List<SkippedModel>? _skipped;
    private int _sent;

    /// <summary>The attempts so far. Most calls make one and never look at their ledger, so the list is made when it is read.</summary>
    public IReadOnlyList<PromptAttempt> Attempts
    {
        get
        {
            lock (this)
            {
                return _attempts ??= _only is null ? [] : [_only];
            }
        }
    }

    public IReadOnlyList<SkippedModel> Skipped => _skipped is null ? [] : _skipped;

    public PromptCost Cost { get; private set; } = PromptCost.Zero;

    /// <summary>The first exception of a client: the primary cause where the call fails.</summary>
    public Exception? FirstFailure { get; private set; }

    /// <summary>What <see cref="FirstFailure"/> means.</summary>
    public PromptErrorCode FirstFailureCode { get; private set; }

    /// <summary>The number of a request that is sent now: attempts stand in that order, whenever they are entered.</summary>
    public int NextOrder() => parent?.NextOrder() ?? Interlocked.Increment(ref _sent);

    public void Add(PromptAttempt attempt, Exception? exception)
    {
        lock (this)
        {
            if (_only is null)
            {
                (_only, _attempts) = (attempt, null);
            }
            else
            {
                // An answer that is judged by another prompt is entered after the requests of that one.
                var before = _attempts ?? [_only];
                var position = Array.FindLastIndex(before, earlier => earlier.Order <= attempt.Order) + 1;
                _attempts = [.. before[..position], attempt, .. before[position..]];
            }

            Cost += attempt.Cost;
            if (FirstFailure is null && exception is not null)
            {
                FirstFailure = exception;
                FirstFailureCode = attempt.Outcome;
            }
        }

        // What a call inside this one ran into is not why this one fails.
        parent?.Add(attempt, null);
    }

    public void Skip(in SkippedModel model)
    {
        lock (this)
        {
            (_skipped ??= []).Add(model);
        }
    }

    /// <summary>How long it takes until the first of the models passed over can be asked; null = none of them comes back by itself.</summary>
    public TimeSpan? ShortestWait()
    {
        TimeSpan? shortest = null;
        foreach (var skipped in Skipped)
        {
            if (skipped.IsForNow && !(skipped.Wait >= shortest))
            {
                shortest = skipped.Wait;
            }
        }

        return shortest;
    }
}
