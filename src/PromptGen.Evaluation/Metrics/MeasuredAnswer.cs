using Microsoft.Extensions.AI;

namespace PromptGen.Evaluation;

/// <summary>An answer that is measured.</summary>
/// <param name="Item">What was asked, and what is right.</param>
/// <param name="Text">The answer: text, or the JSON of any other value, with members in camel case and enums as texts.</param>
public sealed record MeasuredAnswer(EvaluationItem Item, string Text)
{
    /// <summary>The answer as the prompt returned it; null, the default: only its text is known, as of recorded answers.</summary>
    public object? Value { get; init; }

    /// <summary>Whether <see cref="Text"/> is what a model wrote, in which the answer has to be found. Default: false.</summary>
    public bool IsText { get; init; }

    /// <summary>The messages that the first model of the route gets; of recorded answers their prompt as one message, where the data have it. Default: none.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];
}
