using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>What happened in one call so far: its attempts in order, their cost, the models passed over.</summary>
internal sealed class Ledger
{
    private PromptAttempt? _only;
    private List<PromptAttempt>? _attempts;
    private List<SkippedModel>? _skipped;

    /// <summary>The attempts. Most calls make one and never look at their ledger, so the list is made when it is asked for.</summary>
    public IReadOnlyList<PromptAttempt> Attempts => _attempts ??= _only is null ? [] : [_only];

    public IReadOnlyList<SkippedModel> Skipped => _skipped is null ? [] : _skipped;

    public PromptCost Cost { get; private set; } = PromptCost.Zero;

    /// <summary>The first exception of a client: the primary cause where the call fails.</summary>
    public Exception? FirstFailure { get; private set; }

    /// <summary>What <see cref="FirstFailure"/> means.</summary>
    public PromptErrorCode FirstFailureCode { get; private set; }

    public void Add(PromptAttempt attempt, Exception? exception)
    {
        if (_attempts is null && _only is null)
        {
            _only = attempt;
        }
        else
        {
            (_attempts ??= [_only!]).Add(attempt);
        }

        Cost += attempt.Cost;
        if (FirstFailure is null && exception is not null)
        {
            FirstFailure = exception;
            FirstFailureCode = attempt.Outcome;
        }
    }

    public void Skip(in SkippedModel model) => (_skipped ??= []).Add(model);

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
