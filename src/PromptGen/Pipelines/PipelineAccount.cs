using System.Diagnostics;
using PromptGen.Budgets;
using PromptGen.Execution;
using PromptGen.Telemetry;

namespace PromptGen.Pipelines;

/// <summary>The account of a pipeline: the money, time, ledger and trace that its items share. Thread-safe.</summary>
internal sealed class PipelineAccount : Account
{
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: pipelines start each other without end.</exception>
    public PipelineAccount(PromptRuntime runtime, string name, PipelineOptions options, CancellationToken cancellationToken)
        : base(runtime, "pipeline " + name, options.MaxUsd, options.Deadline, isShared: true, cancellationToken)
    {
        Name = name;
        Ledger = new PipelineLedger(Parent?.Entries);
        Span = Explainer is null ? Spans.StartAside("pipeline " + name, [new("promptgen.pipeline", name)], Parent?.Span, Cause) : null;
    }

    public string Name { get; }

    /// <summary>What ended the pipeline before its stages are done; null = nothing did.</summary>
    public PromptException? Fault { get; set; }

    public PipelineLedger Ledger { get; }

    public override ILedger Entries => Ledger;

    public override Activity? Span { get; }

    /// <summary>The money that the items share; null = nothing limits it.</summary>
    public SharedBudget? Money => Budget as SharedBudget;

    protected override bool IsCall => false;

    /// <summary>The pipeline is over.</summary>
    public void End()
    {
        if (Explainer is null && PromptMetrics.PipelineDuration.Enabled)
        {
            PipelineTelemetry.PipelineEnded(Name, Clock.Elapsed);
        }

        if (Span is { IsStopped: false } span)
        {
            span.SetCost(Ledger.Cost);
            Spans.StopAside(span);
        }
    }
}
