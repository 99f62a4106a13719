namespace PromptGen.Evaluation;

/// <summary>What a model answered.</summary>
/// <param name="Id">The id of the question.</param>
/// <param name="Text">What the model wrote; may be empty.</param>
/// <param name="CostUsd">What it cost in USD; null = unknown.</param>
/// <param name="LatencySeconds">How long it took in seconds; null = unknown.</param>
public sealed record RecordedAnswer(string Id, string Text, decimal? CostUsd = null, double? LatencySeconds = null);
