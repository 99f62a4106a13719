namespace PromptGen.Evaluation;

/// <summary>What an evaluation has found.</summary>
/// <param name="Prompt">The name of the prompt.</param>
/// <param name="Version">Its version.</param>
/// <param name="DataVersion">The version of the data.</param>
/// <param name="Scores">The scores of each arm: of an item that was asked several times, the mean.</param>
/// <param name="Results">Every measured call.</param>
public sealed record EvaluationRun(string Prompt, string Version, string DataVersion, IReadOnlyList<ModelScore> Scores, IReadOnlyList<EvaluationResult> Results)
{
    /// <summary>What all calls have cost, in this run and in earlier ones over the same items.</summary>
    public PromptCost Spent { get; init; } = PromptCost.Zero;

    /// <summary>What the last look at the run has shown; null without <see cref="EvaluationRunOptions.Stopping"/>. Where it ended the run, scores and results are those of the items that were asked until then.</summary>
    public EvaluationLook? Look { get; init; }

    /// <summary>Whose quality a threshold is for: the route, without it the first arm.</summary>
    public ModelScore Judged => JudgedOf(Scores);

    /// <summary>Calls whose answers the metric could not measure. They are in no mean, and are measured again when the run is repeated; answers are not paid again. Default: none.</summary>
    public IReadOnlyList<BrokenMeasurement> Broken { get; init; } = [];

    /// <summary>Calls without a score, beside those of <see cref="Broken"/>: a provider failed, the limit of the cost was reached, or the outcome of an earlier request is not known. They are asked when the run is repeated.</summary>
    public int NotMeasured { get; init; }

    /// <summary>Requests of an earlier run whose outcome is not known.</summary>
    public long Unknown { get; init; }

    /// <summary>Why the first of the calls without a score has none; null = all have one.</summary>
    public string? Problem { get; init; }

    /// <summary>The ids of the items that were asked.</summary>
    internal IReadOnlySet<string> Asked { get; init; } = new HashSet<string>();

    internal static ModelScore JudgedOf(IReadOnlyList<ModelScore> scores) => scores.FirstOrDefault(static score => score.IsRoute) ?? scores[0];
}
