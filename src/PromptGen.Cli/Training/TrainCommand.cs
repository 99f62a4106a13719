using System.CommandLine;
using System.Globalization;
using PromptGen.Cli.Ledgers;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Training;

/// <summary><c>promptgen train</c>: the file of a learned router, from labels or from the calls of a ledger.</summary>
internal sealed class TrainCommand
{
    private readonly Argument<FileInfo> _source = new("source")
    {
        Description = "Labels as .csv or .jsonl, also .gz: input, weak_correct, strong_correct and optionally task. Or the file of a SqliteCallLedger that keeps content, with verdicts.",
    };

    private readonly Option<FileInfo> _output = new("--output", "-o") { Description = "The router file to write, for example Prompts/triage.router.", Required = true, HelpName = "file" };
    private readonly Option<string?> _weak = new("--weak") { Description = "The id of the cheap model, that of the first step. A ledger needs it.", HelpName = "model" };
    private readonly Option<string?> _strong = new("--strong") { Description = "The id of the strong model, that of the second step. A ledger needs it.", HelpName = "model" };
    private readonly Option<double> _rightFrom = new("--right-from") { Description = "The least mean score of its verdicts at which an answer of a ledger is right.", DefaultValueFactory = static _ => 0.5, HelpName = "score" };
    private readonly Option<double> _quality = new("--quality") { Description = "Use the strong model as rarely as keeps this share of its right answers.", DefaultValueFactory = static _ => 0.98, HelpName = "share" };
    private readonly Option<double?> _cost = new("--cost") { Description = "In place of --quality: be as good as this mean cost allows, as a share of the strong model's.", HelpName = "share" };
    private readonly Option<double> _weakCost = new("--weak-cost") { Description = "For --cost: what a call of the weak model costs, as a share of one of the strong model.", HelpName = "share" };
    private readonly Option<string?> _version = new("--prompt-version") { Description = "The version of the prompt, for the file.", HelpName = "version" };
    private readonly Option<DateOnly?> _date = new("--date") { Description = "The day of the labels, for the file. Default: that of the latest call of a ledger, today for labels.", HelpName = "day" };
    private readonly Option<bool> _force = new("--force") { Description = "Also write a router that chooses no better than chance." };
    private readonly LedgerOptionSet _ledger = new();

    private TrainCommand()
    {
        ToolOptions.Check(_rightFrom, static value => value is > 0 and <= 1, "--right-from must be more than 0 and at most 1.");
        ToolOptions.Check(_quality, IsShare, "--quality must be from 0 to 1.");
        ToolOptions.Check(_weakCost, IsShare, "--weak-cost must be from 0 to 1.");
        ToolOptions.Check(_cost, static value => value is null || IsShare(value.Value), "--cost must be from 0 to 1.");
    }

    public static Command Create(ToolContext context)
    {
        var train = new TrainCommand();
        var command = new Command("train", "Train the file of a learned router. Exit codes: 3 where there are too few labels, 100 where the router chooses no better than chance (it is not written).")
        {
            train._source, train._output, train._weak, train._strong, train._rightFrom, train._quality, train._cost, train._weakCost, train._version, train._date, train._force,
            train._ledger.Prompt, train._ledger.Scope, train._ledger.From, train._ledger.Until,
        };
        command.SetAction((line, cancellationToken) => train.RunAsync(line, context, cancellationToken));
        return command;
    }

    private static bool IsShare(double value) => value is >= 0 and <= 1;

    private async Task<int> RunAsync(ParseResult line, ToolContext context, CancellationToken cancellationToken)
    {
        var labels = await context.WatchAsync("Reading labels", progress => ReadAsync(line, progress, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        var trained = await context.WatchAsync($"Training on {Figures.Count(labels.Examples.Count, "label")}", _ => Task.Run(() => Train(labels, Training(line, labels, context)), cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        var file = line.GetRequiredValue(_output);
        var isWritten = !trained.Report.IsUseless || line.GetValue(_force);
        if (isWritten)
        {
            ToolContext.WriteFile(file, trained.Save);
        }

        var report = new TrainReport(labels, trained, isWritten ? file.FullName : null);
        if (line.GetValue(ToolOptions.Json))
        {
            context.WriteJson(report.Json());
        }
        else
        {
            report.Write(context.Output);
        }

        if (!trained.Report.IsUseless)
        {
            return ExitCodes.Ok;
        }

        context.Error.WriteLine("The router chooses no better than chance on labels that it was not trained with: one of the models alone is as good." + (isWritten ? "" : " It is not written; --force writes it."));
        return ExitCodes.Missed;
    }

    private async Task<LabelSource> ReadAsync(ParseResult line, WatchedWork progress, CancellationToken cancellationToken)
    {
        var source = line.GetRequiredValue(_source);
        if (!LabelSource.IsLedger(source))
        {
            return LabelSource.OfFile(source);
        }

        return (line.GetValue(_weak), line.GetValue(_strong)) is ({ } weak, { } strong) && weak != strong
            ? await LabelSource.OfLedgerAsync(source, _ledger.Filter(line), (weak, strong), line.GetValue(_rightFrom), progress, cancellationToken)
            : throw new ToolException("A ledger has the calls of many models: name two of them by --weak and --strong.", ExitCodes.Usage);
    }

    private RouterTraining Training(ParseResult line, LabelSource labels, ToolContext context) => new()
    {
        Date = line.GetValue(_date) ?? labels.Ledger?.Date ?? context.Today,
        Goal = line.GetValue(_cost) is { } cost ? RouterGoal.Cost(cost, line.GetValue(_weakCost)) : RouterGoal.Quality(line.GetValue(_quality)),
        Prompt = line.GetValue(_ledger.Prompt),
        PromptVersion = line.GetValue(_version),
        WeakModel = line.GetValue(_weak),
        StrongModel = line.GetValue(_strong),
    };

    private static TrainedRouter Train(LabelSource labels, RouterTraining training)
    {
        try
        {
            return RouterTrainer.Train(labels.Examples, training);
        }
        catch (ArgumentException exception)
        {
            var why = labels.Ledger is { } ledger
                ? string.Create(CultureInfo.InvariantCulture, $" Of {Figures.Count(ledger.Calls, "call")}, {ledger.WithoutText} have no text (LedgerOptions.CaptureContent keeps it), and of {Figures.Count(ledger.LeftOut, "text")} only one model is known.")
                : "";
            throw new ToolException(exception.Message + why, ExitCodes.Undecided, exception);
        }
    }
}
