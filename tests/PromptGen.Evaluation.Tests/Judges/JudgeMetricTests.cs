using System.Text.Json;
using PromptGen.Evaluation.Tests.Runs;
using PromptGen.Testing;

namespace PromptGen.Evaluation.Tests.Judges;

public sealed class JudgeMetricTests
{
    private static readonly EvaluationItem s_item = new(
        "1", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"name": "red", "level": 3}""")!, JsonSerializer.Deserialize<JsonElement>("""{"name": "red", "red": 200, "shade": "Dark"}"""), []);

    private static readonly MeasuredAnswer s_answer = new(s_item, "") { Value = new Colour("red", 100, Shade.Light) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prompt_rates_an_answer_by_the_member_and_the_scale_that_are_declared()
    {
        var client = new ScriptedChatClient("""{"reason": "near", "points": 4}""");
        await using var judge = Arm(nameof(Judges.RateAsync), client);
        var metric = new JudgeMetric(judge, ScoreRule.Scale(1, 5), "points");

        Assert.Empty(metric.Check(s_item));
        Assert.Equal(0.75, (await metric.MeasureAsync(s_answer, Token)).Score);
        Assert.Equal("""Rate {"name":"red","red":100,"shade":"Light"} for {"name": "red", "red": 200, "shade": "Dark"} at 3""", Assert.Single(client.Requests).Messages[^1].Text);
        Assert.Equal("judge Judges.RateAsync", metric.Name);
        Assert.Equal($"{judge.Prompt.Version} route 1..5 points", metric.Version);
    }

    /// <summary>The first request has the answer first, the second one the expected value.</summary>
    [Theory]
    [InlineData(new[] { "0", "1" }, 1.0, null, 2)]
    [InlineData(new[] { "1", "0" }, 0.0, null, 2)]
    [InlineData(new[] { "0", "0" }, null, null, 2)]
    [InlineData(new[] { "1", "1" }, null, null, 2)]
    [InlineData(new[] { "1", "1" }, 0.5, 0.5, 2)]
    [InlineData(new[] { "2" }, null, 0.5, 1)]
    [InlineData(new[] { "0", "-1" }, null, 0.5, 2)]
    public async Task A_prompt_that_compares_is_asked_in_both_orders_and_only_what_survives_both_counts(string[] indices, double? score, double? contradiction, int requests)
    {
        var client = new ScriptedChatClient([.. indices.Select(static index => $$"""{"value": {{index}}}""")]);
        await using var judge = Arm(nameof(Judges.CompareAsync), client);

        var outcome = await new JudgeMetric(judge, contradiction: contradiction).MeasureAsync(s_answer, Token);

        Assert.Equal((score, score is null), (outcome.Score, outcome.Problem is not null));
        Assert.Equal(
            ((string[])["Which is better at 3? red 100 Light red 200 Dark", "Which is better at 3? red 200 Dark red 100 Light"]).Take(requests),
            client.Requests.Select(static request => request.Messages[^1].Text));
    }

    [Fact]
    public async Task An_answer_that_equals_the_expected_one_needs_no_judge()
    {
        var client = new ScriptedChatClient();
        await using var judge = Arm(nameof(Judges.CompareAsync), client);

        Assert.Equal(1, (await new JudgeMetric(judge).MeasureAsync(s_answer with { Value = new Colour("red", 200, Shade.Dark) }, Token)).Score);
        Assert.Empty(client.Requests);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"reason": "far", "points": 9}""")]
    public async Task A_judge_that_fails_or_leaves_its_scale_is_broken(string answer)
    {
        await using var judge = Arm(nameof(Judges.RateAsync), new ScriptedChatClient(answer));

        var outcome = await new JudgeMetric(judge, ScoreRule.Scale(1, 5), "points").MeasureAsync(s_answer, Token);

        Assert.Null(outcome.Score);
        Assert.NotNull(outcome.Problem);
        Assert.DoesNotContain("far", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_suit_the_judge_is_reported_before_it_is_asked()
    {
        await using var rate = Arm(nameof(Judges.RateAsync), new ScriptedChatClient());
        await using var compare = Arm(nameof(Judges.CompareAsync), new ScriptedChatClient());
        await using var name = Arm(nameof(Judges.NameAsync), new ScriptedChatClient());
        var without = s_item with { Inputs = new Dictionary<string, JsonElement>() };

        Assert.Equal(["has no input 'level', for the metric judge Judges.RateAsync"], new JudgeMetric(rate, ScoreRule.Scale(1, 5), "points").Check(without));
        Assert.Equal(["needs 'expected' for the metric judge Judges.CompareAsync"], new JudgeMetric(compare).Check(s_item with { Expected = null, Elements = ["red"] }));
        Assert.Throws<ArgumentException>(() => new JudgeMetric(rate, member: "score"));
        await using var guess = Arm(nameof(Judges.GuessAsync), new ScriptedChatClient());
        Assert.Throws<ArgumentException>(() => new JudgeMetric(name));
        Assert.Throws<ArgumentException>(() => new JudgeMetric(guess));
        Assert.Throws<ArgumentException>(() => new JudgeMetric(compare, contradiction: 2));
    }

    [Fact]
    public async Task The_worst_case_has_both_orders_and_the_longest_answer()
    {
        await using var rate = Arm(nameof(Judges.RateAsync), new ScriptedChatClient());
        await using var compare = Arm(nameof(Judges.CompareAsync), new ScriptedChatClient());
        var once = (await compare.Runtime.ExplainAsync(() => compare.AskAsync(new JudgeQuestion(compare.Prompt.Arguments).Of(s_item, s_item.Sample), Token))).WorstCaseUsd!.Value;

        Assert.Equal(2 * once, (await new JudgeMetric(compare).WorstCaseAsync(s_answer, 0)).Usd);
        Assert.Equal(2 * (once + (100 * 10 / 1_000_000m)), (await new JudgeMetric(compare).WorstCaseAsync(s_answer, 100)).Usd);
        Assert.False((await new JudgeMetric(rate, member: "points").WorstCaseAsync(s_answer, null)).IsComplete);
    }

    private static EvaluationArm Arm(string prompt, ScriptedChatClient client) => EvaluationArm.Route(EvaluatedPrompt.Of<Judges>(prompt), builder => builder.AddProvider("test", _ => client));
}
