using Acme.Patterns.Questions;
using PromptGen;

namespace Acme.Patterns;

/// <summary>The outcome of one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="ModelId">The model that answered; empty = a person takes over.</param>
/// <param name="RoutedBy">What decided where the call entered its route; null = it entered at the first step.</param>
/// <param name="IsRight">Whether the answer has the words that a right one has.</param>
/// <param name="Attempts">The ledger.</param>
/// <param name="Cost">What all attempts cost together.</param>
internal sealed record Outcome(Question Question, string ModelId, string? RoutedBy, bool IsRight, IReadOnlyList<PromptAttempt> Attempts, PromptCost Cost)
{
    /// <summary>Whether no model's answer was accepted, so that a person takes over.</summary>
    public bool IsLeftToPerson => ModelId.Length == 0;

    /// <summary>The outcome of a call with an answer.</summary>
    public static Outcome Of(Question question, PromptResult<Answer> result) => new(
        question,
        result.ModelId,
        result.RoutedBy,
        result.Value.Text.Contains(question.Expected, StringComparison.OrdinalIgnoreCase),
        result.Attempts,
        result.Cost);

    /// <summary>The outcome of a call without an answer.</summary>
    public static Outcome Of(Question question, PromptException exception) => new(question, "", null, false, exception.Attempts, Sum(exception.Attempts.Select(static attempt => attempt.Cost)));

    /// <summary>What calls cost together.</summary>
    public static PromptCost Sum(IEnumerable<PromptCost> costs) => costs.Aggregate(PromptCost.Zero, static (sum, cost) => sum + cost);
}
