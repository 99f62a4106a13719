namespace PromptGen.Evaluation;

/// <summary>What a metric found about one answer: a score, or that it could not find one. Made by <see cref="Of(double)"/>, <see cref="NoAnswer"/> and <see cref="Broken"/>.</summary>
public sealed record MetricOutcome
{
    private MetricOutcome(double? score, string? problem) => (Score, Problem) = (score, problem);

    /// <summary>Nothing that could be compared was in the answer: it scores 0.</summary>
    public static MetricOutcome NoAnswer { get; } = new(0, null) { HasAnswer = false };

    /// <summary>How right the answer is: 0 to 1. Null = the metric is broken, which is neither right nor wrong.</summary>
    public double? Score { get; }

    /// <summary>Why there is no score; null = there is one.</summary>
    public string? Problem { get; }

    /// <summary>Whether an answer was found in what the model wrote.</summary>
    public bool HasAnswer { get; private init; } = true;

    /// <summary>A score.</summary>
    /// <param name="score">0 to 1. Any other number is broken: the metric does not keep its scale.</param>
    /// <returns>The outcome.</returns>
    public static MetricOutcome Of(double score) => score is >= 0 and <= 1 ? new(score, null) : Broken(FormattableString.Invariant($"The metric gave {score}, which is not from 0 to 1."));

    /// <summary>Right or wrong: 1 or 0.</summary>
    /// <param name="isRight">Whether the answer is right.</param>
    /// <returns>The outcome.</returns>
    public static MetricOutcome Of(bool isRight) => new(isRight ? 1 : 0, null);

    /// <summary>The metric could not find a score. The answer is left out of every mean and counted on its own.</summary>
    /// <param name="problem">Why, as a sentence. It is shown in reports: leave out what prompts and answers say.</param>
    /// <returns>The outcome.</returns>
    public static MetricOutcome Broken(string problem)
    {
        ArgumentException.ThrowIfNullOrEmpty(problem);
        return new(null, problem);
    }
}
