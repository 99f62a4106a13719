using System.CommandLine;
using System.Globalization;
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
            var (read, written) = (0, 0);
            var writer = line.GetValue(output) is { } target ? new StreamWriter(target.FullName) : null;
            await using (writer)
            {
                await foreach (var call in file.ReadAsync(ledger.Filter(line), cancellationToken))
                {
                    if (line.GetValue(score) is { } least && !(call.Verdicts.Count > 0 && call.Verdicts.Average(static verdict => verdict.Score) >= least))
                    {
                        continue;
                    }

                    read++;
                    foreach (var example in Export.Lines(call, line.GetValue(form)))
                    {
                        written++;
                        await (writer ?? context.Output).WriteLineAsync(example);
                    }
                }
            }

            if (writer is not null)
            {
                Summarise(context, line.GetValue(ToolOptions.Json), read, written);
            }

            return written > 0 || read == 0 ? ExitCodes.Ok
                : throw new ToolException("No call has the texts that this form needs: set LedgerOptions.CaptureContent when the calls are made.", ExitCodes.Undecided);
        });
        return command;
    }

    private static void Summarise(ToolContext context, bool asJson, int calls, int lines)
    {
        if (asJson)
        {
            context.WriteJson(new { Calls = calls, Lines = lines });
        }
        else
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines} lines from {calls} calls."));
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
