namespace PromptGen;

/// <summary>What a stage of a pipeline has done so far.</summary>
/// <param name="Name">Its name. Stages of one name are counted together.</param>
/// <param name="Done">How many items have ended, failed ones included.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Attempts">How many requests were made to models.</param>
/// <param name="Cost">What they cost.</param>
public sealed record PipelineStage(string Name, long Done, long Failed, long Attempts, PromptCost Cost)
{
    /// <summary>How many requests an earlier run sent without learning their outcome; see <see cref="PipelineOptions.Unknown"/>.</summary>
    public long Unknown { get; init; }
}
