using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation;

/// <summary>Which model for which task: scores, costs and latencies of several models and routes in several tasks.</summary>
public sealed class ModelTable
{
    private ModelTable(IReadOnlyList<TaskTable> tasks, TaskTable? overall) => (Tasks, Overall) = (tasks, overall);

    /// <summary>The tasks, as given.</summary>
    public IReadOnlyList<TaskTable> Tasks { get; }

    /// <summary>
    /// The means over all tasks, each task counted once, of the models that have answers in every one; null where there is one task. The interval is that of a mean of independent
    /// means, by the normal distribution.
    /// </summary>
    public TaskTable? Overall { get; }

    /// <summary>Builds the table.</summary>
    /// <param name="tasks">The tasks, each with the scores of its models; models without a scored answer are left out.</param>
    /// <param name="passAt">The numbers of attempts that <see cref="ModelRow.PassAt"/> is stated for: at least 1 each. Null, the default: none.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no task, or two tasks have one name, or a task has a model twice.</exception>
    public static ModelTable Of(IReadOnlyList<(string Task, IReadOnlyList<ModelScore> Models)> tasks, IReadOnlyList<int>? passAt = null)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0 || tasks.DistinctBy(static task => task.Task).Count() < tasks.Count || tasks.Any(static task => task.Models.DistinctBy(static score => score.Model).Count() < task.Models.Count))
        {
            throw new ArgumentException("A table needs at least one task, each task once, and each model once in a task.", nameof(tasks));
        }

        var scores = tasks.Select(static task => task.Models.Where(static score => score.Items.Count > 0).ToDictionary(static score => score.Model, StringComparer.Ordinal)).ToArray();
        return new(
            [.. tasks.Select((task, i) => TaskTable.Of(task.Task, scores[i].Values.Select(score => RowOf(score, passAt ?? [])), (best, route) => RunComparison.OfCommon(scores[i][best].Items, scores[i][route].Items)?.Difference))],
            tasks.Count == 1 ? null : OverallOf(scores, passAt ?? []));
    }

    private static ModelRow RowOf(ModelScore score, IReadOnlyList<int> passAt) => new(score.Model, score.Items.Count, score.Summary.Mean, score.Summary.Interval)
    {
        IsRoute = score.IsRoute,
        Broken = score.Broken,
        P95Seconds = score.P95Seconds,
        CostUsd = score.CostUsd,
        IsCostEstimated = score.IsCostEstimated,
        PassAt = [.. passAt.Select(k => PassAt.Of(score.Items, k)).OfType<PassAt>()],
    };

    private static TaskTable OverallOf(Dictionary<string, ModelScore>[] scores, IReadOnlyList<int> passAt)
    {
        var complete = scores[0].Keys.Where(model => scores.All(task => task.ContainsKey(model)));
        return TaskTable.Of(
            "all tasks", complete.Select(model => RowOf([.. scores.Select(task => task[model])], passAt)), (best, route) => CompareAll([.. scores.Select(task => (task[best], task[route]))]));
    }

    private static ModelRow RowOf(ModelScore[] scores, IReadOnlyList<int> passAt)
    {
        var mean = scores.Average(static score => score.Summary.Mean);
        var interval = ErrorOf([.. scores.Select(static score => ScoreSummary.ErrorOf(score.Items))]) is { } error ? Normally(mean, error) : (ConfidenceInterval?)null;
        return new(scores[0].Model, scores.Sum(static score => score.Items.Count), mean, interval)
        {
            IsRoute = scores.Any(static score => score.IsRoute),
            Broken = scores.Sum(static score => score.Broken),
            P95Seconds = scores.All(static score => score.P95Seconds is not null) ? scores.Max(static score => score.P95Seconds) : null,
            CostUsd = scores.All(static score => score.CostUsd is not null) ? scores.Average(static score => score.CostUsd) : null,
            IsCostEstimated = scores.Any(static score => score.IsCostEstimated),
            PassAt = [.. passAt.Select(k => MeanOf(k, [.. scores.Select(score => PassAt.Of(score.Items, k)).OfType<PassAt>()], scores.Length)).OfType<PassAt>()],
        };
    }

    /// <summary>The mean over the tasks; null unless each has one.</summary>
    private static PassAt? MeanOf(int k, IReadOnlyList<PassAt> tasks, int count)
    {
        return tasks.Count < count ? null : new(k, Of(static task => task.Any), Of(static task => task.All));

        ScoreSummary Of(Func<PassAt, ScoreSummary> part) => new(tasks.Sum(task => part(task).Count), tasks.Average(task => part(task).Mean), null);
    }

    /// <summary>The mean over the tasks of what a route scores more than a model.</summary>
    private static PairedDifference? CompareAll((ModelScore Best, ModelScore Route)[] tasks)
    {
        var differences = tasks.Select(static task => DifferencesOf(task.Best, task.Route)).ToArray();
        if (differences.Any(static items => items.Length == 0) || ErrorOf([.. differences.Select(ScoreSummary.ErrorOf)]) is not { } error)
        {
            return null;
        }

        var mean = differences.Average(static items => ScoreSummary.ValuesOf(items).Average());
        return new(
            differences.Sum(static items => items.Length),
            mean,
            Normally(mean, error),
            error > 0 ? 2 * Normal.CDF(0, 1, -Math.Abs(mean / error)) : mean == 0 ? 1 : 0,
            ConfidenceInterval.DefaultConfidence);
    }

    private static ScoredItem[] DifferencesOf(ModelScore best, ModelScore route)
    {
        var byId = best.Items.ToDictionary(static item => item.Id, static item => item.Score, StringComparer.Ordinal);
        return [.. route.Items.Where(item => byId.ContainsKey(item.Id)).Select(item => item with { Score = item.Score - byId[item.Id] })];
    }

    /// <summary>The standard error of the mean of independent means; null where that of one is not known.</summary>
    private static double? ErrorOf(double?[] errors) => errors.All(static error => error is not null) ? Math.Sqrt(errors.Sum(static error => error!.Value * error.Value)) / errors.Length : null;

    private static ConfidenceInterval Normally(double mean, double error)
    {
        var half = ConfidenceInterval.NormalQuantile(ConfidenceInterval.DefaultConfidence) * error;
        return new(mean - half, mean + half);
    }
}
