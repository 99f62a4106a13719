using System.Globalization;
using PromptGen.Execution;

namespace PromptGen.Pipelines;

/// <summary>What all stages of one name have done. Thread-safe.</summary>
/// <param name="name">The name.</param>
/// <param name="pipeline">The ledger of the pipeline.</param>
internal sealed class StageLedger(string name, PipelineLedger pipeline) : ILedger
{
    private long _done;
    private long _failed;
    private long _attempts;
    private long _unknown;
    private int _opened;
    private PromptCost _cost = PromptCost.Zero;

    public string Name => name;

    /// <summary>What the whole pipeline has cost.</summary>
    public PromptCost PipelineCost => pipeline.Cost;

    public PipelineStage Totals
    {
        get
        {
            lock (this)
            {
                return new PipelineStage(name, _done, _failed, _attempts, _cost) { Unknown = _unknown };
            }
        }
    }

    public int NextOrder() => pipeline.NextOrder();

    public void Add(PromptAttempt attempt, Exception? exception)
    {
        lock (this)
        {
            _attempts++;
            _cost += attempt.Cost;
        }

        pipeline.Add(attempt, null);
    }

    /// <summary>A stage of this name starts.</summary>
    /// <returns>What it is called in a journal, where equal items of two stages are not the same.</returns>
    public string Open()
    {
        var number = Interlocked.Increment(ref _opened);
        return number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{number}");
    }

    /// <summary>A request of an earlier run has an unknown outcome: it may have cost something.</summary>
    public void CountUnknown()
    {
        lock (this)
        {
            _unknown++;
            _cost += PromptCost.Unknown;
        }

        pipeline.AddUnknown();
    }

    /// <summary>An item has ended.</summary>
    public void Count(bool failed)
    {
        lock (this)
        {
            _done++;
            _failed += failed ? 1 : 0;
        }
    }
}
