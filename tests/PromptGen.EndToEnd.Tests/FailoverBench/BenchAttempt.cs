namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>A request as the provider logged it when it arrived.</summary>
/// <param name="ModelId">The requested model.</param>
/// <param name="At">When it arrived, since the start of the cell.</param>
/// <param name="PromptTokens">The size of its prompt.</param>
/// <param name="Status">The status of the answer; 0 where none was sent.</param>
/// <param name="IsRejectedPrefill">Whether it was rejected because its last message was the assistant's.</param>
internal sealed record BenchAttempt(string ModelId, TimeSpan At, int PromptTokens, int Status, bool IsRejectedPrefill);
