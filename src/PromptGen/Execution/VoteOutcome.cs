using PromptGen.Catalog;

namespace PromptGen.Execution;

/// <summary>How the vote of an ensemble ended.</summary>
/// <param name="Votes">What the asked members voted.</param>
/// <param name="Agreement">The share of the counted weight behind the winner; null = there is no winner.</param>
/// <param name="Decisive">The request whose vote decided, with the verdict over the winner; null = there is no winner.</param>
/// <param name="Model">The first model behind the winner; null = there is none.</param>
/// <param name="Stop">What ends the call where there is no winner; <see cref="PromptErrorCode.None"/> = the first step of the route follows.</param>
internal readonly record struct VoteOutcome(IReadOnlyList<PromptVote> Votes, double? Agreement, ModelRun? Decisive, ModelInfo? Model, PromptErrorCode Stop);
