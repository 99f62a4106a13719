namespace PromptGen.Evaluation;

/// <summary>How an evaluation runs.</summary>
public sealed class EvaluationRunOptions
{
    /// <summary>How often each item is asked. 1–1,000; default: 1.</summary>
    public int Repeats { get; init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Repeats are 1 to 1,000."); } = 1;

    /// <summary>How many calls run at once. 1–1,024; default: 8.</summary>
    public int Concurrency { get; init => field = value is >= 1 and <= 1_024 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The concurrency is 1 to 1,024."); } = 8;

    /// <summary>
    /// The most that all arms may cost together, in USD, with what earlier runs over the same items have cost; 0 or more. A call for whose worst case there is no room is not made. Null, the default:
    /// no limit.
    /// </summary>
    public decimal? MaxUsd { get; init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit of the cost is not negative."); }

    /// <summary>
    /// How a request is treated that an earlier run sent and whose outcome is not known, since that run was killed. Default: <see cref="UnknownRequest.Skip"/>, so that nothing is paid twice; its item is
    /// not measured.
    /// </summary>
    public UnknownRequest Unknown { get; init; } = UnknownRequest.Skip;

    /// <summary>What is right. Null, the default: by the expected value, <see cref="AnswerMetric.Members"/> for objects, <see cref="AnswerMetric.SetF1"/> for arrays, <see cref="AnswerMetric.Numeric"/> for numbers, else <see cref="AnswerMetric.Exact"/>; items that expect elements, by <see cref="AnswerMetric.Elements"/>.</summary>
    public QualityMetric? Metric { get; init; }

    /// <summary>When the run may end before all items are asked. Null, the default: all are asked.</summary>
    public EvaluationStopping? Stopping { get; init; }

    /// <summary>Receives the progress after each call; null, the default: nothing does. What it throws is ignored.</summary>
    public IProgress<EvaluationProgress>? Progress { get; init; }
}
