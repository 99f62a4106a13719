using PromptGen.Execution;

namespace PromptGen.Pipelines;

/// <summary>The attempts of a pipeline: all of them counted, the latest kept, so that a long run needs no more memory than a short one. Thread-safe.</summary>
/// <param name="parent">The ledger of what the pipeline is part of; null = there is none.</param>
internal sealed class PipelineLedger(ILedger? parent) : ILedger
{
    /// <summary>How many attempts are kept.</summary>
    public const int MostAttempts = 10_000;

    private readonly Queue<PromptAttempt> _latest = new();
    private int _sent;
    private long _unknown;
    private PromptCost _cost = PromptCost.Zero;

    public PromptCost Cost
    {
        get
        {
            lock (_latest)
            {
                return _cost;
            }
        }
    }

    /// <summary>The latest attempts, in the order in which they were sent.</summary>
    public IReadOnlyList<PromptAttempt> Attempts
    {
        get
        {
            lock (_latest)
            {
                return [.. _latest.OrderBy(static attempt => attempt.Order)];
            }
        }
    }

    /// <summary>How many requests of an earlier run have an unknown outcome.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    public int NextOrder() => parent?.NextOrder() ?? Interlocked.Increment(ref _sent);

    /// <summary>A request of an earlier run has an unknown outcome: it may have cost something.</summary>
    public void AddUnknown()
    {
        lock (_latest)
        {
            _unknown++;
            _cost += PromptCost.Unknown;
        }
    }

    public void Add(PromptAttempt attempt, Exception? exception)
    {
        lock (_latest)
        {
            _cost += attempt.Cost;
            _latest.Enqueue(attempt);
            if (_latest.Count > MostAttempts)
            {
                _latest.Dequeue();
            }
        }

        parent?.Add(attempt, null);
    }
}
