namespace PromptGen;

/// <summary>What one asked member of an ensemble voted. What it voted for is text of its answer, and not kept.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Weight">The weight of its vote; 0 where it had none.</param>
/// <param name="Counted">Whether it had a vote.</param>
/// <param name="IsBehindWinner">Whether it voted for what won; false where nothing did.</param>
public sealed record CallVote(string ModelId, double Weight, bool Counted, bool IsBehindWinner);
