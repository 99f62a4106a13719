namespace PromptGen.Evaluation;

/// <summary>A labelled example: an input, and whether two models answered it right.</summary>
/// <param name="Input">The text of the call: its parameters of type <see cref="string"/> in order, a line break between two, as <see cref="RouteLearnedAttribute"/> reads them.</param>
/// <param name="Task">The task, such as the name of the prompt; null = none.</param>
/// <param name="WeakCorrect">Whether the cheap model, that of the first step, was right.</param>
/// <param name="StrongCorrect">Whether the strong model, that of the second step, was right.</param>
public sealed record RouterExample(string Input, string? Task, bool WeakCorrect, bool StrongCorrect);
