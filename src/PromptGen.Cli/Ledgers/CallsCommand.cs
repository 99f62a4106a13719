using System.CommandLine;
using System.Globalization;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Ledgers;

/// <summary><c>promptgen calls</c>: the calls of a ledger, as a list or one with its requests.</summary>
internal static class CallsCommand
{
    public static Command Create(ToolContext context) => new("calls", "The calls of a ledger: list them, show one.") { List(context), Show(context) };

    private static Command List(ToolContext context)
    {
        var ledger = new LedgerOptionSet();
        var model = new Option<string?>("--model") { Description = "Only the calls that this model answered.", HelpName = "id" };
        var outcome = new Option<PromptErrorCode?>("--outcome") { Description = "Only the calls that ended so; None = with an answer." };
        var pipeline = new Option<string?>("--pipeline") { Description = "Only the calls of this pipeline.", HelpName = "name" };
        var limit = new Option<int>("--limit") { Description = "How many at most, the latest ones.", DefaultValueFactory = static _ => 20, HelpName = "calls" };
        var command = new Command("list", "List calls, the latest first.") { model, outcome, pipeline, limit };
        ledger.AddTo(command);
        command.SetAction(async (line, cancellationToken) =>
        {
            await using var file = ledger.Open(line);
            var filter = ledger.Filter(line) with { ModelId = line.GetValue(model), Outcome = line.GetValue(outcome), Pipeline = line.GetValue(pipeline), Limit = line.GetValue(limit) };
            var calls = await file.ReadAsync(filter, cancellationToken).ToListAsync(cancellationToken);
            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(calls);
                return;
            }

            CallList.Write(context, calls);
        });
        return command;
    }

    private static Command Show(ToolContext context)
    {
        var ledger = new LedgerOptionSet();
        var id = new Argument<string>("call") { Description = "The id of the call." };
        var command = new Command("show", "Show one call with its requests, and the calls that it made.") { ledger.File, id };
        command.SetAction(async (line, cancellationToken) =>
        {
            await using var file = ledger.Open(line);
            var call = await file.ReadAsync(new CallFilter { CallId = line.GetRequiredValue(id) }, cancellationToken).FirstOrDefaultAsync(cancellationToken)
                ?? throw new ToolException($"The ledger has no call {line.GetRequiredValue(id)}.");
            var inside = await file.ReadAsync(new CallFilter { ParentCallId = call.CallId }, cancellationToken).ToListAsync(cancellationToken);
            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(new { Call = call, Inside = inside });
            }
            else
            {
                Write(context, call, inside);
            }
        });
        return command;
    }

    private static void Write(ToolContext context, CallRecord call, List<CallRecord> inside)
    {
        var facts = Tables.Create("", "~");
        foreach (var (name, value) in Facts(call))
        {
            if (value is not null)
            {
                facts.Row(name, value);
            }
        }

        facts.ShowHeaders = false;
        context.Console.Write(facts);
        var requests = Tables.Create(">#", "Model", "Reason", "Outcome", ">Input", ">Output", ">Cost", ">Time", "~Broken at", "~Overlooked");
        for (var i = 0; i < call.Attempts.Count; i++)
        {
            var attempt = call.Attempts[i];
            requests.Row(
                (i + 1).ToString(CultureInfo.InvariantCulture), attempt.ModelId, attempt.Reason.ToString(), attempt.Outcome == PromptErrorCode.None ? "accepted" : attempt.Outcome.ToString(),
                Figures.Number(attempt.InputTokens), Figures.Number(attempt.OutputTokens), Figures.Cost(attempt.Cost), Figures.Time(attempt.Duration),
                string.Join(", ", attempt.Violations.Distinct().Select(Figures.Member)), string.Join(", ", attempt.Rungs));
        }

        context.Console.Write(requests);
        foreach (var made in inside)
        {
            context.Output.WriteLine($"made {made.CallId}: {made.Prompt}, {CallList.Outcome(made)}, {Figures.Cost(made.FullCost)}");
        }
    }

    private static IEnumerable<(string Name, string? Value)> Facts(CallRecord call) =>
    [
        ("call", call.CallId),
        ("made by", call.ParentCallId),
        ("prompt", $"{call.Prompt}, version {call.Version}"),
        ("started", $"{CallList.Started(call)} UTC, took {Figures.Time(call.Duration)}"),
        ("outcome", CallList.Outcome(call)),
        ("model", call.ModelId),
        ("entered", call.EntryTier is { } tier ? $"{tier}{(call.RoutedBy is { } by ? $", by {by}" : "")}" : null),
        ("arm", call.Arm),
        ("scope", call.Scope),
        ("pipeline", call.Pipeline is { } pipeline ? $"{pipeline}, stage {call.Stage}" : null),
        ("cost", Figures.Cost(call.Cost) + (call.FullCost != call.Cost ? $", {Figures.Cost(call.FullCost)} with the calls that it made" : "")),
        ("saved", call.FromCache ? Figures.Cost(call.Saved) : null),
        ("votes", call.Votes.Count > 0 ? $"{call.Votes.Count(static vote => vote.IsBehindWinner)} of {call.Votes.Count} for the winner, agreement {Figures.Percent(call.Agreement)}" : null),
        ("verdicts", call.Verdicts.Count > 0 ? string.Join(", ", call.Verdicts.Select(static verdict => $"{verdict.Source} {Figures.Number(verdict.Score)}")) : null),
        ("trace", call.TraceId),
    ];
}
