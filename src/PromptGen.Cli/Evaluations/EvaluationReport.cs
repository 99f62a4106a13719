using System.Globalization;
using PromptGen.Cli.Comparisons;
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
/// <param name="Look">The last look at a run that may end early; null = it may not.</param>
/// <param name="Comparison">The second of two arms against the first, as <c>promptgen compare --json</c> writes it; null = there are not two.</param>
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
    IReadOnlyDictionary<string, double>? Weights,
    LookReport? Look,
    object? Comparison)
{
    public static EvaluationReport Of(EvaluationSet set, EvaluationVerdict verdict, IReadOnlyList<int> passAt)
    {
        var run = verdict.Run;
        return new(
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
            [.. run.Scores.Select(score => ScoredModel.Of(score, passAt))],
            ScoreReport.Map(set.Items, static item => item.Id, static item => item.Slice),
            ScoreReport.Map(set.Items, static item => item.Id, static item => item.Cluster),
            set.Items.All(static item => item.Weight == 1) ? null : set.Items.ToDictionary(static item => item.Id, static item => item.Weight, StringComparer.Ordinal),
            run.Look is { } look ? LookReport.Of(look) : null,
            verdict.Comparison?.Json());
    }

    /// <summary>Notes below the table.</summary>
    public static void WriteNotes(ToolContext context, EvaluationVerdict verdict)
    {
        var run = verdict.Run;
        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Prompt} {run.Version}, data {run.DataVersion}: {run.Results.Count} calls, {Figures.Usd(run.Spent.Usd)}{(run.Spent.IsComplete ? "" : " and what is not known")}."));
        if (verdict.Comparison is { } comparison)
        {
            comparison.WriteTable(context);
        }

        foreach (var note in verdict.Notes())
        {
            context.Output.WriteLine(note);
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

/// <summary>The last look at a run that may end early.</summary>
/// <param name="Look">The look: from 1.</param>
/// <param name="Looks">How many there are at most.</param>
/// <param name="Items">How many items had a score.</param>
/// <param name="Verdict">Of a threshold, better = it is reached and worse = it is missed; of two arms, what the second one is.</param>
/// <param name="Decided">Whether the run could end with it.</param>
/// <param name="Confidence">Its corrected confidence.</param>
/// <param name="Lower">The lower bound of the mean score, or of the difference, with that confidence.</param>
/// <param name="Upper">The upper bound.</param>
/// <param name="SavedCalls">Calls that were not made.</param>
/// <param name="SavedUsd">What they would have cost in USD; null = that is not known.</param>
internal sealed record LookReport(int Look, int Looks, int Items, string Verdict, bool Decided, double Confidence, double? Lower, double? Upper, int SavedCalls, decimal? SavedUsd)
{
    public static LookReport Of(EvaluationLook look) =>
        new(look.Look, look.Looks, look.Items, ComparisonReport.Word(look.Verdict), look.IsDecided, look.Confidence, look.Interval?.Lower, look.Interval?.Upper, look.SavedCalls, look.SavedUsd);
}
