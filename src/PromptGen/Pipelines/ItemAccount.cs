using System.Diagnostics;
using PromptGen.Budgets;
using PromptGen.Execution;
using PromptGen.Journaling;

namespace PromptGen.Pipelines;

/// <summary>The account of one item: what the calls of its delegate join. Thread-safe.</summary>
internal sealed class ItemAccount : Account, ILedger
{
    private readonly StageLedger _stage;
    private PromptCost _cost = PromptCost.Zero;

    /// <param name="pipeline">The account of the pipeline.</param>
    /// <param name="stage">The ledger of the stage.</param>
    /// <param name="span">The span of the stage; null = nothing listens.</param>
    /// <param name="cancellationToken">The token of the delegate.</param>
    public ItemAccount(PipelineAccount pipeline, StageLedger stage, Activity? span, CancellationToken cancellationToken)
        : base(pipeline, SharedBudget.Open("pipeline " + pipeline.Name, null, pipeline.Budget), cancellationToken) =>
        (_stage, Span, Pipeline) = (stage, span, pipeline.Name);

    /// <summary>What the calls have cost so far.</summary>
    public PromptCost Cost
    {
        get
        {
            lock (this)
            {
                return _cost;
            }
        }
    }

    public override ILedger Entries => this;

    public override Activity? Span { get; }

    public override string? Pipeline { get; }

    public override string? Stage => _stage.Name;

    public override ItemJournal? Journal => OwnJournal ?? base.Journal;

    /// <summary>The journal of this item; null = its pipeline has none. Set before the delegate starts.</summary>
    public ItemJournal? OwnJournal { get; set; }

    protected override bool IsCall => false;

    public int NextOrder() => _stage.NextOrder();

    public void Add(PromptAttempt attempt, Exception? exception)
    {
        lock (this)
        {
            _cost += attempt.Cost;
        }

        _stage.Add(attempt, null);
    }
}
