using System.CommandLine;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Ledgers;

/// <summary><c>promptgen export</c>: calls as JSONL, for fine-tuning or for other tools.</summary>
internal static class ExportCommand
{
    public static Command Create(ToolContext context)
    {
        var ledger = new LedgerOptionSet();
        var form = new Option<ExportForm>("--as")
        {
            Description = "Chat: accepted answers, in OpenAI's form for fine-tuning. Preferences: a rejected and the accepted answer to the same messages, in OpenAI's form for preferences. Calls: all that is known of each call.",
            DefaultValueFactory = static _ => ExportForm.Chat,
        };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "The file to write. Default: standard output.", HelpName = "file" };
        var score = new Option<double?>("--min-score") { Description = "Only calls whose verdicts have at least this mean score, 0–1.", HelpName = "score" };
        var command = new Command("export", "Write calls as JSONL: examples for fine-tuning, preference pairs, or plain records. Texts are there where the ledger captured content.") { form, output, score };
        ledger.AddTo(command);
        command.SetAction(async (line, cancellationToken) =>
        {
            await using var file = ledger.Open(line);
            var calls = file.ReadAsync(ledger.Filter(line), cancellationToken).Where(call => line.GetValue(score) is not { } least || Score(call) >= least);
            var (read, written) = (0, 0);
            if (line.GetValue(output) is { } target)
            {
                (read, written) = await context.WatchAsync(
                    "Writing calls", progress => ToolContext.WriteFileAsync(target, writer => WriteAsync(calls.Counted("Writing calls", progress), line.GetValue(form), writer)));
                Summarise(context, line.GetValue(ToolOptions.Json), read, written);
            }
            else
            {
                (read, written) = await WriteAsync(calls, line.GetValue(form), context.Output);
            }

            return written > 0 || read == 0 ? ExitCodes.Ok
                : throw new ToolException("No call has the texts that this form needs: set LedgerOptions.CaptureContent when the calls are made.", ExitCodes.Undecided);
        });
        return command;
    }

    /// <summary>The mean score of a call's verdicts; negative where it has none.</summary>
    private static double Score(CallRecord call) => call.Verdicts.Select(static verdict => verdict.Score).DefaultIfEmpty(-1).Average();

    private static async Task<(int Calls, int Lines)> WriteAsync(IAsyncEnumerable<CallRecord> calls, ExportForm form, TextWriter writer)
    {
        var (read, written) = (0, 0);
        await foreach (var call in calls)
        {
            read++;
            foreach (var example in Export.Lines(call, form))
            {
                written++;
                await writer.WriteLineAsync(example);
            }
        }

        return (read, written);
    }

    private static void Summarise(ToolContext context, bool asJson, int calls, int lines)
    {
        if (asJson)
        {
            context.WriteJson(new { Calls = calls, Lines = lines });
        }
        else
        {
            context.Output.WriteLine($"{Figures.Count(lines, "line")} from {Figures.Count(calls, "call")}.");
        }
    }
}

/// <summary>A form of exported calls.</summary>
internal enum ExportForm
{
    Chat,
    Preferences,
    Calls,
}
