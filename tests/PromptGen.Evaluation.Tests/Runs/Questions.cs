using System.ComponentModel.DataAnnotations;

namespace PromptGen.Evaluation.Tests.Runs;

[ModelCatalog]
public static class EvaluationModels
{
    [Model("test", Tier.Fast, InputPrice = 1, OutputPrice = 4, ContextWindow = 32_000, MaxOutputTokens = 4_000)]
    public const string Cheap = "cheap-1";

    [Model("test", Tier.General, InputPrice = 10, OutputPrice = 40, ContextWindow = 32_000, MaxOutputTokens = 4_000)]
    public const string Strong = "strong-1";

    [Model("test", Tier.Deep, InputPrice = 20, OutputPrice = 80, ContextWindow = 32_000, MaxOutputTokens = 4_000)]
    public const string Other = "other-1";

    [Model("test", Tier.SelfHosted, ContextWindow = 32_000, MaxOutputTokens = 4_000)]
    public const string Unpriced = "local-1";
}

public enum Shade
{
    Light,
    Dark,
}

public sealed record Colour(string Name, [property: Range(0, 255)] int Red, Shade Shade);

/// <summary>The prompts that are evaluated.</summary>
public sealed partial class Questions
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("Colour {{name}} at {{level}}{{#if note}} ({{note}}){{/if}}")]
    public partial Task<Colour> ColourAsync(string name, int level, string? note = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 50)]
    [PromptTemplate("Sum {{a}} and {{b}}")]
    public partial ValueTask<PromptResult<int>> SumAsync(int a, int b, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(EvaluationModels.Unpriced, MaxOutputTokens = 50)]
    [PromptTemplate("Say {{word}}")]
    public partial Task<string> SayAsync(string word, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 50)]
    [PromptTemplate("Stream {{word}}")]
    public partial IAsyncEnumerable<string> StreamAsync(string word, CancellationToken cancellationToken = default);

    [RoutedPrompt(EvaluationModels.Cheap, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Guess {{word}}")]
    [Fallback(nameof(Nothing))]
    public partial Task<int> GuessAsync(string word, CancellationToken cancellationToken = default);

    private static int Nothing(string word) => word.Length;
}
