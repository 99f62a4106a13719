namespace PromptGen;

/// <summary>What one asked member of an ensemble voted.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Choice">
/// The voted value as JSON in one form for equal values, which holds text of the answer; null where the member had no vote: it was unavailable, its answer broke the contract,
/// or the outcome was certain before it answered.
/// </param>
/// <param name="Weight">The weight of the vote: 1 where all weigh the same; 0 where the member had none.</param>
public sealed record PromptVote(string ModelId, string? Choice, double Weight)
{
    /// <summary>Whether the member had a vote, those of the minority included.</summary>
    public bool Counted => Choice is not null;
}
