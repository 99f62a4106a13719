namespace PromptGen;

/// <summary>What the entries of a journal belong to: one item of one stage of one pipeline.</summary>
/// <param name="Pipeline">The name of the pipeline.</param>
/// <param name="Stage">The name of the stage; with <c>#2</c>, <c>#3</c> … after it where a run starts a stage of that name again.</param>
/// <param name="Key">The key of the item within the stage; empty for <see cref="PipelineRun.RunAsync"/>.</param>
public readonly record struct JournalItem(string Pipeline, string Stage, string Key);
