using System.CommandLine;
using PromptGen.Cli.Ledgers;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Reports;

/// <summary><c>promptgen report</c>: key figures of the calls of a ledger.</summary>
internal static class ReportCommand
{
    public static Command Create(ToolContext context)
    {
        var ledger = new LedgerOptionSet();
        var by = new Option<KpiGroup>("--by") { Description = "What the calls are grouped by.", DefaultValueFactory = static _ => KpiGroup.Prompt };
        var baseline = LedgerOptionSet.Moment("--baseline", "The beginning of an earlier period, up to --from, that the figures are compared with.");
        var csv = new Option<bool>("--csv") { Description = "Write CSV to standard output." };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page without references to anything else to this file.", HelpName = "file" };
        var command = new Command("report", "Show what calls cost, how long they took and how their answers came.") { by, baseline, csv, html };
        ledger.AddTo(command);
        command.Validators.Add(line =>
        {
            if (line.GetValue(baseline) is not null && line.GetValue(ledger.From) is null)
            {
                line.AddError("--baseline needs --from: the period that is compared.");
            }
        });
        command.SetAction(async (line, cancellationToken) =>
        {
            await using var file = ledger.Open(line);
            var filter = ledger.Filter(line);
            var query = new KpiQuery { By = line.GetValue(by), Prompt = filter.Prompt, Scope = filter.Scope, From = filter.From, Until = filter.Until, BaselineFrom = line.GetValue(baseline) };
            var byDay = query with { By = KpiGroup.Day, BaselineFrom = null };
            var report = await context.WatchAsync("Adding up calls", async _ =>
            {
                var groups = await file.GetKpisAsync(query, cancellationToken);
                var days = query == byDay ? groups : await file.GetKpisAsync(byDay, cancellationToken);
                return new Report(query.By, groups, days, await file.GetSpendingAsync(query, cancellationToken));
            });
            if (line.GetValue(html) is { } page)
            {
                ToolContext.WriteFile(page, HtmlReport.Write(report, context.Now));
            }

            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(report);
            }
            else if (line.GetValue(csv))
            {
                CsvReport.Write(context.Output, report);
            }
            else if (report.Groups.Count == 0)
            {
                context.Output.WriteLine("The ledger has no such call.");
            }
            else
            {
                TerminalReport.Write(context, report);
            }

            return report.Groups.Count == 0 ? ExitCodes.Undecided : ExitCodes.Ok;
        });
        return command;
    }
}
