using System.CommandLine;
using System.Data.Common;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.ModelTables;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary><c>promptgen eval</c>: asks models the items of a set and scores their answers.</summary>
internal sealed class EvalCommand
{
    private const string AllModels = "all";

    private readonly Argument<FileInfo> _assembly = new("assembly") { Description = "The built assembly (.dll) that declares the prompt, in its output folder; with --check also what 'promptgen explain --json' wrote (.json)." };
    private readonly Argument<string> _data = new("data") { Description = "The items: JSON Lines {id, input, expected or elements, category?, difficulty?, cluster?, weight?}, or tests of promptfoo (.yaml, .csv)." };
    private readonly Option<string?> _prompt = new("--prompt") { Description = "The prompt, where the assembly has several: its name, such as SupportDesk.TriageAsync.", HelpName = "name" };
    private readonly Option<string[]> _models = new("--model") { Description = "Ask this model alone; may be repeated. 'all': each model of the route. Default: only the route.", HelpName = "model", DefaultValueFactory = static _ => [] };
    private readonly Option<bool> _route = new("--route") { Description = "Also ask by the whole route, beside the models." };
    private readonly Option<int> _repeats = new("--repeat") { Description = "How often each item is asked.", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _concurrency = new("--concurrency", "-j") { Description = "How many calls run at once.", DefaultValueFactory = static _ => 8 };
    private readonly Option<decimal?> _maxUsd = new("--max-usd") { Description = "The most that the run may cost, with earlier runs over the same items. A call for whose worst case there is no room is not made.", HelpName = "usd" };
    private readonly Option<string> _store = new("--store") { Description = "The SQLite file that keeps requests and results; the same command goes on where an earlier run ended.", DefaultValueFactory = static _ => "promptgen-eval.db", HelpName = "file" };
    private readonly Option<UnknownRequest> _unknown = new("--unknown") { Description = "How to treat requests that a killed run has sent and whose outcome is not known.", DefaultValueFactory = static _ => UnknownRequest.Skip };
    private readonly GateOptions _gate = new();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check the items and show what the run can cost; ask nothing." };
    private readonly Option<bool> _check = new("--check") { Description = "Only check the items against the prompt's parameters and contract: needs no keys, and with a .json no assembly. Exit code 1 where one does not suit." };
    private readonly Option<string?> _configure = new("--configure") { Description = "A static method TYPE.METHOD(PromptRuntimeBuilder) of the assembly that registers the providers. Default: keys of the environment, such as OPENAI_API_KEY.", HelpName = "method" };
    private readonly Option<int[]> _passAt = PassAtOption.Create("--repeat answers to each item; default: --repeat, where that is more than 1");
    private readonly Option<FileInfo?> _junit = new("--junit") { Description = "Also write the result as JUnit XML.", HelpName = "file" };
    private readonly Option<FileInfo?> _markdown = new("--markdown") { Description = "Also write the table as Markdown.", HelpName = "file" };
    private readonly MetricOptions _metric = new(isRequired: false, hasMethods: true);
    private readonly AssemblyMetric _assemblyMetric = new();

    private EvalCommand()
    {
        ToolOptions.Check(_repeats, static value => value is >= 1 and <= 1_000, "--repeat must be 1 to 1000.");
        ToolOptions.Check(_concurrency, static value => value is >= 1 and <= 1_024, "--concurrency must be 1 to 1024.");
        _passAt.Validators.Add(result =>
        {
            if (result.GetValue(_passAt)!.Any(k => k > result.GetValue(_repeats)))
            {
                result.AddError("--pass-at must be 1 to --repeat.");
            }
        });
        ToolOptions.Check(_maxUsd, static value => value is not < 0, "--max-usd must be 0 or more.");
    }

    public static Command Create(ToolContext context)
    {
        var eval = new EvalCommand();
        var command = new Command("eval", "Ask a prompt's route or single models the items of a set, and show quality, latency and cost. What is done is kept, and not paid again. Exit codes: 3 where calls could not be measured, broken measurements decide about --min-quality, or --margin is not decided; 100 below --min-quality or worse with --margin.")
        {
            eval._assembly, eval._data, eval._prompt, eval._models, eval._route, eval._repeats, eval._concurrency, eval._maxUsd, eval._store, eval._unknown, eval._dryRun,
            eval._check, eval._configure, eval._passAt, eval._junit, eval._markdown,
        };
        eval._gate.AddTo(command);
        eval._metric.AddTo(command);
        eval._assemblyMetric.AddTo(command);
        command.SetAction((line, cancellationToken) => eval.RunAsync(line, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, ToolContext context, CancellationToken cancellationToken)
    {
        var source = line.GetRequiredValue(_assembly);
        var set = EvaluationSet.Read(line.GetRequiredValue(_data));
        try
        {
            if (line.GetValue(_check))
            {
                return SetCheck.Of(source, set, line.GetValue(_prompt)).Write(context, line.GetValue(ToolOptions.Json));
            }

            var assembly = PromptAssembly.Load(ManifestFile.Is(source) ? throw new ToolException($"{source.Name} is no assembly: a set is only checked against it, with --check.", ExitCodes.Usage) : source);
            var prompt = EvaluationTarget.Find(assembly, line.GetValue(_prompt));
            var models = Chosen(line, prompt);
            var hasRoute = line.GetValue(_route) || models.Count == 0;
            await using var arms = new ArmList(prompt, models, hasRoute, EvaluationProviders.Of(assembly, prompt, hasRoute ? null : models, line.GetValue(_configure), context));
            var (metric, judge) = MetricOf(line, assembly, set, context);
            await using var endOfJudge = judge;
            await using var store = EvaluationStore.Open(line.GetRequiredValue(_store));
            var evaluation = new PromptEvaluation(prompt, set, arms.Arms, store);
            var options = OptionsOf(line, metric, arms.Arms.Count);
            var forecasts = await evaluation.ForecastAsync(options, cancellationToken);
            if (line.GetValue(_dryRun))
            {
                ForecastReport.Write(context, line.GetValue(ToolOptions.Json), prompt, set, forecasts);
                return ExitCodes.Ok;
            }

            ForecastReport.WriteNote(context, set, forecasts, options.MaxUsd);
            var run = await context.WatchAsync("Asking", work => evaluation.RunAsync(OptionsOf(line, metric, arms.Arms.Count, new ProgressLine(work)), cancellationToken));
            return Show(line, context, set, _gate.Judge(line, run));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or InvalidOperationException or PromptException or DbException)
        {
            throw new ToolException(exception.Message, exception is ArgumentException ? ExitCodes.Usage : ExitCodes.Error, exception);
        }
    }

    private EvaluationRunOptions OptionsOf(ParseResult line, QualityMetric? metric, int arms, ProgressLine? progress = null) => new()
    {
        Repeats = line.GetValue(_repeats),
        Concurrency = line.GetValue(_concurrency),
        MaxUsd = line.GetValue(_maxUsd),
        Unknown = line.GetValue(_unknown),
        Metric = metric,
        Stopping = _gate.StoppingOf(line, arms),
        Progress = progress,
    };

    private (QualityMetric? Metric, EvaluationArm? Judge) MetricOf(ParseResult line, PromptAssembly assembly, EvaluationSet set, ToolContext context) =>
        _metric.MethodOf(line) is { } name ? _assemblyMetric.Of(line, name, assembly, line.GetValue(_configure), context)
        : (_metric.IsGiven(line) ? _metric.Of(line, set.Items.Select(static item => item.ExpectedText)) : null, null);

    private IReadOnlyList<string> Chosen(ParseResult line, EvaluatedPrompt prompt) =>
        [.. line.GetValue(_models)!.SelectMany(model => model == AllModels ? prompt.Models : [model]).Distinct(StringComparer.Ordinal)];

    private int Show(ParseResult line, ToolContext context, EvaluationSet set, EvaluationVerdict verdict)
    {
        var passAt = PassAtOf(line);
        var report = new TableReport(ModelTable.Of([(set.Name, verdict.Run.Scores)], passAt));
        if (line.GetValue(_markdown) is { } markdown)
        {
            ToolContext.WriteFile(markdown, report.Markdown() + verdict.Markdown());
        }

        if (line.GetValue(_junit) is { } junit)
        {
            ToolContext.WriteFile(junit, JUnitXml.Write("promptgen eval", EvaluationCases.Of(set, line.GetValue(_repeats), verdict)));
        }

        if (line.GetValue(ToolOptions.Json))
        {
            context.WriteJson(EvaluationReport.Of(set, verdict, passAt));
        }
        else
        {
            report.WriteTables(context);
            EvaluationReport.WriteNotes(context, verdict);
        }

        return verdict.ExitCode;
    }

    private IReadOnlyList<int> PassAtOf(ParseResult line) => (line.GetValue(_passAt), line.GetValue(_repeats)) switch
    {
        ({ Length: > 0 } chosen, _) => [.. chosen.Distinct().Order()],
        (_, > 1 and var repeats) => [repeats],
        _ => [],
    };

    /// <summary>The arms of a run, which end with it.</summary>
    private sealed class ArmList : IAsyncDisposable
    {
        public ArmList(EvaluatedPrompt prompt, IReadOnlyList<string> models, bool hasRoute, Action<PromptRuntimeBuilder> configure) =>
            Arms = [.. models.Select(model => EvaluationArm.Model(prompt, model, configure)), .. hasRoute ? (EvaluationArm[])[EvaluationArm.Route(prompt, configure)] : []];

        public IReadOnlyList<EvaluationArm> Arms { get; }

        public async ValueTask DisposeAsync()
        {
            foreach (var arm in Arms)
            {
                await arm.DisposeAsync();
            }
        }
    }
}
