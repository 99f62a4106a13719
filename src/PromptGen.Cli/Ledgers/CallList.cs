using System.Globalization;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Ledgers;

/// <summary>Writes calls as a list: a table, or two lines for each where the terminal is too narrow for one. Ids and names are never broken: they are copied.</summary>
internal static class CallList
{
    private static readonly string[] s_columns = ["Call", "Prompt", "Started", "Outcome", "Model", ">Requests", ">Cost", ">Time"];

    public static void Write(ToolContext context, IReadOnlyList<CallRecord> calls)
    {
        string[][] rows = [.. calls.Select(Row)];
        if (Tables.Fits(context.Console, s_columns, rows))
        {
            var table = Tables.Create(s_columns);
            foreach (var row in rows)
            {
                table.Row(row);
            }

            context.Console.Write(table);
            return;
        }

        foreach (var (call, row) in calls.Zip(rows))
        {
            context.Output.WriteLine($"{row[0]}  {row[1]}");
            context.Output.WriteLine($"  {row[2]}  {row[3]}  {(call.ModelId is null ? "" : row[4] + "  ")}{Figures.Count(call.Attempts.Count, "request")}  {row[6]}  {row[7]}");
        }
    }

    public static string Started(CallRecord call) => call.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Outcome(CallRecord call) =>
        call.Outcome != PromptErrorCode.None ? call.Outcome.ToString() : call.IsSubstituted ? "substitute" : call.FromCache ? "from cache" : "answered";

    private static string[] Row(CallRecord call) =>
    [
        call.CallId, call.Prompt, Started(call), Outcome(call), call.ModelId ?? Figures.Unknown, call.Attempts.Count.ToString(CultureInfo.InvariantCulture), Figures.Cost(call.FullCost),
        Figures.Time(call.Duration),
    ];
}
