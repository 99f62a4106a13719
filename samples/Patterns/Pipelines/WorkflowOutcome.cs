using PromptGen;

namespace Acme.Patterns.Pipelines;

/// <summary>What a pipeline has done.</summary>
/// <param name="Findings">Its result.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="Cost">What it cost, in earlier runs too.</param>
/// <param name="FromJournal">How many requests an earlier run had made.</param>
internal sealed record WorkflowOutcome(Findings Findings, IReadOnlyList<PipelineStage> Stages, PromptCost Cost, int FromJournal);
