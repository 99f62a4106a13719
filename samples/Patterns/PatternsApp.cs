using Acme.Patterns.Providers;
using Acme.Patterns.Report;
using Acme.Support.Report;
using PromptGen;
using Spectre.Console;

namespace Acme.Patterns;

/// <summary>The program: runs the patterns and prints their results.</summary>
internal static class PatternsApp
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int WrongArguments = 2;
    private const int Cancelled = 130;

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var console = Screen.Open(output, environment);
        var line = CommandLine.Parse(arguments);
        if (line.WantsHelp || line.Mistake is not null)
        {
            output.WriteLine(line.Mistake is null ? CommandLine.Help : $"{line.Mistake} --help lists the patterns.");
            return line.Mistake is null ? Succeeded : WrongArguments;
        }

        try
        {
            console.WriteLine("Patterns: ways to choose the models of a call. Starting …");
            var providers = ProviderAccess.All(environment);
            Notice.Write(console, providers);
            await RunAsync(line.Patterns, providers, console, cancellationToken);
            Notice.Write(console, providers);
            return Succeeded;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine();
            console.WriteLine("Cancelled.");
            return Cancelled;
        }
        catch (PromptException exception)
        {
            console.WriteLine();
            console.WriteLine(exception.Message);
            return Failed;
        }
    }

    private static async Task RunAsync(IReadOnlyList<Pattern> patterns, IReadOnlyList<ProviderAccess> providers, IAnsiConsole console, CancellationToken cancellationToken)
    {
        foreach (var group in patterns.GroupBy(static pattern => pattern.Subject))
        {
            var alone = await Pattern.Alone(group.Key).RunAsync(providers, cancellationToken);
            var runs = new List<(string Name, IReadOnlyList<Outcome> Outcomes)>();
            foreach (var pattern in group)
            {
                var outcomes = await pattern.RunAsync(providers, cancellationToken);
                PatternTable.Write(console, pattern, outcomes, alone);
                runs.Add((pattern.Name, outcomes));
            }

            Totals.Write(console, group.Key, runs, alone);
        }

        SplitTable.Write(console, await Split.ExplainAsync(providers));
    }
}
