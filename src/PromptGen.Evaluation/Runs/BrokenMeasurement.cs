namespace PromptGen.Evaluation;

/// <summary>A call whose answer the metric could not measure: a judge failed or contradicted itself, or an evaluator gave nothing. It is neither right nor wrong.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Item">The id of the item.</param>
/// <param name="Repeat">Which of its repeats: from 1.</param>
/// <param name="Problem">Why.</param>
public sealed record BrokenMeasurement(string Arm, string Item, int Repeat, string Problem);
