namespace PromptGen.Cli.Reports;

/// <summary>Writes a report as CSV (RFC 4180): one line for each group, numbers in invariant form.</summary>
internal static class CsvReport
{
    public static void Write(TextWriter output, Report report)
    {
        ReportColumn<CallKpis>[] columns = [.. ReportColumns.CostAndTime, .. ReportColumns.Route, .. ReportColumns.Answers];
        output.Write(string.Join(',', [report.By.ToString().ToLowerInvariant(), .. columns.Select(static column => column.Name), "cost_complete"]) + "\r\n");
        foreach (var group in report.Groups)
        {
            output.Write(string.Join(',', [Quoted(group.Key), .. columns.Select(column => column.Invariant(group)), group.IsCostComplete ? "true" : "false"]) + "\r\n");
        }
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
