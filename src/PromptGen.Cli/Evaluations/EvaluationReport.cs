using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>What <c>promptgen eval --json</c> writes: as <c>promptgen score --json</c>, so that <c>compare</c> and <c>table</c> read it, with what the run was.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Version">Its version.</param>
/// <param name="DataVersion">The version of the items.</param>
/// <param name="Questions">How many items there are.</param>
/// <param name="SpentUsd">What all calls have cost in USD, in this run and in earlier ones.</param>
/// <param name="CostComplete">Whether the cost of each of them is known.</param>
/// <param name="NotMeasured">Calls without a score.</param>
/// <param name="Broken">Calls whose answers the metric could not measure; null = there are none.</param>
/// <param name="Unknown">Requests of an earlier run whose outcome is not known.</param>
/// <param name="Problem">Why the first call without a score has none; null = all have one.</param>
/// <param name="AnsweredModels">The models that providers have named in their answers, by arm.</param>
/// <param name="Models">The scores of each arm.</param>
/// <param name="Categories">The category of each item that has one; null = none has.</param>
/// <param name="Clusters">The cluster of each item that has one; null = none has.</param>
/// <param name="Weights">The weight of each item; null = all count alike.</param>
internal sealed record EvaluationReport(
    string Prompt,
    string Version,
    string DataVersion,
    int Questions,
    decimal SpentUsd,
    bool CostComplete,
    int NotMeasured,
    IReadOnlyList<BrokenMeasurement>? Broken,
    long Unknown,
    string? Problem,
    IReadOnlyDictionary<string, IReadOnlyList<string>> AnsweredModels,
    IReadOnlyList<ScoredModel> Models,
    IReadOnlyDictionary<string, string>? Categories,
    IReadOnlyDictionary<string, string>? Clusters,
    IReadOnlyDictionary<string, double>? Weights)
{
    public static EvaluationReport Of(EvaluationSet set, EvaluationRun run) => new(
        run.Prompt,
        run.Version,
        run.DataVersion,
        set.Items.Count,
        run.Spent.Usd,
        run.Spent.IsComplete,
        run.NotMeasured,
        run.Broken.Count > 0 ? run.Broken : null,
        run.Unknown,
        run.Problem,
        run.Results.GroupBy(static result => result.Arm, StringComparer.Ordinal).ToDictionary(
            static arm => arm.Key, static IReadOnlyList<string> (arm) => [.. arm.Select(static result => result.AnsweredModelId).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StringComparer.Ordinal),
        [.. run.Scores.Select(ScoredModel.Of)],
        ScoreReport.Map(set.Items, static item => item.Id, static item => item.Category ?? item.Difficulty),
        ScoreReport.Map(set.Items, static item => item.Id, static item => item.Cluster),
        set.Items.All(static item => item.Weight == 1) ? null : set.Items.ToDictionary(static item => item.Id, static item => item.Weight, StringComparer.Ordinal));

    /// <summary>Notes below the table.</summary>
    public static void WriteNotes(ToolContext context, EvaluationRun run)
    {
        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Prompt} {run.Version}, data {run.DataVersion}: {run.Results.Count} calls, {Figures.Usd(run.Spent.Usd)}{(run.Spent.IsComplete ? "" : " and what is not known")}."));
        foreach (var arm in run.Results.GroupBy(static result => (result.Arm, result.Item)).GroupBy(static item => item.Key.Arm, StringComparer.Ordinal).Where(static arm => arm.Any(static item => item.Skip(1).Any())))
        {
            if (arm.All(static item => item.All(static result => result.Score is 0 or 1)))
            {
                context.Output.WriteLine($"{arm.Key}: {Scale.Percent(arm.Average(static item => item.Any(static result => result.Score == 1) ? 1.0 : 0))} of the items pass once, {Scale.Percent(arm.Average(static item => item.All(static result => result.Score == 1) ? 1.0 : 0))} every time.");
            }
        }

        if (run.Broken.Count > 0)
        {
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Broken measurements: {run.Broken.Count}, which are neither right nor wrong. {run.Broken[0].Problem}"));
        }

        if (run.NotMeasured > 0)
        {
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.NotMeasured} calls could not be measured: {run.Problem} The same command tries them again."));
        }
    }
}
