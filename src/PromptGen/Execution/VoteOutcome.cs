using PromptGen.Catalog;
using PromptGen.Prompts;

namespace PromptGen.Execution;

/// <summary>How the vote of an ensemble ended.</summary>
/// <param name="Votes">What the asked members voted.</param>
/// <param name="Agreement">The share of the counted weight behind the winner; null = there is no winner.</param>
/// <param name="Decisive">The request whose vote decided, or whose answer was selected, with what follows from the check of the winner; null = there is no winner.</param>
/// <param name="Code">The verdict over the winner; without one what ends the call, or <see cref="PromptErrorCode.None"/>: the first step of the route follows.</param>
internal sealed record VoteOutcome(IReadOnlyList<PromptVote> Votes, double? Agreement, ModelRun? Decisive, PromptErrorCode Code)
{
    /// <summary>The first model behind the winner; null = there is none.</summary>
    public ModelInfo? Model { get; init; }

    /// <summary>The answer of that model; null = there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The answer that was rejected or had too few votes, where the templates of the route can name it.</summary>
    public RejectedAnswer? Rejected { get; init; }
}
