using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>
/// The test cases of a run: each arm, and each category of it, which are errors where calls could not be measured; the threshold, which fails where it is missed; and with a margin the comparison of two arms.
/// </summary>
internal static class EvaluationCases
{
    public static IReadOnlyList<JUnitCase> Of(EvaluationSet set, int repeats, EvaluationVerdict verdict)
    {
        var run = verdict.Run;
        return
        [
            .. run.Scores.SelectMany(score => CasesOf(set, repeats, run, score)),
            .. verdict.MinQuality is { } least ? [ThresholdOf(run, least)] : (JUnitCase[])[],
            .. verdict is { Margin: not null, Comparison: { } comparison } ? comparison.JUnitCases() : [],
        ];
    }

    private static IEnumerable<JUnitCase> CasesOf(EvaluationSet set, int repeats, EvaluationRun run, ModelScore score)
    {
        var asked = set.Items.Where(item => run.Asked.Contains(item.Id)).ToArray();
        var measured = run.Results.Where(result => result.Arm == score.Model).GroupBy(static result => result.Item, StringComparer.Ordinal).ToDictionary(static item => item.Key, static item => item.Count(), StringComparer.Ordinal);
        yield return Case("all", asked, score.Items);
        foreach (var slice in asked.Where(static item => item.Slice is not null).GroupBy(static item => item.Slice!, StringComparer.Ordinal).OrderBy(static slice => slice.Key, StringComparer.Ordinal))
        {
            yield return Case(slice.Key, [.. slice], [.. score.Items.Where(item => item.Category == slice.Key)]);
        }

        JUnitCase Case(string name, IReadOnlyCollection<EvaluationItem> items, IReadOnlyList<ScoredItem> scores)
        {
            var without = items.Where(item => measured.GetValueOrDefault(item.Id) < repeats).Select(static item => item.Id).ToArray();
            var summary = ScoreSummary.Of(scores);
            var quality = $"{Scale.Percent(summary.Mean)} ({Scale.Percent(summary.Interval)}) of {Figures.Count(scores.Count, "item")}";
            return without.Length == 0
                ? new(ClassOf(run, score), name, JUnitOutcome.Passed, quality)
                : new(ClassOf(run, score), name, JUnitOutcome.Error, $"{Figures.Count(without.Length, "item")} not measured: {run.Problem ?? score.Problem}") { Type = "not measured", Details = $"{quality}; not measured: {string.Join(", ", without)}" };
        }
    }

    private static JUnitCase ThresholdOf(EvaluationRun run, double least)
    {
        var (score, name) = (run.Judged, $"quality of at least {Scale.Percent(least)}");
        return score.Reaches(least) switch
        {
            null => new(ClassOf(run, score), name, JUnitOutcome.Error, $"{(score.Items.Count == 0 ? "nothing was measured" : "broken measurements decide")}: {run.Problem ?? score.Problem}") { Type = "not measured" },
            false => new(ClassOf(run, score), name, JUnitOutcome.Failure, $"{Scale.Percent(score.Summary.Mean)} is below {Scale.Percent(least)}") { Type = "threshold" },
            true => new(ClassOf(run, score), name, JUnitOutcome.Passed, Scale.Percent(score.Summary.Mean)),
        };
    }

    private static string ClassOf(EvaluationRun run, ModelScore score) => $"{run.Prompt}, {score.Model}";
}
