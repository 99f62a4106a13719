namespace PromptGen;

/// <summary>The limits of a pipeline and how its stages run.</summary>
public sealed class PipelineOptions
{
    /// <summary>
    /// The most that all calls of the pipeline may cost together, in USD; 0 or more. Null, the default: no limit. The <see cref="BudgetAttribute"/> of a prompt still limits each of
    /// its calls.
    /// </summary>
    public decimal? MaxUsd { get; init => field = value is null or >= 0m ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A budget is not negative."); }

    /// <summary>
    /// How long the pipeline may take, from <see cref="PipelineExtensions.StartPipeline"/> on; above 0. Null, the default: no limit. The <see cref="DeadlineAttribute"/> of a prompt
    /// still limits each of its calls.
    /// </summary>
    public TimeSpan? Deadline
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A deadline is above zero.");
    }

    /// <summary>How many items of a stage run at once. 1–1,024; default: 8.</summary>
    public int Concurrency { get; init => field = Bounds.Within(value, 1, 1_024); } = 8;

    /// <summary>
    /// Whether the first item of each stage runs alone, before the others start. It fills the provider's prompt cache, so that the others pay the lower price of cached input. That
    /// saves money where the unchanging beginning of the prompt is longer than the provider's minimum, mostly 1,024 tokens, and costs the time of one item. Default: false.
    /// </summary>
    public bool WarmUp { get; init; }

    /// <summary>
    /// Whether a stage over a list is refused with <see cref="PromptErrorCode.BudgetExceeded"/> before it spends anything, where its worst case is more than what
    /// is left of <see cref="MaxUsd"/>. Its delegates run twice then: see <see cref="PipelineRun.WorstCaseAsync"/>. Default: false.
    /// </summary>
    public bool RefuseOverBudget { get; init; }

    /// <summary>
    /// Keeps the requests of the pipeline, so that a run that was interrupted goes on: start a pipeline of the same name with the same journal. The delegates run again from
    /// their start and must be repeatable, requests that have an answer are not sent again, and the rest is. Null, the default: nothing is kept. Requests of
    /// streams and chat routes are not kept.
    /// </summary>
    public IPromptJournal? Journal { get; init; }

    /// <summary>How a request is treated that an earlier run sent and whose outcome <see cref="Journal"/> does not have. Default: <see cref="UnknownRequest.Retry"/>.</summary>
    public UnknownRequest Unknown { get; init; }

    /// <summary>Receives the progress after each item; null, the default: nothing does. What it throws is ignored.</summary>
    public IProgress<PipelineProgress>? Progress { get; init; }
}
