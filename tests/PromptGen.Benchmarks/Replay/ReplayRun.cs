using System.Globalization;
using PromptGen.Evaluation;

namespace PromptGen.Benchmarks.Replay;

/// <summary>
/// Replays recorded answers through generated clients: <c>replay FOLDER --members A,B[,C] --strong S --metric numeric|exact</c>. Prints one line per strategy: accuracy, share of
/// questions that reached the strong model, cost per 1,000 questions, also relative to the strong model alone.
/// </summary>
internal sealed class ReplayRun(ReplayData data, AnswerMetric metric, IReadOnlyList<ReplayModel> members, ReplayModel strong)
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Skip(1).Chunk(2).Where(static pair => pair.Length == 2).ToDictionary(static pair => pair[0], static pair => pair[1]);
        if (args.Length == 0 || !options.TryGetValue("--members", out var names) || !options.TryGetValue("--strong", out var strong)
            || options.GetValueOrDefault("--metric") is not ("numeric" or "exact") || names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not { Length: >= 2 } members)
        {
            Console.Error.WriteLine("Usage: replay FOLDER --members A,B[,C] --strong S --metric numeric|exact");
            return 2;
        }

        try
        {
            string[] models = [.. members, strong];
            if (models.CountBy(static model => model).FirstOrDefault(static model => model.Value > 1) is { Key: { } twice })
            {
                throw new ArgumentException($"'{twice}' is named twice: members and the strong model are different models.");
            }

            var data = ReplayData.Read(args[0], models);
            foreach (var model in models.Where(model => data.Missing(model) > 0))
            {
                Console.Error.WriteLine($"{model} has no output for {data.Missing(model)} of {data.Questions.Count} questions: it has no answer to them.");
            }

            var metric = AnswerMetric.Create(options["--metric"], []);
            await new ReplayRun(data, metric, [.. members.Select(id => ReplayPrices.Of(args[0], id))], ReplayPrices.Of(args[0], strong)).PrintAsync();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or RecordedDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private async Task PrintAsync()
    {
        using var prompts = Runtime();
        var strategies = ReplayStrategy.All(members.Count).ToArray();
        var desk = ReplayCompiler.Compile(metric, strategies, members, strong, prompts, static _ => null);
        var outcomes = new Dictionary<string, Outcome[]>();
        foreach (var strategy in strategies)
        {
            outcomes[strategy.Name] = await AskAllAsync(desk, strategy.Name, data.Questions);
        }

        var all = outcomes["strong"];
        Console.WriteLine($"{data.Questions.Count} questions; members {string.Join(", ", members.Select(static model => model.Id))}; strong {strong.Id}");
        Console.WriteLine($"{"strategy",-24}{"accuracy",10}{"escalated",11}{"USD/1,000",11}{"of strong",11}");
        foreach (var strategy in strategies)
        {
            Print(strategy.Name, outcomes[strategy.Name], all);
        }

        if (data.Questions.Count > 1)
        {
            await PrintFittedAsync(prompts, outcomes);
        }

        PrintBounds(outcomes);
    }

    /// <summary>Accuracies are measured on the questions at even places. What they decide is reported on the others, beside what needs no accuracies.</summary>
    private async Task PrintFittedAsync(PromptRuntime prompts, Dictionary<string, Outcome[]> outcomes)
    {
        var accuracies = members.Select((_, i) => Accuracy(Half(outcomes[$"member {i + 1}"], 0))).ToArray();
        var fitted = ReplayStrategy.Fitted(accuracies);
        var desk = ReplayCompiler.Compile(metric, fitted, members, strong, prompts, BestAnswers(accuracies, outcomes).GetValueOrDefault);
        var held = Half([.. data.Questions], 1);
        var strongHeld = Half(outcomes["strong"], 1);
        Console.WriteLine($"on the {held.Length} questions on which no accuracy was measured:");
        foreach (var strategy in fitted)
        {
            Print(strategy.Name, await AskAllAsync(desk, strategy.Name, held), strongHeld);
        }

        foreach (var name in outcomes.Keys.Where(static name => name.StartsWith("majority", StringComparison.Ordinal) || name is "agreement of 2" or "strong" || name.StartsWith("member", StringComparison.Ordinal)))
        {
            Print(name, Half(outcomes[name], 1), strongHeld);
        }
    }

    /// <summary>To each question the answer of the most accurate member that has a valid one.</summary>
    private Dictionary<string, string?> BestAnswers(double[] accuracies, Dictionary<string, Outcome[]> outcomes)
    {
        var fromBest = Enumerable.Range(0, members.Count).OrderByDescending(member => accuracies[member]).Select(member => outcomes[$"member {member + 1}"]).ToArray();
        return data.Questions
            .Select((question, i) => (question.Prompt, Answer: fromBest.Select(member => member[i].Answer).FirstOrDefault(static answer => answer is not null)))
            .DistinctBy(static pair => pair.Prompt)
            .ToDictionary(static pair => pair.Prompt, static pair => pair.Answer, StringComparer.Ordinal);
    }

    private void PrintBounds(Dictionary<string, Outcome[]> outcomes)
    {
        var right = members.Select((_, i) => outcomes[$"member {i + 1}"].Select(static outcome => outcome.IsRight).ToArray()).ToArray();
        var questions = Enumerable.Range(0, data.Questions.Count).ToArray();
        var best = Enumerable.Range(0, members.Count).MaxBy(i => Share(questions, question => right[i][question]));
        var allWrong = Share(questions, question => right.All(member => !member[question]));
        Console.WriteLine($"best member {members[best].Id} {Percent(Share(questions, question => right[best][question]))}, oracle of the members {Percent(Share(questions, question => right.Any(member => member[question])))}");
        Console.WriteLine($"all members wrong (β) {Percent(allWrong)}, so that no choice among their answers is right more often than {Percent(1 - allWrong)}");
        for (var i = 0; i < members.Count; i++)
        {
            for (var j = i + 1; j < members.Count; j++)
            {
                Console.WriteLine($"both wrong: {members[i].Id}, {members[j].Id} {Percent(Share(questions, question => !right[i][question] && !right[j][question]))}");
            }
        }
    }

    private async Task<Outcome[]> AskAllAsync(IReplayDesk desk, string strategy, IReadOnlyList<RecordedQuestion> questions)
    {
        var outcomes = new Outcome[questions.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = await AskAsync(desk, strategy, questions[i]);
        }

        return outcomes;
    }

    private async Task<Outcome> AskAsync(IReplayDesk desk, string strategy, RecordedQuestion question)
    {
        try
        {
            var (answer, attempts) = await desk.AskAsync(strategy, question.Prompt);
            return Outcome.Of(answer, metric.Score(answer, question.Expected) == 1, attempts, strong.Id);
        }
        catch (PromptException error)
        {
            return Outcome.Of(null, false, error.Attempts, strong.Id);
        }
    }

    private PromptRuntime Runtime()
    {
        var idOfPrompt = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in data.Questions)
        {
            idOfPrompt.TryAdd(question.Prompt, question.Id);
        }

        // Every question counts: breakers that skip a model after broken answers would make one question depend on another.
        return PromptRuntime.Create(builder =>
        {
            builder.Resilience.ContractFailureRatio = null;
            builder.AddProvider("replay", id => new RecordedChatClient(data.Outputs[id], idOfPrompt));
        });
    }

    private static void Print(string name, Outcome[] outcomes, Outcome[] strong)
    {
        var (cost, ofStrong) = outcomes.Concat(strong).All(static outcome => outcome.IsPriced)
            ? (Usd(outcomes).ToString("0.000", CultureInfo.InvariantCulture), Usd(strong) == 0 ? "unknown" : Percent((double)(Usd(outcomes) / Usd(strong))))
            : ("unknown", "unknown");
        Console.WriteLine($"{name,-24}{Percent(Accuracy(outcomes)),10}{Percent(Share(outcomes, static outcome => outcome.AskedStrong)),11}{cost,11}{ofStrong,11}");
    }

    private static decimal Usd(Outcome[] outcomes) => outcomes.Average(static outcome => outcome.Usd) * 1_000;

    private static TItem[] Half<TItem>(TItem[] items, int which) => [.. items.Where((_, i) => i % 2 == which)];

    private static double Accuracy(Outcome[] outcomes) => Share(outcomes, static outcome => outcome.IsRight);

    private static double Share<TItem>(TItem[] items, Func<TItem, bool> counts) => (double)items.Count(counts) / items.Length;

    private static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private readonly record struct Outcome(string? Answer, bool IsRight, bool AskedStrong, decimal Usd, bool IsPriced)
    {
        public static Outcome Of(string? answer, bool isRight, IReadOnlyList<PromptAttempt> attempts, string strong) =>
            new(answer, isRight, attempts.Any(attempt => attempt.ModelId == strong), attempts.Sum(static attempt => attempt.Cost.Usd), attempts.All(static attempt => attempt.Cost.IsComplete));
    }
}
