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

    private readonly Argument<FileInfo> _assembly = ToolOptions.Assembly();
    private readonly Argument<string> _data = new("data") { Description = "The items: JSON Lines {id, input, expected or elements, category?, difficulty?, cluster?, weight?}, or tests of promptfoo (.yaml, .csv)." };
    private readonly Option<string?> _prompt = new("--prompt") { Description = "The prompt, where the assembly has several: its name, such as SupportDesk.TriageAsync.", HelpName = "name" };
    private readonly Option<string[]> _models = new("--model") { Description = "Ask this model alone; may be repeated. 'all': each model of the route. Default: only the route.", HelpName = "model", DefaultValueFactory = static _ => [] };
    private readonly Option<bool> _route = new("--route") { Description = "Also ask by the whole route, beside the models." };
    private readonly Option<int> _repeats = new("--repeat") { Description = "How often each item is asked.", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _concurrency = new("--concurrency", "-j") { Description = "How many calls run at once.", DefaultValueFactory = static _ => 8 };
    private readonly Option<decimal?> _maxUsd = new("--max-usd") { Description = "The most that the run may cost, with earlier runs over the same items. A call for whose worst case there is no room is not made.", HelpName = "usd" };
    private readonly Option<string> _store = new("--store") { Description = "The SQLite file that keeps requests and results; the same command goes on where an earlier run ended.", DefaultValueFactory = static _ => "promptgen-eval.db", HelpName = "file" };
    private readonly Option<UnknownRequest> _unknown = new("--unknown") { Description = "How to treat requests that a killed run has sent and whose outcome is not known.", DefaultValueFactory = static _ => UnknownRequest.Skip };
    private readonly Option<double?> _minQuality = new("--min-quality") { Description = "Exit code 100 where the route, or without it a model, has a lower mean score: 0 to 1.", HelpName = "score" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check the items and show what the run can cost; ask nothing." };
    private readonly Option<string?> _configure = new("--configure") { Description = "A static method TYPE.METHOD(PromptRuntimeBuilder) of the assembly that registers the providers. Default: keys of the environment, such as OPENAI_API_KEY.", HelpName = "method" };
    private readonly Option<FileInfo?> _markdown = new("--markdown") { Description = "Also write the table as Markdown.", HelpName = "file" };
    private readonly MetricOptions _metric = new(isRequired: false, hasMethods: true);
    private readonly AssemblyMetric _assemblyMetric = new();

    private EvalCommand()
    {
        ToolOptions.Check(_repeats, static value => value is >= 1 and <= 1_000, "--repeat must be 1 to 1000.");
        ToolOptions.Check(_concurrency, static value => value is >= 1 and <= 1_024, "--concurrency must be 1 to 1024.");
        ToolOptions.Check(_maxUsd, static value => value is not < 0, "--max-usd must be 0 or more.");
        ToolOptions.Check(_minQuality, static value => value is not (< 0 or > 1), "--min-quality must be 0 to 1.");
    }

    public static Command Create(ToolContext context)
    {
        var eval = new EvalCommand();
        var command = new Command("eval", "Ask a prompt's route or single models the items of a set, and show quality, latency and cost. What is done is kept, and not paid again. Exit codes: 3 where calls could not be measured, or broken measurements decide about --min-quality, 100 below --min-quality.")
        {
            eval._assembly, eval._data, eval._prompt, eval._models, eval._route, eval._repeats, eval._concurrency, eval._maxUsd, eval._store, eval._unknown, eval._minQuality, eval._dryRun,
            eval._configure, eval._markdown,
        };
        eval._metric.AddTo(command);
        eval._assemblyMetric.AddTo(command);
        command.SetAction((line, cancellationToken) => eval.RunAsync(line, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, ToolContext context, CancellationToken cancellationToken)
    {
        var assembly = PromptAssembly.Load(line.GetRequiredValue(_assembly));
        var set = EvaluationSet.Read(line.GetRequiredValue(_data));
        try
        {
            var prompt = EvaluationTarget.Find(assembly, line.GetValue(_prompt));
            var models = Chosen(line, prompt);
            var hasRoute = line.GetValue(_route) || models.Count == 0;
            await using var arms = new ArmList(prompt, models, hasRoute, EvaluationProviders.Of(assembly, prompt, hasRoute ? null : models, line.GetValue(_configure), context));
            var (metric, judge) = MetricOf(line, assembly, set, context);
            await using var endOfJudge = judge;
            await using var store = EvaluationStore.Open(line.GetRequiredValue(_store));
            var evaluation = new PromptEvaluation(prompt, set, arms.Arms, store);
            var progress = new ProgressLine(context);
            var options = new EvaluationRunOptions
            {
                Repeats = line.GetValue(_repeats),
                Concurrency = line.GetValue(_concurrency),
                MaxUsd = line.GetValue(_maxUsd),
                Unknown = line.GetValue(_unknown),
                Metric = metric,
                Progress = progress,
            };
            var forecasts = await evaluation.ForecastAsync(options, cancellationToken);
            if (line.GetValue(_dryRun))
            {
                ForecastReport.Write(context, line.GetValue(ToolOptions.Json), prompt, set, forecasts);
                return ExitCodes.Ok;
            }

            ForecastReport.WriteNote(context, set, forecasts, options.MaxUsd);
            var run = await evaluation.RunAsync(options, cancellationToken);
            progress.End();
            return Show(line, context, set, run);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or InvalidOperationException or PromptException or DbException)
        {
            throw new ToolException(exception.Message, exception is ArgumentException ? ExitCodes.Usage : ExitCodes.Error, exception);
        }
    }

    private (QualityMetric? Metric, EvaluationArm? Judge) MetricOf(ParseResult line, PromptAssembly assembly, EvaluationSet set, ToolContext context) =>
        _metric.MethodOf(line) is { } name ? _assemblyMetric.Of(line, name, assembly, line.GetValue(_configure), context)
        : (_metric.IsGiven(line) ? _metric.Of(line, set.Items.Select(static item => item.ExpectedText)) : null, null);

    private IReadOnlyList<string> Chosen(ParseResult line, EvaluatedPrompt prompt) =>
        [.. line.GetValue(_models)!.SelectMany(model => model == AllModels ? prompt.Models : [model]).Distinct(StringComparer.Ordinal)];

    private int Show(ParseResult line, ToolContext context, EvaluationSet set, EvaluationRun run)
    {
        var report = new TableReport(ModelTable.Of([(set.Name, run.Scores)]));
        if (line.GetValue(_markdown) is { } markdown)
        {
            ToolContext.WriteFile(markdown, report.Markdown());
        }

        if (line.GetValue(ToolOptions.Json))
        {
            context.WriteJson(EvaluationReport.Of(set, run));
        }
        else
        {
            report.WriteTables(context);
            EvaluationReport.WriteNotes(context, run);
        }

        var judged = run.Scores.Where(static score => score.IsRoute).DefaultIfEmpty(run.Scores[0]).First();
        var reaches = line.GetValue(_minQuality) is { } least ? judged.Reaches(least) : null;
        return reaches == false ? ExitCodes.Missed
            : run.NotMeasured > 0 || (run.Broken.Count > 0 && reaches is null) ? ExitCodes.Undecided
            : ExitCodes.Ok;
    }

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
