namespace PromptGen;

/// <summary>How far a stage is. Items end side by side, so that reports may arrive in another order than that of <paramref name="Done"/>.</summary>
/// <param name="Stage">The name of the stage.</param>
/// <param name="Done">How many of its items have ended, failed ones included.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Total">How many items it has; null where that is not known before the source ends.</param>
/// <param name="Cost">What the whole pipeline has cost so far.</param>
public sealed record PipelineProgress(string Stage, long Done, long Failed, long? Total, PromptCost Cost);
