using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using PromptGen.Testing;
using Judge = PromptGen.Evaluation.Tests.Judges.Judges;

namespace PromptGen.Evaluation.Tests.Runs;

/// <summary>Runs whose metric asks a prompt: its requests are paid once, within the limit, and what it cannot say is neither right nor wrong.</summary>
public sealed class JudgedRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_judge_is_paid_once_apart_from_the_answers_and_in_every_sum()
    {
        var world = new World();
        await using var store = Open();
        await using var cheap = world.Cheap();
        await using var judge = world.Compare();
        var evaluation = new PromptEvaluation(cheap.Prompt, Colours(4), [cheap], store);
        var options = new EvaluationRunOptions { Metric = new JudgeMetric(judge), MaxUsd = 1, Repeats = 2 };

        var before = Assert.Single(await evaluation.ForecastAsync(options, Token));
        var run = await evaluation.RunAsync(options, Token);
        var requests = world.Client.Requests.Count;
        var again = await evaluation.RunAsync(options, Token);
        var after = Assert.Single(await evaluation.ForecastAsync(options, Token));

        // Items 0 and 2 equal the expected colour, so that only the answers of 1 and 3 are judged, twice each.
        Assert.Equal((8 + (2 * 2 * 2), requests), (requests, world.Client.Requests.Count));
        Assert.Equal([1, 1, 1, 0], run.Scores[0].Items.Select(static item => item.Score));
        Assert.Equal(world.Paid, run.Spent.Usd);
        Assert.Equal(run.Spent, again.Spent);
        Assert.Equal(run.Scores[0].CostUsd, run.Results[0].Cost.Usd);
        Assert.Equal(world.Paid, run.Results.Sum(static result => result.Cost.Usd + result.MetricCost.Usd));
        Assert.True(before.WorstCase.IsComplete && before.WorstCase.Usd >= world.Paid);
        Assert.Equal((8, world.Paid, 0m), (after.Kept, after.KeptUsd, after.WorstCase.Usd));
    }

    [Fact]
    public async Task Another_metric_reads_the_kept_answers_and_their_latency()
    {
        var world = new World();
        await using var store = Open();
        await using var cheap = world.Cheap();
        var evaluation = new PromptEvaluation(cheap.Prompt, Colours(4), [cheap], store);

        var first = await evaluation.RunAsync(new(), Token);
        var second = await evaluation.RunAsync(new() { Metric = MethodMetric.Of<Colour, JsonElement>("red", static (answer, _, _) => answer.Red / 255.0) }, Token);

        Assert.Equal(4, world.Client.Requests.Count);
        Assert.Equal([0, 1 / 255.0, 2 / 255.0, 3 / 255.0], second.Scores[0].Items.Select(static item => item.Score));
        Assert.Equal((first.Spent, first.Scores[0].P95Seconds), (second.Spent, second.Scores[0].P95Seconds));
        Assert.NotNull(second.Scores[0].P95Seconds);
    }

    [Fact]
    public async Task A_broken_judge_is_counted_on_its_own_and_asked_again_without_the_answer()
    {
        var world = new World { IsJudgeDown = true };
        await using var store = Open();
        await using var cheap = world.Cheap();
        await using var judge = world.Compare();
        var evaluation = new PromptEvaluation(cheap.Prompt, Colours(4), [cheap], store);
        var options = new EvaluationRunOptions { Metric = new JudgeMetric(judge) };

        var run = await evaluation.RunAsync(options, Token);

        Assert.Equal([("1", 1), ("3", 1)], run.Broken.Select(static one => (one.Item, one.Repeat)).Order());
        Assert.All(run.Broken, static one => Assert.StartsWith("judge Judges.CompareAsync failed", one.Problem, StringComparison.Ordinal));
        var score = run.Scores[0];
        Assert.Equal((0, 2, 0, 1.0, 0.5, 1.0), (run.NotMeasured, score.Broken, score.Missing, score.Summary.Mean, score.LowestMean, score.HighestMean));
        Assert.Equal([true, null], ((double[])[0.5, 0.9]).Select(score.Reaches));

        world.IsJudgeDown = false;
        await using var later = world.Compare();
        var again = await evaluation.RunAsync(new() { Metric = new JudgeMetric(later) }, Token);
        Assert.Empty(again.Broken);
        Assert.Equal([1, 1, 1, 0], again.Scores[0].Items.Select(static item => item.Score));
        Assert.Equal(4, world.Client.Requests.Count(static request => request.Options.ModelId == EvaluationModels.Cheap));
    }

    [Fact]
    public async Task A_judge_that_contradicts_itself_is_broken_or_a_tie_as_declared()
    {
        var world = new World { AlwaysFirst = true };
        await using var store = Open();
        await using var cheap = world.Cheap();
        await using var judge = world.Compare();
        var evaluation = new PromptEvaluation(cheap.Prompt, Colours(4), [cheap], store);

        var broken = await evaluation.RunAsync(new() { Metric = new JudgeMetric(judge) }, Token);
        var requests = world.Client.Requests.Count;
        var tied = await evaluation.RunAsync(new() { Metric = new JudgeMetric(judge, contradiction: 0.5) }, Token);

        Assert.Equal((2, requests), (broken.Broken.Count, world.Client.Requests.Count));
        Assert.Equal([1, 0.5, 1, 0.5], tied.Scores[0].Items.Select(static item => item.Score));
        Assert.Equal(world.Paid, tied.Spent.Usd);
    }

    /// <summary>Over drawn limits, with runs that are repeated: answers and judges together never cost more than the limit.</summary>
    [Fact]
    public async Task The_limit_holds_for_judges_too()
    {
        var whole = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var world = new World();
            await using var store = Open(seed);
            await using var cheap = world.Cheap();
            await using var judge = world.Compare();
            var evaluation = new PromptEvaluation(cheap.Prompt, Colours(12), [cheap], store);
            var max = (decimal)(random.NextDouble() * 0.06);

            for (var part = 0; part < 2; part++)
            {
                var run = await evaluation.RunAsync(new() { Metric = new JudgeMetric(judge), MaxUsd = max, Concurrency = random.Next(1, 5) }, Token);

                Assert.True(world.Paid <= max, $"seed {seed}: {world.Paid} USD were paid of {max}.");
                Assert.True(run.Spent.Usd >= world.Paid);
                Assert.Empty(run.Broken);
                whole += run.NotMeasured == 0 ? 1 : 0;
            }
        }

        Assert.InRange(whole, 1, 39);
    }

    [Fact]
    public async Task A_limit_that_a_metric_cannot_keep_and_items_that_do_not_suit_it_are_refused()
    {
        var world = new World();
        await using var store = Open();
        await using var cheap = world.Cheap();
        await using var judge = world.Compare();
        var evaluation = new PromptEvaluation(cheap.Prompt, Colours(2), [cheap], store);
        var without = new PromptEvaluation(cheap.Prompt, new("colours", [Item(0) with { Expected = null, Elements = ["red"] }]), [cheap], store);

        await Assert.ThrowsAsync<InvalidOperationException>(() => evaluation.RunAsync(new() { MaxUsd = 1, Metric = new EvaluatorMetric(new Silent(), client: world.Client) }, Token));
        await Assert.ThrowsAsync<RecordedDataException>(() => without.RunAsync(new() { Metric = new JudgeMetric(judge) }, Token));
        await Assert.ThrowsAsync<RecordedDataException>(() => without.ForecastAsync(new() { Metric = new JudgeMetric(judge) }, Token));
        Assert.Empty(world.Client.Requests);
        var run = await evaluation.RunAsync(new() { Metric = new EvaluatorMetric(new Silent(), client: world.Client) }, Token);
        Assert.False(run.Spent.IsComplete);
    }

    [Fact]
    public async Task A_store_of_an_earlier_version_goes_on()
    {
        var world = new World();
        await using var cheap = world.Cheap();
        await using (var store = Open())
        {
            await new PromptEvaluation(cheap.Prompt, Colours(2), [cheap], store).RunAsync(new(), Token);
        }

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "0.db")};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE evaluation_results DROP COLUMN metric_usd; ALTER TABLE evaluation_results DROP COLUMN is_metric_cost_complete;";
            await command.ExecuteNonQueryAsync(Token);
        }

        await using var later = Open();
        var run = await new PromptEvaluation(cheap.Prompt, Colours(2), [cheap], later).RunAsync(new(), Token);
        Assert.Equal((2, 2, world.Paid), (world.Client.Requests.Count, run.Results.Count, run.Spent.Usd));
    }

    private EvaluationStore Open(int number = 0) => EvaluationStore.Open(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number}.db")));

    /// <summary>The expected red is 0, or 1 more than the answer.</summary>
    private static EvaluationSet Colours(int count) => new("colours", [.. Enumerable.Range(0, count).Select(Item)]);

    private static EvaluationItem Item(int i) => new(
        i.ToString(CultureInfo.InvariantCulture),
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(string.Create(CultureInfo.InvariantCulture, $$"""{"name": "red", "level": {{i}}}"""))!,
        JsonSerializer.Deserialize<JsonElement>(string.Create(CultureInfo.InvariantCulture, $$"""{"name": "red", "red": {{i + (i % 2)}}, "shade": "Dark"}""")),
        []);

    private sealed class Silent : Microsoft.Extensions.AI.Evaluation.IEvaluator
    {
        public IReadOnlyCollection<string> EvaluationMetricNames => ["m"];

        public ValueTask<Microsoft.Extensions.AI.Evaluation.EvaluationResult> EvaluateAsync(
            IEnumerable<ChatMessage> messages,
            ChatResponse modelResponse,
            Microsoft.Extensions.AI.Evaluation.ChatConfiguration? chatConfiguration = null,
            IEnumerable<Microsoft.Extensions.AI.Evaluation.EvaluationContext>? additionalContext = null,
            CancellationToken cancellationToken = default) => new(new Microsoft.Extensions.AI.Evaluation.EvaluationResult(new Microsoft.Extensions.AI.Evaluation.BooleanMetric("m", messages.Any())));
    }

    /// <summary>The cheap model answers the colour whose red is the level; the strong one judges, and prefers the answer at level 1 and the expected value at level 3.</summary>
    private sealed class World
    {
        private decimal _paid;

        public World() => Client = new((request, _) => Task.FromResult(request.Options.ModelId == EvaluationModels.Cheap ? Answer(request) : Judgement(request)));

        public ScriptedChatClient Client { get; }

        public bool IsJudgeDown { get; set; }

        public bool AlwaysFirst { get; init; }

        /// <summary>What a provider would charge for all answers so far.</summary>
        public decimal Paid
        {
            get
            {
                lock (this)
                {
                    return _paid;
                }
            }
        }

        public EvaluationArm Cheap() => EvaluationArm.Model(EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync)), EvaluationModels.Cheap, Register);

        public EvaluationArm Compare() => EvaluationArm.Route(EvaluatedPrompt.Of<Judge>(nameof(Judge.CompareAsync)), Register);

        private void Register(PromptRuntimeBuilder builder)
        {
            builder.Resilience.MaxRetries = 0;
            builder.AddProvider("test", _ => Client);
        }

        private ChatResponse Answer(ScriptedRequest request) => Pay(request, 1, string.Create(CultureInfo.InvariantCulture, $$"""{"name": "red", "red": {{LevelOf(request, "Colour red at ")}}, "shade": "Dark"}"""));

        private ChatResponse Judgement(ScriptedRequest request)
        {
            if (IsJudgeDown)
            {
                throw new HttpRequestException("no");
            }

            var level = LevelOf(request, "Which is better at ");
            var isAnswerFirst = TextOf(request).Contains(string.Create(CultureInfo.InvariantCulture, $"? red {level} "), StringComparison.Ordinal);
            return Pay(request, 10, $$"""{"value": {{(AlwaysFirst || isAnswerFirst == (level == 1) ? 0 : 1)}}}""");
        }

        private ChatResponse Pay(ScriptedRequest request, int factor, string text)
        {
            lock (this)
            {
                _paid += ((10 * factor) + (20 * 4 * factor)) / 1_000_000m;
            }

            return new(new ChatMessage(ChatRole.Assistant, text)) { ModelId = request.Options.ModelId, FinishReason = ChatFinishReason.Stop, Usage = new() { InputTokenCount = 10, OutputTokenCount = 20 } };
        }

        private static int LevelOf(ScriptedRequest request, string before) => int.Parse(TextOf(request)[before.Length..].Split('?', '\n', ' ')[0], CultureInfo.InvariantCulture);

        private static string TextOf(ScriptedRequest request) => request.Messages.First(static message => message.Role == ChatRole.User).Text;
    }
}
