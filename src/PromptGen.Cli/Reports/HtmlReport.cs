using System.Globalization;
using System.Net;
using System.Text;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Reports;

/// <summary>Writes a report as one page that refers to nothing else: no scripts, no fonts, no pictures.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
        body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
        table { border-collapse: collapse; margin: 1rem 0 2rem; }
        th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; }
        .bar { width: 10rem; } .bar div { background: #4a7fd6; height: .8rem; }
        svg { vertical-align: middle; } rect { fill: #4a7fd6; }
        """;

    public static string Write(Report report, DateTimeOffset now)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Calls of prompts</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        page.Append("<h1>Calls of prompts</h1>\n<p>")
            .Append(CultureInfo.InvariantCulture, $"{report.Summary()}. Written {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC.</p>\n");
        Days(page, report);
        var by = report.By.ToString();
        Table(page, "Cost and time", by, report.Groups, static group => group.Key, [.. ReportColumns.CostAndTime, BarOf<CallKpis>(report.CostUsd, static group => group.CostUsd)]);
        Table(page, "Who answered", by, report.Groups, static group => group.Key, ReportColumns.Route);
        Table(page, "Who was asked", "Model asked", report.Asked, static model => model.ModelId, [.. ReportColumns.Spending, BarOf<ModelSpending>(report.CostUsd, static model => model.CostUsd)]);
        Table(page, "How good the answers were", by, report.Groups, static group => group.Key, ReportColumns.Answers);
        List(page, "Contracts broken at", report.Groups.SelectMany(static group => group.Breaches.Select(breaches => $"{group.Key} {Figures.Member(breaches.Pointer)}: {Figures.Count(breaches.Answers, "answer")}")));
        List(page, "Changed against the baseline", report.Groups.SelectMany(static group => group.Drift.Select(drift => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {drift.Figure}: {drift.Baseline:0.#####} → {drift.Current:0.#####}, p = {drift.P:0.#####}"))));
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Days(StringBuilder page, Report report)
    {
        if (report.Days.Count < 2)
        {
            return;
        }

        var most = report.Days.Max(static day => day.CostUsd);
        page.Append(CultureInfo.InvariantCulture, $"<p>Cost by day, {report.Days[0].Key} to {report.Days[^1].Key}: <svg width=\"{report.Days.Count * 8}\" height=\"32\" role=\"img\" aria-label=\"Cost by day\">");
        for (var i = 0; i < report.Days.Count; i++)
        {
            var height = most > 0 ? report.Days[i].CostUsd / most * 32 : 0;
            page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * 8}\" y=\"{32 - height:0.#}\" width=\"6\" height=\"{height:0.#}\"><title>{report.Days[i].Key}: {Figures.Cost(report.Days[i].CostUsd, report.Days[i].IsCostComplete)}</title></rect>");
        }

        page.Append("</svg></p>\n");
    }

    private static void Table<T>(StringBuilder page, string title, string head, IReadOnlyList<T> rows, Func<T, string> name, IReadOnlyList<ReportColumn<T>> columns)
    {
        page.Append("<h2>").Append(title).Append("</h2>\n<table>\n<tr><th>").Append(head).Append("</th>").AppendJoin("", columns.Select(static column => $"<th>{column.Title}</th>")).Append("</tr>\n");
        foreach (var row in rows)
        {
            page.Append("<tr><td>").Append(WebUtility.HtmlEncode(name(row))).Append("</td>");
            page.AppendJoin("", columns.Select(column => $"<td{(column.IsText ? " class=\"bar\"" : "")}>{column.Text(row)}</td>")).Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    /// <summary>A row's share of all cost, as a bar.</summary>
    private static ReportColumn<T> BarOf<T>(double all, Func<T, double> cost) => new(
        "Share of cost", "", row => string.Create(CultureInfo.InvariantCulture, $"<div style=\"width:{(all > 0 ? cost(row) / all * 100 : 0):0.#}%\"></div>"), row => cost(row))
    {
        IsText = true,
    };

    private static void List(StringBuilder page, string title, IEnumerable<string> lines)
    {
        var items = string.Concat(lines.Select(static line => $"<li>{WebUtility.HtmlEncode(line)}</li>\n"));
        if (items.Length > 0)
        {
            page.Append("<h2>").Append(title).Append("</h2>\n<ul>\n").Append(items).Append("</ul>\n");
        }
    }
}
