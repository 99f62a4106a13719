using System.CommandLine;
using PromptGen.Cli.Catalog;
using PromptGen.Cli.Comparisons;
using PromptGen.Cli.Completion;
using PromptGen.Cli.Evaluations;
using PromptGen.Cli.Explain;
using PromptGen.Cli.Ledgers;
using PromptGen.Cli.ModelTables;
using PromptGen.Cli.Output;
using PromptGen.Cli.Reports;
using PromptGen.Cli.Scores;
using PromptGen.Cli.Training;
using PromptGen.Evaluation;

namespace PromptGen.Cli;

/// <summary>The tool: its commands, and how each of them ends.</summary>
internal static class Tool
{
    /// <summary>The commands. A new one is a file of its own and a line here.</summary>
    private static readonly Func<ToolContext, Command>[] s_commands =
    [
        ExplainCommand.Create,
        ReportCommand.Create,
        CallsCommand.Create,
        ExportCommand.Create,
        CatalogCommand.Create,
        EvalCommand.Create,
        ScoreCommand.Create,
        CompareCommand.Create,
        TableCommand.Create,
        TrainCommand.Create,
        CompletionCommand.Create,
    ];

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">The arguments of the command line.</param>
    /// <param name="context">Where it writes to and what it knows of its surroundings.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Shows what the prompts of a program do and cost, from its assembly and from the calls that it has made.") { ToolOptions.Json };
        foreach (var create in s_commands)
        {
            root.Subcommands.Add(create(context));
        }

        var line = root.Parse(arguments);
        try
        {
            var code = await line.InvokeAsync(
                new InvocationConfiguration { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
            return line.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (ToolException exception)
        {
            context.Error.WriteLine(exception.Message);
            return exception.ExitCode;
        }
        catch (RecordedDataException exception)
        {
            context.Error.WriteLine(exception.Message);
            return ExitCodes.Error;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Error.WriteLine("Cancelled.");
            return ExitCodes.Interrupted;
        }
    }
}
