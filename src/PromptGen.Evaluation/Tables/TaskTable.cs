namespace PromptGen.Evaluation;

/// <summary>Which model is best for a task.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Rows">The models and routes: the best first, of equally good ones the cheaper one.</param>
public sealed record TaskTable(string Task, IReadOnlyList<ModelRow> Rows)
{
    /// <summary>The best row that is no route; null where there is none. Every route is to be measured against it.</summary>
    public ModelRow? BestSingle => Rows.FirstOrDefault(static row => !row.IsRoute);

    /// <summary>Orders the rows and compares them with each other.</summary>
    /// <param name="task">The name of the task.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="compare">The difference of a route and the best single model.</param>
    internal static TaskTable Of(string task, IEnumerable<ModelRow> rows, Func<string, string, PairedDifference?> compare)
    {
        var table = new TaskTable(
            task, [.. rows.OrderByDescending(static row => row.Quality).ThenBy(static row => row.CostUsd ?? decimal.MaxValue).ThenBy(static row => row.Model, StringComparer.Ordinal)]);
        var best = table.BestSingle;
        var reference = table.Rows.FirstOrDefault(static row => row is { IsRoute: false, Quality: > 0, CostUsd: > 0 });
        return table with
        {
            Rows = [.. table.Rows.Select(row => row with
            {
                CostQualityRatio = reference is null ? null : RatioOf(row, reference),
                IsOnFront = table.Rows.All(other => !IsBeaten(row, other)) && row.CostUsd is not null,
                AgainstBest = best is not null && row.IsRoute ? compare(best.Model, row.Model) : null,
            })],
        };
    }

    private static double? RatioOf(ModelRow row, ModelRow reference) =>
        row is { Quality: > 0, CostUsd: > 0 } ? row.Quality / reference.Quality / (double)(row.CostUsd.Value / reference.CostUsd!.Value) : null;

    private static bool IsBeaten(ModelRow row, ModelRow other) =>
        other.Quality >= row.Quality && other.CostUsd <= row.CostUsd && (other.Quality > row.Quality || other.CostUsd < row.CostUsd);
}
