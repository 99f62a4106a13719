using PromptGen;

namespace Acme.Patterns;

/// <summary>The outcome of one call.</summary>
/// <param name="Id">The question, or the piece of code.</param>
/// <param name="ModelId">The model that answered; empty = a person takes over.</param>
/// <param name="IsRight">Whether the answer is the expected one.</param>
/// <param name="Attempts">The ledger.</param>
/// <param name="Cost">What all attempts cost together.</param>
internal sealed record Outcome(string Id, string ModelId, bool IsRight, IReadOnlyList<PromptAttempt> Attempts, PromptCost Cost)
{
    /// <summary>What decided where the call entered its route; null = it entered at the first step.</summary>
    public string? RoutedBy { get; init; }

    /// <summary>How long that took; null = nothing decided.</summary>
    public TimeSpan? DecidedIn { get; init; }

    /// <summary>What the members of an ensemble voted; empty = there is none.</summary>
    public IReadOnlyList<PromptVote> Votes { get; init; } = [];

    /// <summary>The share of the votes that the winner has; null = nothing won.</summary>
    public double? Agreement { get; init; }

    /// <summary>The id of the call, which a ledger knows it by; null = it gave no answer.</summary>
    public string? CallId { get; init; }

    /// <summary>Whether the attempts are those of several prompts, one after the other.</summary>
    public bool HasStages { get; init; }

    /// <summary>Whether no model's answer was accepted, so that a person takes over.</summary>
    public bool IsLeftToPerson => ModelId.Length == 0;

    /// <summary>The outcome of a call with an answer.</summary>
    public static Outcome Of<T>(string id, PromptResult<T> result, Func<T, bool> isRight) => new(id, result.ModelId, isRight(result.Value), result.Attempts, result.Cost)
    {
        CallId = result.CallId,
        RoutedBy = result.RoutedBy,
        Votes = result.Votes,
        Agreement = result.Agreement,
    };

    /// <summary>The outcome of a call without an answer.</summary>
    public static Outcome Of(string id, PromptException exception) => new(id, "", false, exception.Attempts, Sum(exception.Attempts.Select(static attempt => attempt.Cost)));

    /// <summary>What calls cost together.</summary>
    public static PromptCost Sum(IEnumerable<PromptCost> costs) => costs.Aggregate(PromptCost.Zero, static (sum, cost) => sum + cost);
}
