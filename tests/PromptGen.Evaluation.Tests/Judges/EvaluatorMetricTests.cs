using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;
using PromptGen.Testing;

namespace PromptGen.Evaluation.Tests.Judges;

public sealed class EvaluatorMetricTests
{
    private static readonly MeasuredAnswer s_answer = new(new("1", new Dictionary<string, System.Text.Json.JsonElement>(), null, ["red"]), "red") { Messages = [new(ChatRole.User, "Which colour?")] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_booleans_and_texts_become_scores_by_the_declared_rule()
    {
        Assert.Equal(0.75, await ScoreAsync(new NumericMetric("m", 4), ScoreRule.Scale(1, 5)));
        Assert.Equal(1, await ScoreAsync(new BooleanMetric("m", true), null));
        Assert.Equal(0, await ScoreAsync(new BooleanMetric("m", false), null));
        Assert.Equal(0.5, await ScoreAsync(new StringMetric("m", "fair"), ScoreRule.Parse("good=1,fair=0.5")));
        Assert.Equal(0.3, await ScoreAsync(new NumericMetric("m", 0.3), null));
    }

    [Fact]
    public async Task What_an_evaluator_cannot_say_is_broken()
    {
        var failed = new NumericMetric("m", 5);
        failed.AddDiagnostics(EvaluationDiagnostic.Error("The judge wrote something else."));
        var warned = new NumericMetric("m", 5);
        warned.AddDiagnostics(EvaluationDiagnostic.Warning("It took long."));

        Assert.Null(await ScoreAsync(new NumericMetric("m", null), ScoreRule.Scale(1, 5)));
        Assert.Null(await ScoreAsync(new NumericMetric("m", 6), ScoreRule.Scale(1, 5)));
        Assert.Null(await ScoreAsync(new NumericMetric("other", 5), ScoreRule.Scale(1, 5)));
        Assert.Null(await ScoreAsync(failed, ScoreRule.Scale(1, 5)));
        Assert.Equal(1, await ScoreAsync(warned, ScoreRule.Scale(1, 5)));
        var throwing = await new EvaluatorMetric(new Evaluator(["m"], static (_, _, _) => throw new InvalidOperationException("secret"))).MeasureAsync(s_answer, Token);
        Assert.Equal("m threw InvalidOperationException.", throwing.Problem);
    }

    [Fact]
    public async Task Messages_answer_context_and_client_are_handed_over()
    {
        var client = new ScriptedChatClient("5");
        await using var runtime = PromptRuntime.Create(builder => builder.AddProvider("test", _ => client));
        var evaluator = new Evaluator(["a", "b"], static async (messages, configuration, context) =>
        {
            var answer = await configuration!.ChatClient.GetResponseAsync([.. messages, new(ChatRole.User, context.Single().Name)]);
            return new NumericMetric("b", double.Parse(answer.Text, System.Globalization.CultureInfo.InvariantCulture));
        });
        var metric = new EvaluatorMetric(evaluator, ScoreRule.Scale(1, 5), new Judges(runtime).Chat(), "b") { Context = static answer => [new Truth(answer.Item.Elements[0])] };

        Assert.True(metric.IsMetered);
        Assert.Equal(1, (await metric.MeasureAsync(s_answer, Token)).Score);
        Assert.Equal(["Which colour?", "red", "truth red"], Assert.Single(client.Requests).Messages.Select(static message => message.Text));
        Assert.True((await metric.WorstCaseAsync(s_answer, 10)) is { IsComplete: true, Usd: > 0 });
        Assert.Equal(2 * (await metric.WorstCaseAsync(s_answer, 10)).Usd, (await new EvaluatorMetric(evaluator, ScoreRule.Scale(1, 5), new Judges(runtime).Chat(), "b", requests: 2) { Context = metric.Context }.WorstCaseAsync(s_answer, 10)).Usd);
        Assert.False(new EvaluatorMetric(evaluator, null, client, "b").IsMetered);
        Assert.False((await new EvaluatorMetric(evaluator, null, client, "b").WorstCaseAsync(s_answer, 10)).IsComplete);
        Assert.Throws<ArgumentException>(() => new EvaluatorMetric(evaluator));
        Assert.Throws<ArgumentException>(() => new EvaluatorMetric(evaluator, metric: "c"));
    }

    private static async Task<double?> ScoreAsync(EvaluationMetric given, ScoreRule? rule) => (await new EvaluatorMetric(new Evaluator(["m"], (_, _, _) => Task.FromResult(given)), rule).MeasureAsync(s_answer, Token)).Score;

    private sealed class Truth(string text) : EvaluationContext("truth " + text, text);

    private sealed class Evaluator(string[] names, Func<IEnumerable<ChatMessage>, ChatConfiguration?, IEnumerable<EvaluationContext>, Task<EvaluationMetric>> evaluate) : IEvaluator
    {
        public IReadOnlyCollection<string> EvaluationMetricNames => names;

        public async ValueTask<Microsoft.Extensions.AI.Evaluation.EvaluationResult> EvaluateAsync(
            IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null, IEnumerable<EvaluationContext>? additionalContext = null, CancellationToken cancellationToken = default) =>
            new(await evaluate([.. messages, .. modelResponse.Messages], chatConfiguration, additionalContext ?? []));
    }
}
