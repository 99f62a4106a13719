using System.Text.Json;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Tests;

[ModelCatalog]
public static class JudgedModels
{
    [Model("openai", Tier.Fast, InputPrice = 1, OutputPrice = 4, ContextWindow = 32_000, MaxOutputTokens = 4_000)]
    public const string Answers = "answers-1";

    [Model("openai", Tier.General, InputPrice = 10, OutputPrice = 40, ContextWindow = 32_000, MaxOutputTokens = 4_000)]
    public const string Judges = "judges-1";
}

/// <summary>A prompt, and one that judges its answers, as a user's assembly has them.</summary>
public sealed partial class JudgedDesk
{
    [RoutedPrompt(JudgedModels.Answers, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Which queue takes ticket {{ticket}}?")]
    public partial Task<string> QueueAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(JudgedModels.Judges, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Rate {{answer}} for ticket {{ticket}}.")]
    public partial Task<int> RateAsync(string answer, string ticket, CancellationToken cancellationToken = default);
}

/// <summary>What <c>--metric TYPE.METHOD</c> can name.</summary>
public static class DeskMetrics
{
    public static QualityMetric Made() => AnswerMetric.Exact;

    public static string Text(string answer) => answer;

    internal static bool Same(string answer, string expected) => answer == expected;

    internal static decimal Half(string answer, JsonElement expected, EvaluationItem item) => item.Id == "t0" && expected.ValueKind == JsonValueKind.String && answer.Length > 0 ? 0.5m : 0;

    internal static async ValueTask<MetricOutcome> LaterAsync(string answer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return answer == "Billing" ? MetricOutcome.Of(isRight: true) : MetricOutcome.Broken("The dictionary has no such queue.");
    }
}
