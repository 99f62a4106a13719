using System.Globalization;
using Acme.Patterns.Pipelines;
using Acme.Support.Report;
using PromptGen;
using Spectre.Console;

namespace Acme.Patterns.Report;

/// <summary>The result of a pipeline, and what each of its stages cost.</summary>
internal static class WorkflowTable
{
    /// <summary>Writes one row per item, then one per stage.</summary>
    public static void Write(IAnsiConsole console, Workflow workflow, WorkflowOutcome outcome)
    {
        console.WriteLine($"{workflow.Title} ({workflow.Name})");
        TextTable.Write(console, outcome.Findings.Head, outcome.Findings.Rows);
        if (outcome.Findings.Conclusion is { } conclusion)
        {
            console.WriteLine(conclusion);
            console.WriteLine();
        }

        TextTable.Write(
            console,
            ["stage", "items", "failed", "requests", "cost"],
            outcome.Stages.Select(static stage => Row(stage.Name, stage.Done, stage.Failed, stage.Attempts, stage.Cost))
                .Append(Row("all", outcome.Stages.Sum(static stage => stage.Done), outcome.Stages.Sum(static stage => stage.Failed), outcome.Stages.Sum(static stage => stage.Attempts), outcome.Cost)));
        if (outcome.FromJournal > 0)
        {
            console.WriteLine($"{outcome.FromJournal} of these requests were made by an earlier run and not again.");
        }

        console.WriteLine();
    }

    private static string[] Row(string name, long done, long failed, long requests, PromptCost cost) =>
        [name, Number(done), Number(failed), Number(requests), cost.ToString()];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
