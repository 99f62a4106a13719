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
                return new PipelineStage(name, _done, _failed, _attempts, _cost);
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
