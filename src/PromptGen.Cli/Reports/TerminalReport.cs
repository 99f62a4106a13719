using System.Globalization;
using PromptGen.Cli.Output;
using Spectre.Console;

namespace PromptGen.Cli.Reports;

/// <summary>Writes a report to the terminal.</summary>
internal static class TerminalReport
{
    private const int BarWidth = 10;
    private const int MostBreaches = 5;

    /// <summary>The blanks around a column.</summary>
    private const int Padding = 3;

    public static void Write(ToolContext context, Report report)
    {
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Calls:#,0} calls, {Figures.Usd(report.CostUsd)}{(report.SavedUsd > 0 ? $", {Figures.Usd(report.SavedUsd)} saved by the cache" : "")}"));
        if (report.Days.Count > 1)
        {
            context.Output.WriteLine($"{report.Days[0].Key} … {report.Days[^1].Key}   calls {Sparkline.Of(report.Days.Select(static day => (double)day.Calls))}   cost {Sparkline.Of(report.Days.Select(static day => day.CostUsd))}");
        }

        var most = report.Groups.Max(static group => group.CostUsd);
        var bar = new ReportColumn("Share of cost", "", group => Bar(group.CostUsd, most), static group => group.CostUsd) { IsText = true };
        Write(context, report, [.. ReportColumns.CostAndTime, bar]);
        Write(context, report, ReportColumns.Route);
        Write(context, report, ReportColumns.Answers);
        WriteBreaches(context, report);
        WriteDrift(context, report);
    }

    /// <summary>Columns without a figure in any group are left out; those that do not fit beside the others begin another table.</summary>
    private static void Write(ToolContext context, Report report, IEnumerable<ReportColumn> columns)
    {
        var room = context.Console.Profile.Width - Padding - Math.Max(report.By.ToString().Length, report.Groups.Max(static group => group.Key.Length));
        var (shown, left) = (new List<ReportColumn>(), room);
        foreach (var column in columns.Where(column => report.Groups.Any(group => column.Value(group) is not (null or 0))))
        {
            var width = Padding + Math.Max(column.Title.Length, report.Groups.Max(group => column.Text(group).Length));
            if (width > left && shown.Count > 0)
            {
                WriteTable(context, report, shown);
                (shown, left) = ([], room);
            }

            shown.Add(column);
            left -= width;
        }

        WriteTable(context, report, shown);
    }

    private static void WriteTable(ToolContext context, Report report, List<ReportColumn> columns)
    {
        if (columns.Count > 0)
        {
            var table = Tables.Create([report.By.ToString(), .. columns.Select(static column => (column.IsText ? "" : ">") + column.Title)]);
            foreach (var group in report.Groups)
            {
                table.Row([group.Key, .. columns.Select(column => column.Text(group))]);
            }

            context.Console.Write(table);
        }
    }

    private static string Bar(double value, double most) => most > 0 ? new string('█', (int)Math.Ceiling(value / most * BarWidth)) : "";

    private static void WriteBreaches(ToolContext context, Report report)
    {
        foreach (var group in report.Groups.Where(static group => group.Breaches.Count > 0))
        {
            var members = group.Breaches.Take(MostBreaches).Select(static breaches => $"{Figures.Member(breaches.Pointer)} {Figures.Number(breaches.Answers)}");
            context.Output.WriteLine($"{group.Key} broke its contract at {string.Join(", ", members)}");
        }
    }

    private static void WriteDrift(ToolContext context, Report report)
    {
        foreach (var (group, drift) in report.Groups.SelectMany(static group => group.Drift.Select(drift => (group, drift))))
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Key} changed: {drift.Figure} {Value(drift, drift.Baseline)} → {Value(drift, drift.Current)} (p = {drift.P:0.#####})"));
        }
    }

    private static string Value(KpiDrift drift, double value) =>
        drift.Figure == "CostUsd" ? Figures.Usd(value) : drift.Figure == "AnswerSeconds" ? Figures.Time(TimeSpan.FromSeconds(value)) : Figures.Percent(value);
}
