using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Evaluation.Tests.Runs;

public sealed class PromptEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_route_and_each_model_are_measured_and_kept()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));
        var set = Colours(6);
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, request.Options.ModelId == EvaluationModels.Cheap ? ColourOf(request, shade: NumberOf(request) < 3 ? "Dark" : "Light") : ColourOf(request, "Dark"))));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var route = EvaluationArm.Route(prompt, Register);
        await using var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, Register);
        await using var strong = EvaluationArm.Model(prompt, EvaluationModels.Strong, Register);
        var evaluation = new PromptEvaluation(prompt, set, [cheap, strong, route], store);

        var run = await evaluation.RunAsync(new(), Token);

        Assert.Equal([0.5, 1, 0.5], run.Scores.Select(static score => Math.Round(score.Summary.Mean, 9)));
        Assert.Equal((18, 0, 0L), (run.Results.Count, run.NotMeasured, run.Unknown));
        Assert.Equal([false, false, true], run.Scores.Select(static score => score.IsRoute));
        Assert.All(run.Results.Where(static result => result.Arm == EvaluationModels.Strong), static result => Assert.Equal((EvaluationModels.Strong, "strong-1-snapshot", 1), (result.ModelId, result.AnsweredModelId, result.Requests)));
        Assert.Equal(run.Spent.Usd, client.Requests.Sum(CostOf));
        Assert.True(run.Spent.IsComplete);
        Assert.Equal(CostOf(client.Requests.First(static request => request.Options.ModelId == EvaluationModels.Strong)), run.Scores[1].CostUsd);
        Assert.NotNull(run.Scores[0].P95Seconds);
        Assert.Equal(18, client.Requests.Count);

        // All is kept: the same again asks nothing, and one more item asks that alone.
        var again = await new PromptEvaluation(prompt, set, [cheap, strong, route], store).RunAsync(new(), Token);
        Assert.Equal((18, run.Spent), (client.Requests.Count, again.Spent));
        Assert.Equal(run.Scores.Select(static score => score.Summary), again.Scores.Select(static score => score.Summary));
        var more = await new PromptEvaluation(prompt, Colours(7), [strong], store).RunAsync(new(), Token);
        Assert.Equal((19, 7), (client.Requests.Count, more.Results.Count));

        void Register(PromptRuntimeBuilder builder) => builder.AddProvider("test", _ => client);
    }

    [Fact]
    public async Task Repeats_are_asked_each_and_count_once_per_item()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));
        var count = 0;
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, ColourOf(request, Interlocked.Increment(ref count) % 2 == 0 ? "Dark" : "Light"))));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, builder => builder.AddProvider("test", _ => client));

        var run = await new PromptEvaluation(prompt, Colours(3), [cheap], store).RunAsync(new() { Repeats = 4 }, Token);

        Assert.Equal((12, 12, 3), (client.Requests.Count, run.Results.Count, run.Scores[0].Items.Count));
        Assert.Equal(0.5, run.Scores[0].Summary.Mean, 9);
    }

    /// <summary>Answers that the prompt rejects score 0; failures of a provider are no score, and are asked again.</summary>
    [Fact]
    public async Task Wrong_answers_score_and_failures_of_a_provider_do_not()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.GuessAsync));
        var isDown = true;
        var client = new ScriptedChatClient((request, _) => TextOf(request) switch
        {
            var text when text.EndsWith("down", StringComparison.Ordinal) && isDown => throw new HttpRequestException("no"),
            var text when text.EndsWith("wrong", StringComparison.Ordinal) => Task.FromResult(Answer(request, "not JSON")),
            _ => Task.FromResult(Answer(request, """{"value": 7}""")),
        });
        var set = new EvaluationSet("guesses", [.. ((string[])["right", "wrong", "down"]).Select(static word => Item(word, $$"""{"word": "{{word}}"}""", "7"))]);
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, Register);

        var run = await new PromptEvaluation(prompt, set, [cheap], store).RunAsync(new() { Concurrency = 1 }, Token);

        Assert.Equal([("right", 1.0, PromptErrorCode.None), ("wrong", 0.0, PromptErrorCode.InvalidJson)], run.Results.Select(static result => (result.Item, result.Score, result.Outcome)));
        Assert.Equal((1, 1), (run.NotMeasured, run.Scores[0].Missing));
        Assert.NotNull(run.Problem);

        isDown = false;
        await using var later = EvaluationArm.Model(prompt, EvaluationModels.Cheap, Register);
        var again = await new PromptEvaluation(prompt, set, [later], store).RunAsync(new(), Token);
        Assert.Equal((3, 0), (again.Results.Count, again.NotMeasured));
        Assert.Equal(1, client.Requests.Count(static request => TextOf(request).EndsWith("right", StringComparison.Ordinal)));

        void Register(PromptRuntimeBuilder builder)
        {
            builder.Resilience.MaxRetries = 0;
            builder.AddProvider("test", _ => client);
        }
    }

    [Fact]
    public async Task Options_name_a_model_outside_of_the_route()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SumAsync));
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, """{"value": 3}""")));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var strong = EvaluationArm.Model(prompt, EvaluationModels.Cheap, builder => builder.AddProvider("test", _ => client));

        var run = await new PromptEvaluation(prompt, new("sums", [Item("1", """{"a": 1, "b": 2}""", "3"), Item("2", """{"a": 1, "b": 3}""", "4")]), [strong], store).RunAsync(new(), Token);

        Assert.Equal([1, 0], run.Scores[0].Items.Select(static item => item.Score));
        var missing = Assert.Throws<ArgumentException>(() => EvaluationArm.Model(EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync)), EvaluationModels.Other, static _ => { }));
        Assert.Contains("PromptOptions", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_that_cannot_be_kept_is_refused_before_anything_is_asked()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SayAsync));
        var client = new ScriptedChatClient("hello");
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var route = EvaluationArm.Route(prompt, builder => builder.AddProvider("test", _ => client));
        var evaluation = new PromptEvaluation(prompt, new("words", [Item("1", """{"word": "hello"}""", "\"hello\"")]), [route], store);

        await Assert.ThrowsAsync<InvalidOperationException>(() => evaluation.RunAsync(new() { MaxUsd = 1 }, Token));
        Assert.Empty(client.Requests);
        Assert.False((await evaluation.ForecastAsync(new(), Token))[0].WorstCase.IsComplete);
        Assert.Equal(1, (await evaluation.RunAsync(new(), Token)).Scores[0].Summary.Mean);
    }

    [Fact]
    public async Task Nothing_is_asked_where_an_item_does_not_suit()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SumAsync));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var route = EvaluationArm.Route(prompt, static builder => builder.AddProvider("test", static _ => new ScriptedChatClient()));

        var fault = Assert.Throws<RecordedDataException>(() => new PromptEvaluation(prompt, new("sums", [Item("1", """{"a": 1}""", "3"), Item("2", """{"a": "x", "b": 1}""", "3")]), [route], store));

        Assert.Equal(2, fault.Message.Split('\n').Length);
        Assert.Throws<ArgumentException>(() => new PromptEvaluation(prompt, new("sums", [Item("1", """{"a": 1, "b": 1}""", "3")]), [], store));
        Assert.Throws<ArgumentException>(() => new PromptEvaluation(prompt, new("sums", [Item("1", """{"a": 1, "b": 1}""", "3")]), [route, route], store));
    }

    [Fact]
    public async Task The_forecast_is_what_is_left_and_progress_has_money()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, ColourOf(request, "Dark"))));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, builder => builder.AddProvider("test", _ => client));
        var progress = new Progress();

        var before = Assert.Single(await new PromptEvaluation(prompt, Colours(4), [cheap], store).ForecastAsync(new() { Repeats = 2 }, Token));
        Assert.Empty(client.Requests);
        var run = await new PromptEvaluation(prompt, Colours(4), [cheap], store).RunAsync(new() { Repeats = 2, Concurrency = 1, Progress = progress }, Token);
        var after = Assert.Single(await new PromptEvaluation(prompt, Colours(5), [cheap], store).ForecastAsync(new() { Repeats = 2 }, Token));

        Assert.Equal((8, 0, 0m), (before.Calls, before.Kept, before.KeptUsd));
        Assert.True(before.WorstCase.IsComplete && before.WorstCase.Usd > run.Spent.Usd);
        Assert.Equal((10, 8, run.Spent.Usd), (after.Calls, after.Kept, after.KeptUsd));
        Assert.Equal(Enumerable.Range(1, 8), progress.Reports.Select(static report => report.Done));
        Assert.Equal(run.Spent.Usd, progress.Reports[^1].SpentUsd);
        Assert.Equal(run.Spent.Usd, progress.Reports[3].ForecastUsd, 6);
        Assert.All(progress.Reports, static report => Assert.Equal((8, 0), (report.Total, report.NotMeasured)));
    }

    /// <summary>
    /// Drawn limits, usage, failures, repairs, concurrency and cancelled runs that go on: what providers have answered never costs more than the limit, and no call that was measured is asked again.
    /// </summary>
    [Fact]
    public async Task The_limit_of_the_cost_is_never_passed()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));
        var (stopped, whole) = (0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var paid = new Money();
            var draws = new Draws(seed);
            var client = new ScriptedChatClient(async (request, cancellationToken) =>
            {
                var draw = draws.Next();
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                var answer = Answer(request, draw < 0.2 ? "no JSON" : ColourOf(request, draw < 0.6 ? "Dark" : "Light"), outputTokens: 1 + (int)(draw * 99));
                paid.Add(CostOf(request.Options.ModelId!, answer.Usage!));
                return answer;
            });
            var max = (decimal)(random.NextDouble() * 0.25);
            await using var store = EvaluationStore.Open(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{seed}.db")));
            await using var route = EvaluationArm.Route(prompt, Register);
            await using var strong = EvaluationArm.Model(prompt, EvaluationModels.Strong, Register);
            var evaluation = new PromptEvaluation(prompt, Colours(12), [route, strong], store);
            var stopping = random.Next(2) == 0 ? EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(3)) : null;
            var options = new EvaluationRunOptions { MaxUsd = max, Concurrency = random.Next(1, 9), Repeats = random.Next(1, 3), Stopping = stopping };
            for (var part = random.Next(3); part > 0; part--)
            {
                using var end = new CancellationTokenSource();
                var left = random.Next(1, 12);
                var progress = new Progress { OnReport = EndRun };
                var cancelling = new EvaluationRunOptions { MaxUsd = max, Concurrency = options.Concurrency, Repeats = options.Repeats, Stopping = stopping, Progress = progress };
                try
                {
                    await evaluation.RunAsync(cancelling, end.Token);
                }
                catch (OperationCanceledException)
                {
                    stopped++;
                }

                Assert.True(paid.Usd <= max, $"seed {seed}: {paid.Usd} USD were paid of {max}.");

                void EndRun()
                {
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        end.Cancel();
                    }
                }
            }

            var run = await evaluation.RunAsync(options, Token);

            Assert.True(paid.Usd <= max, $"seed {seed}: {paid.Usd} USD were paid of {max}.");
            Assert.True(run.Spent.Usd >= paid.Usd, $"seed {seed}: {run.Spent.Usd} USD are booked of {paid.Usd}.");
            whole += run.NotMeasured == 0 ? 1 : 0;

            void Register(PromptRuntimeBuilder builder) => builder.AddProvider("test", _ => client);
        }

        Assert.InRange(whole, 1, 39);
        Assert.True(stopped > 0);
    }

    /// <summary>All 10 right are no proof of 0.5 at the first of four looks, all 20 are one at the second.</summary>
    [Fact]
    public async Task A_run_ends_where_its_threshold_is_decided_and_saves_the_rest()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, ColourOf(request, "Dark"))));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, builder => builder.AddProvider("test", _ => client));
        var evaluation = new PromptEvaluation(prompt, Colours(40), [cheap], store);
        var options = new EvaluationRunOptions { Stopping = EvaluationStopping.AtThreshold(SequentialPlan.OBrienFleming(4), 0.5), Repeats = 2 };

        var run = await evaluation.RunAsync(options, Token);

        Assert.Equal((2, 4, 20, ComparisonVerdict.Better, true, 40), (run.Look!.Look, run.Look.Looks, run.Look.Items, run.Look.Verdict, run.Look.IsDecided, run.Look.SavedCalls));
        Assert.Equal((40, 40, 0, 0), (client.Requests.Count, run.Results.Count, run.NotMeasured, run.Scores[0].Missing));
        Assert.Equal(run.Spent.Usd, run.Look.SavedUsd);
        Assert.True(run.Look.Interval!.Value.Lower >= 0.5 && run.Look.Confidence > 0.99);

        // The same again ends at the same look and asks nothing; without looks the rest is asked.
        Assert.Equal((run.Look, 40), ((await evaluation.RunAsync(options, Token)).Look, client.Requests.Count));
        var whole = await evaluation.RunAsync(new() { Repeats = 2 }, Token);
        Assert.Equal((80, 80, null), (client.Requests.Count, whole.Results.Count, whole.Look));
    }

    [Fact]
    public async Task A_run_of_two_arms_ends_where_they_are_reported_apart()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, ColourOf(request, request.Options.ModelId == EvaluationModels.Cheap ? "Light" : "Dark"))));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, Register);
        await using var strong = EvaluationArm.Model(prompt, EvaluationModels.Strong, Register);
        var options = new EvaluationRunOptions { Stopping = EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(4)) };

        var run = await new PromptEvaluation(prompt, Colours(40), [cheap, strong], store).RunAsync(options, Token);

        Assert.Equal((2, ComparisonVerdict.Better, 40), (run.Look!.Look, run.Look.Verdict, run.Look.SavedCalls));
        Assert.Equal(40, client.Requests.Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new PromptEvaluation(prompt, Colours(40), [cheap], store).RunAsync(options, Token));

        void Register(PromptRuntimeBuilder builder) => builder.AddProvider("test", _ => client);
    }

    [Fact]
    public async Task Weights_count_in_means()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SumAsync));
        var client = new ScriptedChatClient((request, _) => Task.FromResult(Answer(request, """{"value": 3}""")));
        await using var store = EvaluationStore.Open(Path.Combine(_folder, "store.db"));
        await using var route = EvaluationArm.Route(prompt, builder => builder.AddProvider("test", _ => client));

        var run = await new PromptEvaluation(
            prompt, new("sums", [Item("1", """{"a": 1, "b": 2}""", "3") with { Weight = 3 }, Item("2", """{"a": 1, "b": 3}""", "4")]), [route], store).RunAsync(new(), Token);

        Assert.Equal(0.75, run.Scores[0].Summary.Mean, 9);
    }

    private static EvaluationSet Colours(int count) => new("colours", [.. Enumerable.Range(0, count).Select(static i =>
        Item(i.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $$"""{"name": "red", "level": {{i}}}"""), """{"shade": "Dark"}"""))]);

    private static EvaluationItem Item(string id, string inputs, string expected) =>
        new(id, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(inputs)!, JsonSerializer.Deserialize<JsonElement>(expected), []);

    private static string ColourOf(ScriptedRequest request, string shade) => string.Create(CultureInfo.InvariantCulture, $$"""{"name": "red", "red": {{NumberOf(request)}}, "shade": "{{shade}}"}""");

    private static int NumberOf(ScriptedRequest request) => int.Parse(TextOf(request).Split('\n')[0].Split(' ')[3], CultureInfo.InvariantCulture);

    private static string TextOf(ScriptedRequest request) => request.Messages.First(static message => message.Role == ChatRole.User).Text;

    private static ChatResponse Answer(ScriptedRequest request, string text, int outputTokens = 20) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        ModelId = request.Options.ModelId + "-snapshot",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 10, OutputTokenCount = outputTokens },
    };

    private static decimal CostOf(ScriptedRequest request) => CostOf(request.Options.ModelId!, new() { InputTokenCount = 10, OutputTokenCount = 20 });

    private static decimal CostOf(string model, UsageDetails usage)
    {
        var factor = model == EvaluationModels.Cheap ? 1 : 10;
        return ((usage.InputTokenCount!.Value * factor) + (usage.OutputTokenCount!.Value * 4 * factor)) / 1_000_000m;
    }

    private sealed class Money
    {
        private decimal _usd;

        public decimal Usd
        {
            get
            {
                lock (this)
                {
                    return _usd;
                }
            }
        }

        public void Add(decimal usd)
        {
            lock (this)
            {
                _usd += usd;
            }
        }
    }

    private sealed class Draws(int seed)
    {
        private readonly Random _random = new(seed);

        public double Next()
        {
            lock (_random)
            {
                return _random.NextDouble();
            }
        }
    }

    private sealed class Progress : IProgress<EvaluationProgress>
    {
        public List<EvaluationProgress> Reports { get; } = [];

        public Action? OnReport { get; init; }

        public void Report(EvaluationProgress value)
        {
            lock (Reports)
            {
                Reports.Add(value);
            }

            OnReport?.Invoke();
        }
    }
}
