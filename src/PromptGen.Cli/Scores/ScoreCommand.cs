using System.CommandLine;
using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Scores;

/// <summary><c>promptgen score</c>: how many of the recorded answers of each model are right.</summary>
internal static class ScoreCommand
{
    public static Command Create(ToolContext context)
    {
        var source = new Argument<string>("source")
        {
            Description = "A folder with questions.jsonl {id, answer, category?, cluster?} and outputs/MODEL.jsonl or .jsonl.gz {id, output, cost?, latency?}; or a .csv or .csv.gz with the columns id, model, answer, ref_answer.",
        };
        var metric = new MetricOptions(isRequired: true);
        var prices = new PriceOptions();
        var models = new Option<string[]>("--model") { Description = "Only this model; may be repeated.", HelpName = "model", DefaultValueFactory = static _ => [] };
        var command = new Command("score", "Score recorded answers: the accuracy of each model with its 95 % interval. Exit code 3 where no output belongs to a question.") { source, models };
        metric.AddTo(command);
        prices.AddTo(command);
        command.SetAction(async (line, cancellationToken) =>
        {
            var answers = RecordedAnswers.Open(line.GetRequiredValue(source));
            var chosen = line.GetValue(models) is { Length: > 0 } some ? some.Distinct().ToArray() : [.. answers.Models];
            var (rule, priceOf) = (metric.Of(line, answers), prices.Of(line, context));
            var scores = await context.WatchAsync("Scoring", progress => Task.Run(() => ScoreAll(answers, chosen, model => ModelScore.Of(answers, model, rule, priceOf(model)), progress, cancellationToken), cancellationToken));
            Write(context, line.GetValue(ToolOptions.Json), answers, rule, scores);
            return scores.Any(static score => score.Items.Count > 0) ? ExitCodes.Ok : ExitCodes.Undecided;
        });
        return command;
    }

    private static List<ModelScore> ScoreAll(RecordedAnswers answers, IReadOnlyList<string> models, Func<string, ModelScore> score, WatchedWork progress, CancellationToken cancellationToken)
    {
        var scores = new List<ModelScore>();
        foreach (var model in models)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Now($"Scoring {model}");
            scores.Add(answers.Models.Contains(model) ? score(model) : throw new ToolException($"There are no answers of '{model}'. There are answers of: {string.Join(", ", answers.Models)}."));
        }

        return scores;
    }

    private static void Write(ToolContext context, bool asJson, RecordedAnswers answers, AnswerMetric metric, IReadOnlyList<ModelScore> scores)
    {
        foreach (var score in scores.Where(static score => score.Items.Count == 0))
        {
            context.Error.WriteLine($"No output of '{score.Model}' belongs to a question.");
        }

        if (asJson)
        {
            context.WriteJson(ScoreReport.Of(answers, metric, scores));
            return;
        }

        var table = Tables.Create("Model", ">Accuracy", ">95 % interval", ">Answers", ">Without answer", ">Missing", ">Unknown");
        foreach (var score in scores.OrderByDescending(static score => double.IsNaN(score.Summary.Mean) ? -1 : score.Summary.Mean).ThenBy(static score => score.Model, StringComparer.Ordinal))
        {
            table.Row(
                score.Model, Scale.Percent(score.Summary.Mean), Scale.Percent(score.Summary.Interval), Count(score.Items.Count), Count(score.WithoutAnswer), Count(score.Missing), Count(score.Unknown));
        }

        context.Console.Write(table);
        context.Output.WriteLine($"{Figures.Count(answers.Questions.Count, "question")}, metric {metric.Name}. Missing: questions without an output, which do not count. Unknown: outputs without a question, which are left out.");
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
