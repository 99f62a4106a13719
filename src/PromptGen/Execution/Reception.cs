using Microsoft.Extensions.AI;

namespace PromptGen.Execution;

/// <summary>What came back for a request.</summary>
/// <param name="Code"><see cref="PromptErrorCode.None"/> = <paramref name="Text"/> is to be read; otherwise what the finish reason and the contents say.</param>
/// <param name="Text">The text of the answer.</param>
/// <param name="Response">Holds the usage and the model that answered; null where neither is known.</param>
internal readonly record struct Reception(PromptErrorCode Code, string Text, ChatResponse? Response);
