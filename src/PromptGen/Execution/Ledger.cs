using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>What happened in one call so far: its attempts in order, their cost, the skipped models. Thread-safe.</summary>
/// <param name="parent">The ledger of what the call is part of, which has these attempts too; null = there is none.</param>
internal sealed class Ledger(ILedger? parent = null) : ILedger
{
    /// <summary>A <see cref="PromptAttempt"/>, or an array of them: most calls make one and never look at their ledger.</summary>
    private object? _attempts;
    private Trouble? _trouble;
    private int _sent;

    /// <summary>The attempts so far.</summary>
    public IReadOnlyList<PromptAttempt> Attempts
    {
        get
        {
            lock (this)
            {
                return List();
            }
        }
    }

    public IReadOnlyList<SkippedModel> Skipped => _trouble is null ? [] : _trouble.Skipped;

    public PromptCost Cost
    {
        get
        {
            var cost = PromptCost.Zero;
            foreach (var attempt in Attempts)
            {
                cost += attempt.Cost;
            }

            return cost;
        }
    }

    /// <summary>The first exception of a client: the primary cause where the call fails.</summary>
    public Exception? FirstFailure => _trouble?.FirstFailure;

    /// <summary>What <see cref="FirstFailure"/> means.</summary>
    public PromptErrorCode FirstFailureCode => _trouble?.FirstFailureCode ?? PromptErrorCode.None;

    public int NextOrder() => parent?.NextOrder() ?? Interlocked.Increment(ref _sent);

    public void Add(PromptAttempt attempt, Exception? exception)
    {
        lock (this)
        {
            _attempts = _attempts switch
            {
                null => attempt,
                PromptAttempt only => Insert([only], attempt),
                _ => Insert((PromptAttempt[])_attempts, attempt),
            };
            if (exception is not null && FirstFailure is null)
            {
                _trouble ??= new Trouble();
                (_trouble.FirstFailure, _trouble.FirstFailureCode) = (exception, attempt.Outcome);
            }
        }

        // What a call inside this one ran into is not why this one fails.
        parent?.Add(attempt, null);
    }

    /// <summary>Enters that an answer was rejected whose attempt was entered as accepted.</summary>
    /// <param name="order">The number of the request.</param>
    /// <param name="outcome">What the check of the answer ended with.</param>
    /// <param name="reason">Why it was rejected; null where the check gave no verdict.</param>
    public void Reject(int order, PromptErrorCode outcome, string? reason) =>
        Attempts.Single(attempt => attempt.Order == order).Reject(outcome, reason);

    public void Skip(in SkippedModel model)
    {
        lock (this)
        {
            (_trouble ??= new Trouble()).Skipped.Add(model);
        }
    }

    /// <summary>A model that was skipped because of its rate limit is asked after all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="within">The most that its limit may have been expected to take; null = any time.</param>
    /// <returns>False where it was not skipped, or has to wait longer.</returns>
    public bool TakeBack(ModelInfo model, TimeSpan? within)
    {
        lock (this)
        {
            return _trouble?.Skipped.RemoveAll(skipped => skipped.Why == SkipReason.RateLimit && skipped.Model == model && !(skipped.Wait >= within)) > 0;
        }
    }

    /// <summary>How long it takes until the first of the skipped models can be asked; null = none of them becomes available by itself.</summary>
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

    /// <summary>An answer that is judged by another prompt is entered after the requests of that one.</summary>
    private static PromptAttempt[] Insert(ReadOnlySpan<PromptAttempt> before, PromptAttempt attempt)
    {
        var position = before.Length;
        while (position > 0 && before[position - 1].Order > attempt.Order)
        {
            position--;
        }

        var after = new PromptAttempt[before.Length + 1];
        before[..position].CopyTo(after);
        after[position] = attempt;
        before[position..].CopyTo(after.AsSpan(position + 1));
        return after;
    }

    private PromptAttempt[] List()
    {
        if (_attempts is not PromptAttempt[] list)
        {
            _attempts = list = _attempts is PromptAttempt only ? [only] : [];
        }

        return list;
    }

    /// <summary>What a call that succeeds at once does not have.</summary>
    private sealed class Trouble
    {
        public List<SkippedModel> Skipped { get; } = [];

        public Exception? FirstFailure { get; set; }

        public PromptErrorCode FirstFailureCode { get; set; }
    }
}
