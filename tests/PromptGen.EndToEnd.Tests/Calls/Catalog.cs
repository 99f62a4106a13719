namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>Round prices, so that costs are easy to calculate: Mini 1 and 2 USD per million tokens, Haiku 2 and 4, Sonnet 10 and 20.</summary>
[ModelCatalog]
public static class Catalog
{
    [Model("openai", Tier.Fast, InputPrice = 1, OutputPrice = 2, CachedInputPrice = 0.5, ContextWindow = 128_000, MaxOutputTokens = 16_384,
        Features = ModelFeatures.StructuredOutput | ModelFeatures.Tools | ModelFeatures.LogProbabilities)]
    public const string Mini = "gpt-4o-mini-2024-07-18";

    [Model("anthropic", Tier.Fast, InputPrice = 2, OutputPrice = 4, CachedInputPrice = 0.2, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
    public const string Haiku = "claude-3-5-haiku-20241022";

    [Model("anthropic", Tier.General, InputPrice = 10, OutputPrice = 20, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
    public const string Sonnet = "claude-3-5-sonnet-20241022";

    /// <summary>Reads images, gets the schema as text in the prompt, and has no price. Its tier is part of no cascade.</summary>
    [Model("openai", Tier.SelfHosted, Features = ModelFeatures.Vision | ModelFeatures.JsonMode, ContextWindow = 32_000)]
    public const string Llava = "llava:34b";
}
