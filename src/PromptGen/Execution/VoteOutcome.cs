using PromptGen.Catalog;
using PromptGen.Prompts;

namespace PromptGen.Execution;

/// <summary>How the vote of an ensemble ended.</summary>
/// <param name="Decisive">The request whose vote decided, or whose answer was selected, with what follows from the check of the winner; null = there is no winner.</param>
/// <param name="Code">The verdict over the winner; without one what ends the call, or <see cref="PromptErrorCode.None"/>: the first step of the route follows.</param>
/// <param name="Model">The first model behind the winner; null = there is none.</param>
/// <param name="Rejected">The answer that was rejected or had too few votes, where the templates of the route can name it.</param>
internal readonly record struct VoteOutcome(ModelRun? Decisive, PromptErrorCode Code, ModelInfo? Model, RejectedAnswer? Rejected);
