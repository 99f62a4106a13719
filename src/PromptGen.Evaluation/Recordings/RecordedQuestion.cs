namespace PromptGen.Evaluation;

/// <summary>A question that models were asked.</summary>
/// <param name="Id">Its id, unique in its data.</param>
/// <param name="Expected">The expected answer.</param>
/// <param name="Prompt">What the models were asked; empty where the data do not say.</param>
/// <param name="Category">The slice that it belongs to; null = none.</param>
/// <param name="Cluster">What it has in common with other questions, such as one document; null = it is independent.</param>
/// <param name="ExpectedJson">The expected answer as JSON, where it is an object or an array; else null.</param>
public sealed record RecordedQuestion(string Id, string Expected, string Prompt = "", string? Category = null, string? Cluster = null, string? ExpectedJson = null);
