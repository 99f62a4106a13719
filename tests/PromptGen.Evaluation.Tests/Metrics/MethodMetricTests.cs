using System.Globalization;
using System.Text.Json;
using PromptGen.Evaluation.Tests.Runs;

namespace PromptGen.Evaluation.Tests.Metrics;

public sealed class MethodMetricTests
{
    private static readonly MethodMetric s_red = MethodMetric.Of<Colour, Colour>("red", static (answer, expected, item) => item.Id == "none" ? 0 : 1 - (Math.Abs(answer.Red - expected.Red) / 255.0));

    [Fact]
    public async Task The_typed_answer_the_expected_value_and_the_item_are_given()
    {
        var item = Item("""{"name": "x", "red": 255, "shade": "Dark"}""");

        Assert.Equal(0.8, (await s_red.MeasureAsync(new(item, "") { Value = new Colour("x", 204, Shade.Dark) }, TestContext.Current.CancellationToken)).Score!.Value, 9);
        Assert.Equal(0, (await s_red.MeasureAsync(new(item with { Id = "none" }, "") { Value = new Colour("x", 255, Shade.Dark) }, TestContext.Current.CancellationToken)).Score);
        Assert.Equal("red", s_red.Name);
        Assert.Equal(typeof(MethodMetricTests).Module.ModuleVersionId.ToString("N")[..8], s_red.Version);
    }

    [Theory]
    [InlineData("""Here it is: {"name": "x", "red": 255, "shade": "Dark"}""", 1.0)]
    [InlineData("""{"answer": {"name": "x", "red": 0, "shade": "Dark"}}""", 0.0)]
    public async Task Recorded_answers_are_read_from_their_text(string text, double score) =>
        Assert.Equal(score, (await s_red.MeasureAsync(new(Item("""{"red": 255}"""), text) { IsText = true }, TestContext.Current.CancellationToken)).Score);

    [Fact]
    public async Task A_text_without_an_answer_is_wrong_and_a_method_that_throws_is_broken()
    {
        var throwing = MethodMetric.Of<int, int>("throwing", static (answer, _, _) => answer > 0 ? throw new InvalidOperationException("The answer was secret.") : double.NaN);

        Assert.Equal(MetricOutcome.NoAnswer, await s_red.MeasureAsync(new(Item("""{"red": 255}"""), "I do not know.") { IsText = true }, TestContext.Current.CancellationToken));
        var broken = await throwing.MeasureAsync(new(Item("1"), "1") { Value = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal((null, "throwing threw InvalidOperationException."), (broken.Score, broken.Problem));
        Assert.Null((await throwing.MeasureAsync(new(Item("1"), "0") { Value = 0 }, TestContext.Current.CancellationToken)).Score);
    }

    [Fact]
    public async Task What_ends_the_run_is_no_broken_measurement()
    {
        var limited = MethodMetric.Of<int, int>("limited", static (_, _, _, _) => throw new PromptException(PromptErrorCode.BudgetExceeded, "no room"));
        var failing = MethodMetric.Of<int, int>("failing", static (_, _, _, _) => throw new PromptException(PromptErrorCode.ServerError, "no server"));

        await Assert.ThrowsAsync<PromptException>(() => limited.MeasureAsync(new(Item("1"), "1") { Value = 1 }, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal("failing failed: no server", (await failing.MeasureAsync(new(Item("1"), "1") { Value = 1 }, TestContext.Current.CancellationToken)).Problem);
    }

    [Fact]
    public void An_expected_value_that_does_not_suit_is_reported_before_anything_is_asked()
    {
        Assert.Empty(s_red.Check(Item("""{"red": 1}""")));
        Assert.Equal(["expects what is no Colour for the metric red"], s_red.Check(Item("[1]")));
        Assert.Equal(["needs 'expected' for the metric red"], s_red.Check(new("1", new Dictionary<string, JsonElement>(), null, ["red"])));
    }

    /// <summary>Recorded answers are measured by the same metrics; what is broken is neither right nor wrong.</summary>
    [Fact]
    public async Task Recorded_answers_are_scored_by_a_method()
    {
        using var folder = new RecordedFiles(("questions.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(static i => $$"""{"id": {{i}}, "answer": "{{i}}", "prompt": "What is {{i}}?"}"""))),
            ("outputs/model.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(static i => $$$"""{"id": {{{i}}}, "output": "{\"answer\": {{{i % 3}}}}"}"""))));
        var answers = RecordedAnswers.Open(folder.Path);
        var metric = MethodMetric.Of<int, string>("same", static (answer, expected, item) =>
            item.Inputs["prompt"].GetString() != $"What is {expected}?" ? 0 : answer == 2 ? throw new InvalidOperationException() : answer.ToString(CultureInfo.InvariantCulture) == expected ? 1 : 0);

        var score = await ModelScore.OfAsync(answers, "model", metric, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([("0", 1.0), ("1", 1.0), ("3", 0.0)], score.Items.Select(static item => (item.Id, item.Score)));
        Assert.Equal((1, 0, 0.5, 0.75, "same threw InvalidOperationException."), (score.Broken, score.Missing, score.LowestMean, score.HighestMean, score.Problem));
        Assert.Equal([true, null, false], ((double[])[0.5, 0.6, 0.8]).Select(score.Reaches));
        var texts = await ModelScore.OfAsync(answers, "model", AnswerMetric.Numeric(), cancellationToken: TestContext.Current.CancellationToken);
        var same = ModelScore.Of(answers, "model", AnswerMetric.Numeric());
        Assert.Equal(same with { Items = [] }, texts with { Items = [] });
        Assert.Equal(same.Items, texts.Items);
    }

    private static EvaluationItem Item(string expected) => new("1", new Dictionary<string, JsonElement>(), JsonSerializer.Deserialize<JsonElement>(expected), []);

    private sealed class RecordedFiles : IDisposable
    {
        public RecordedFiles(params (string Name, string Text)[] files)
        {
            foreach (var (name, text) in files)
            {
                var file = System.IO.Path.Combine(Path, name);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("promptgen-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
