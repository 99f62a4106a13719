using System.CommandLine;
using System.Globalization;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Ledgers;
using PromptGen.Cli.Output;
using Spectre.Console;

namespace PromptGen.Cli.Explain;

/// <summary><c>promptgen explain</c>: the prompts of a build, or what changed between two builds.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolContext context)
    {
        var assembly = ToolOptions.Assembly();
        var prompt = new Option<string?>("--prompt") { Description = "Only the prompts whose name contains this." };
        var diff = new Option<FileInfo?>("--diff") { Description = "An earlier build of the assembly (.dll): show what changed since.", HelpName = "assembly" };
        var ledger = new Option<FileInfo?>("--ledger") { Description = "A ledger of calls of these prompts: show what they typically cost and take.", HelpName = "file" };
        var command = new Command("explain", "Show the prompts of a built assembly: route, templates, worst and typical case, and what a provider can cache.") { assembly, prompt, diff, ledger };
        command.SetAction(async (line, cancellationToken) =>
        {
            var facts = Read(line.GetRequiredValue(assembly), line.GetValue(prompt));
            if (line.GetValue(ledger) is { } calls)
            {
                facts = await MeasureAsync(facts, calls, cancellationToken);
            }

            if (line.GetValue(diff) is { } earlier)
            {
                Write(context, line.GetValue(ToolOptions.Json), BuildDifference.Between(Read(earlier, line.GetValue(prompt)), facts));
            }
            else
            {
                Write(context, line.GetValue(ToolOptions.Json), facts);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static IReadOnlyList<PromptFacts> Read(FileInfo assembly, string? name) =>
    [
        .. PromptAssembly.Load(assembly).Prompts()
            .Where(prompt => name is null || prompt.Definition.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            .Select(PromptFacts.Of),
    ];

    private static async Task<IReadOnlyList<PromptFacts>> MeasureAsync(IReadOnlyList<PromptFacts> prompts, FileInfo calls, CancellationToken cancellationToken)
    {
        await using var ledger = LedgerOptionSet.Open(calls);
        var figures = (await ledger.GetKpisAsync(new KpiQuery(), cancellationToken)).ToDictionary(static group => group.Key);
        return
        [
            .. prompts.Select(prompt => figures.GetValueOrDefault(prompt.Name) is { CostPerAnswerUsd: { } usd, P50: { } p50, P95: { } p95 } measured
                ? prompt with { Measured = new MeasuredFacts(measured.Answers, usd, measured.IsCostComplete, p50, p95) }
                : prompt),
        ];
    }

    private static void Write(ToolContext context, bool asJson, IReadOnlyList<PromptFacts> prompts)
    {
        if (asJson)
        {
            context.WriteJson(prompts);
            return;
        }

        foreach (var prompt in prompts)
        {
            context.Console.Write(Tree(prompt));
            context.Console.WriteLine();
        }
    }

    private static Tree Tree(PromptFacts prompt)
    {
        var tree = new Tree(new Text($"{prompt.Name}  version {prompt.Version}"));
        var route = tree.AddNode("route");
        foreach (var step in prompt.Route)
        {
            route.AddNode(new Text(step.ToString()));
        }

        AddAll(tree, "clauses", prompt.Clauses);
        AddAll(tree, "calls", prompt.Calls);
        var templates = tree.AddNode("templates");
        foreach (var template in prompt.Templates)
        {
            var node = templates.AddNode(new Text(Headline(template)));
            if (template.Text is { } text)
            {
                node.AddNode(new Text(text.Trim()));
            }
        }

        tree.AddNode(new Text($"worst case  {prompt.WorstCase}"));
        tree.AddNode(new Text($"longest  {Figures.Time(TimeSpan.FromSeconds(prompt.LongestSeconds))}"));
        if (prompt.Measured is { } measured)
        {
            tree.AddNode(new Text($"typical  {(measured.IsCostComplete ? "" : "cost ")}{Figures.Cost(measured.UsdPerAnswer, measured.IsCostComplete)} and {Figures.Time(measured.P50)}, 95 of 100 within {Figures.Time(measured.P95)}, of {Figures.Count(measured.Answers, "answer")}"));
        }

        return tree;
    }

    private static string Headline(TemplateFacts template) =>
        template.File is { } file
            ? $"for {template.For}: file {file}"
            : string.Create(CultureInfo.InvariantCulture, $"for {template.For}: the first {template.FixedPrefix} characters are the same in every request, about {template.FixedPrefix / 4} tokens");

    private static void AddAll(Tree tree, string name, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var node = tree.AddNode(name);
        foreach (var line in lines)
        {
            node.AddNode(new Text(line));
        }
    }

    private static void Write(ToolContext context, bool asJson, IReadOnlyList<BuildDifference> differences)
    {
        if (asJson)
        {
            context.WriteJson(differences);
            return;
        }

        if (differences.Count == 0)
        {
            context.Output.WriteLine("The builds declare the same prompts.");
        }

        foreach (var difference in differences)
        {
            context.Output.WriteLine($"{difference.Name}: {difference.Change}");
            foreach (var detail in difference.Details)
            {
                context.Output.WriteLine($"  {detail.Fact}");
                WriteLines(context.Output, "    - ", detail.Before);
                WriteLines(context.Output, "    + ", detail.After);
            }
        }
    }

    private static void WriteLines(TextWriter output, string mark, string? text)
    {
        foreach (var line in text?.Split('\n') ?? [])
        {
            output.WriteLine(mark + line.TrimEnd('\r'));
        }
    }
}
