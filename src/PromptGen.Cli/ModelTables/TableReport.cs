using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.ModelTables;

/// <summary>Models by task, as tables for a terminal, as Markdown, and as JSON.</summary>
/// <param name="table">The models.</param>
internal sealed class TableReport(ModelTable table)
{
    private const int Answers = 1_000;

    private static readonly string[] s_notes =
    [
        "USD are per 1,000 answers, and per 1,000 right answers; ~ is estimated from the length of texts. Ratio: quality per dollar, where the best single model with a known cost is 1. Front: no other row is at least as good for at most the same cost.",
    ];

    /// <summary>Whether no model has a scored answer.</summary>
    public bool IsEmpty => table.Tasks.All(static task => task.Rows.Count == 0);

    private IEnumerable<TaskTable> Sections => table.Overall is { } overall ? table.Tasks.Append(overall) : table.Tasks;

    public void WriteTables(ToolContext context)
    {
        foreach (var section in Sections)
        {
            context.Output.WriteLine(section.Task);
            var shown = Tables.Create([.. ColumnsOf(section)]);
            foreach (var cells in RowsOf(section))
            {
                shown.Row([.. cells]);
            }

            context.Console.Write(shown);
            context.Output.WriteLine(BestOf(section));
            context.Output.WriteLine();
        }

        foreach (var note in s_notes)
        {
            context.Output.WriteLine(note);
        }
    }

    public string Markdown() => string.Join('\n', Sections.Select(section => MarkdownTable.Write(section.Task, [.. ColumnsOf(section)], RowsOf(section), [BestOf(section)]))) + "\n" + string.Join("\n\n", s_notes) + "\n";

    public object Json() => new { Tasks = table.Tasks.Select(Json), Overall = table.Overall is { } overall ? Json(overall) : null };

    private static object Json(TaskTable section) => new
    {
        section.Task,
        BestSingle = section.BestSingle?.Model,
        Models = section.Rows.Select(static row => new
        {
            row.Model,
            Route = row.IsRoute,
            row.Answers,
            row.Broken,
            row.Quality,
            row.Interval?.Lower,
            row.Interval?.Upper,
            row.P95Seconds,
            row.CostUsd,
            row.CostPerSuccessUsd,
            CostEstimated = row.IsCostEstimated,
            row.CostQualityRatio,
            OnFront = row.IsOnFront,
            PassAt = PassAtOption.Json(row.PassAt),
            AgainstBest = row.AgainstBest is { } difference
                ? new { difference.Items, Difference = difference.Mean, difference.Interval.Lower, difference.Interval.Upper, difference.PValue, Significant = difference.IsSignificant }
                : null,
        }),
    };

    /// <summary>The table of all tasks also has the quality in each of them.</summary>
    private IEnumerable<string> ColumnsOf(TaskTable section) =>
    [
        "~Model", .. section == table.Overall ? table.Tasks.Select(static task => ">" + task.Task) : [], ">Quality", ">95 % interval", .. PassesOf(section).SelectMany(static k => (string[])[string.Create(CultureInfo.InvariantCulture, $">pass@{k}"), string.Create(CultureInfo.InvariantCulture, $">pass^{k}")]), ">p95", ">USD", ">USD per right", ">Ratio", "Front",
        .. HasBroken(section) ? (string[])[">Broken"] : [], .. HasRoutes(section) ? (string[])[">Against best single"] : [],
    ];

    private IEnumerable<IEnumerable<string>> RowsOf(TaskTable section) => section.Rows.Select(row => (IEnumerable<string>)
    [
        row.IsRoute ? row.Model + " (route)" : row.Model,
        .. section == table.Overall ? table.Tasks.Select(task => Scale.Percent(task.Rows.First(other => other.Model == row.Model).Quality)) : [],
        Scale.Percent(row.Quality),
        Scale.Percent(row.Interval),
        .. PassesOf(section).Select(k => row.PassAt.FirstOrDefault(value => value.K == k)).SelectMany(static value => (string[])[Scale.Percent(value?.Any.Mean), Scale.Percent(value?.All.Mean)]),
        Figures.Time(row.P95Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        Usd(row.CostUsd, row.IsCostEstimated),
        Usd(row.CostPerSuccessUsd, row.IsCostEstimated),
        row.CostQualityRatio is { } ratio ? ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) : Figures.Unknown,
        row.IsOnFront ? "yes" : "",
        .. HasBroken(section) ? (string[])[Figures.Number(row.Broken)] : [],
        .. HasRoutes(section) ? (string[])[row.AgainstBest is { } difference ? $"{Scale.Points(difference.Mean)} ({Scale.Points(difference.Interval)})" : ""] : [],
    ]);

    private static string BestOf(TaskTable section) => section.BestSingle is { } best
        ? $"Best single model: {best.Model}, {Scale.Percent(best.Quality)}{(best.CostUsd is null ? "" : $", {Usd(best.CostUsd, best.IsCostEstimated)} per 1,000 answers")}."
        : "No single model was scored.";

    /// <summary>The numbers of attempts that any row has an estimate for.</summary>
    private static IEnumerable<int> PassesOf(TaskTable section) => section.Rows.SelectMany(static row => row.PassAt).Select(static value => value.K).Distinct().Order();

    /// <summary>Answers that could not be measured are rare: their column is only there where a row has one.</summary>
    private static bool HasBroken(TaskTable section) => section.Rows.Any(static row => row.Broken > 0);

    private static bool HasRoutes(TaskTable section) => section.Rows.Any(static row => row.IsRoute);

    private static string Usd(decimal? usd, bool isEstimated) => (isEstimated && usd is not null ? "~" : "") + Figures.Usd(usd * Answers);
}
