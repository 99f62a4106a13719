using System.CommandLine;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.ModelTables;

/// <summary><c>promptgen table</c>: which model for which task.</summary>
internal sealed class TableCommand
{
    private readonly Argument<string[]> _sources = new("sources")
    {
        Description = "One per task: what 'promptgen score --json' or 'promptgen eval --json' wrote (.json), a file of scores (.jsonl), or recorded answers as for 'promptgen score', with --metric. Its name is the name of the task, or write NAME=PATH.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _models = new("--model") { Description = "Only this model; may be repeated.", HelpName = "model", DefaultValueFactory = static _ => [] };
    private readonly Option<string[]> _routes = new("--route") { Description = "The answers of this name are those of a route; may be repeated.", HelpName = "name", DefaultValueFactory = static _ => [] };
    private readonly Option<int[]> _passAt = PassAtOption.Create("the repeats in files of scores");
    private readonly Option<FileInfo?> _markdown = new("--markdown") { Description = "Also write the tables as Markdown.", HelpName = "file" };
    private readonly MetricOptions _metric = new(isRequired: false);
    private readonly PriceOptions _prices = new();

    public static Command Create(ToolContext context)
    {
        var table = new TableCommand();
        var command = new Command("table", "Show models by task: quality with its 95 % interval, latency, cost per answer and per right answer, the Pareto front, and every route beside the best single model. Exit code 3 where nothing was scored.")
        {
            table._sources, table._models, table._routes, table._passAt, table._markdown,
        };
        table._metric.AddTo(command);
        table._prices.AddTo(command);
        command.SetAction((line, cancellationToken) => Task.FromResult(table.Run(line, context, cancellationToken)));
        return command;
    }

    private int Run(ParseResult line, ToolContext context, CancellationToken cancellationToken)
    {
        var sources = line.GetRequiredValue(_sources).Select(Named).ToArray();
        if (sources.Select(static source => source.Task).Distinct(StringComparer.Ordinal).Count() < sources.Length)
        {
            throw new ToolException("Two sources have the same name. Name the tasks: NAME=PATH.", ExitCodes.Usage);
        }

        var priceOf = _prices.Of(line, context);
        var tasks = new List<(string, IReadOnlyList<ModelScore>)>();
        foreach (var (task, path) in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tasks.Add((task, Chosen(line, ScoreFile.Is(path) ? ScoreFile.Read(path) : Score(line, path, priceOf))));
        }

        var report = new TableReport(ModelTable.Of(tasks, [.. line.GetValue(_passAt)!.Distinct().Order()]));
        if (line.GetValue(_markdown) is { } markdown)
        {
            ToolContext.WriteFile(markdown, report.Markdown());
        }

        if (line.GetValue(ToolOptions.Json))
        {
            context.WriteJson(report.Json());
        }
        else
        {
            report.WriteTables(context);
        }

        return report.IsEmpty ? ExitCodes.Undecided : ExitCodes.Ok;
    }

    private ModelScore[] Chosen(ParseResult line, IReadOnlyList<ModelScore> scores)
    {
        var (models, routes) = (line.GetValue(_models)!, line.GetValue(_routes)!);
        return [.. scores.Where(score => models.Length == 0 || models.Contains(score.Model)).Select(score => routes.Contains(score.Model) ? score with { IsRoute = true } : score)];
    }

    private IReadOnlyList<ModelScore> Score(ParseResult line, string path, Func<string, TokenPrice?> priceOf)
    {
        var answers = RecordedAnswers.Open(path);
        var metric = _metric.Of(line, answers);
        return [.. answers.Models.Select(model => ModelScore.Of(answers, model, metric, priceOf(model)))];
    }

    /// <summary>A path with an equals sign is no name where there is such a file or folder.</summary>
    private static (string Task, string Path) Named(string source) => source.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } path] && !Path.Exists(source)
        ? (name, path)
        : (Path.GetFileName(Path.TrimEndingDirectorySeparator(source)).Split('.')[0], source);
}
