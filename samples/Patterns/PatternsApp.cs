using Acme.Patterns.Pipelines;
using Acme.Patterns.Providers;
using Acme.Patterns.Report;
using Acme.Support;
using Acme.Support.Report;
using PromptGen;
using Spectre.Console;

namespace Acme.Patterns;

/// <summary>The program: runs the patterns and prints their results.</summary>
internal static class PatternsApp
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var console = Screen.Open(output, environment);
        var line = CommandLine.Parse(arguments);
        if (line.WantsHelp || line.Mistake is not null)
        {
            output.WriteLine(line.Mistake is null ? CommandLine.Help : $"{line.Mistake} --help lists the patterns.");
            return line.Mistake is null ? Exit.Succeeded : Exit.WrongArguments;
        }

        return await Exit.OfAsync(
            async () =>
            {
                console.WriteLine("Patterns: ways to choose the models of a call. Starting …");
                var providers = ProviderAccess.All(environment);
                Notice.Write(console, providers);
                await using var ledger = line.Ledger is { } file ? new SqliteCallLedger(file) : null;
                await RunAsync(line.Patterns, providers, ledger, console, cancellationToken);
                if (line.Workflows.Count > 0)
                {
                    await RunAsync(line.Workflows, line.Journal, providers, ledger, console, cancellationToken);
                }

                Notice.Write(console, providers);
            },
            console,
            cancellationToken);
    }

    private static async Task RunAsync(
        IReadOnlyList<Pattern> patterns, IReadOnlyList<ProviderAccess> providers, ICallLedger? ledger, IAnsiConsole console, CancellationToken cancellationToken)
    {
        foreach (var group in patterns.GroupBy(static pattern => pattern.Subject))
        {
            var alone = await Pattern.Baseline(group.Key).RunAsync(providers, ledger, cancellationToken);
            var runs = new List<(string Name, IReadOnlyList<Outcome> Outcomes)>();
            foreach (var pattern in group)
            {
                var outcomes = await pattern.RunAsync(providers, ledger, cancellationToken);
                PatternTable.Write(console, pattern, outcomes, alone);
                runs.Add((pattern.Name, outcomes));
            }

            Totals.Write(console, group.Key, runs, alone);
        }

        if (patterns.Count > 0)
        {
            SplitTable.Write(console, await Split.ExplainAsync(providers));
            console.WriteLine();
        }
    }

    private static async Task RunAsync(
        IReadOnlyList<Workflow> workflows, string? file, IReadOnlyList<ProviderAccess> providers, ICallLedger? ledger, IAnsiConsole console, CancellationToken cancellationToken)
    {
        await using var journal = new JournalFile(file);
        foreach (var workflow in workflows)
        {
            await using var access = await ModelAccess.OpenAsync(providers, ledger);
            WorkflowTable.Write(console, workflow, await workflow.RunAsync(access, journal.Journal, cancellationToken));
        }

        await journal.FinishAsync();
    }
}
