using System.Globalization;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Reports;

/// <summary>Writes a report to the terminal.</summary>
internal static class TerminalReport
{
    private const int BarWidth = 10;
    private const int MostBreaches = 5;

    public static void Write(ToolContext context, Report report)
    {
        context.Output.WriteLine(report.Summary());
        if (report.Days.Count > 1)
        {
            context.Output.WriteLine($"{report.Days[0].Key} … {report.Days[^1].Key}   calls {Sparkline.Of(report.Days.Select(static day => (double)day.Calls))}   cost {Sparkline.Of(report.Days.Select(static day => day.CostUsd))}");
        }

        var most = report.Groups.Max(static group => group.CostUsd);
        var bar = new ReportColumn<CallKpis>("Share of cost", "", group => Bar(group.CostUsd, most), static group => group.CostUsd) { IsText = true };
        Write(context, report, [.. ReportColumns.CostAndTime, bar]);
        Write(context, report, ReportColumns.Route);
        Write(context, report, ReportColumns.Answers);
        FigureTable.Write(context, "Model asked", report.Asked, static model => model.ModelId, ReportColumns.Spending);
        WriteBreaches(context, report);
        WriteDrift(context, report);
    }

    private static void Write(ToolContext context, Report report, IEnumerable<ReportColumn<CallKpis>> columns) =>
        FigureTable.Write(context, report.By.ToString(), report.Groups, static group => group.Key, columns);

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
