namespace PromptGen.Evaluation;

/// <summary>One measured call.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Item">The id of the item.</param>
/// <param name="Repeat">Which of its repeats: from 1.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Outcome">Why there was no accepted answer, which scores 0; <see cref="PromptErrorCode.None"/> = there was one.</param>
public sealed record EvaluationResult(string Arm, string Item, int Repeat, double Score, PromptErrorCode Outcome)
{
    /// <summary>The version of the data that it was measured with.</summary>
    public string DataVersion { get; init; } = "";

    /// <summary>The model whose answer was accepted, as declared; null = none was.</summary>
    public string? ModelId { get; init; }

    /// <summary>The model that the provider names in its answer; null = it names none.</summary>
    public string? AnsweredModelId { get; init; }

    /// <summary>What the answer cost.</summary>
    public PromptCost Cost { get; init; } = PromptCost.Unknown;

    /// <summary>What the metric cost that measured it. Default: nothing.</summary>
    public PromptCost MetricCost { get; init; } = PromptCost.Zero;

    /// <summary>How long the call took, in seconds; null where an earlier run has asked.</summary>
    public double? Seconds { get; init; }

    /// <summary>How many requests it made.</summary>
    public int Requests { get; init; }
}
