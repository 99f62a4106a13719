using PromptGen;

namespace Acme.Support;

/// <summary>The models that this program may use: the only place where a model id is written. Prices are USD per million tokens.</summary>
[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, CachedInputPrice = 0.075, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
    public const string Mini = "gpt-4o-mini-2024-07-18";

    [Model("anthropic", Tier.Fast, InputPrice = 1.00, OutputPrice = 5.00, CachedInputPrice = 0.10, ContextWindow = 200_000, MaxOutputTokens = 64_000)]
    public const string Haiku = "claude-haiku-4-5-20251001";

    [Model("openai", Tier.General, InputPrice = 2.00, OutputPrice = 8.00, CachedInputPrice = 0.50, ContextWindow = 1_047_576, MaxOutputTokens = 32_768)]
    public const string Gpt41 = "gpt-4.1-2025-04-14";

    [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, CachedInputPrice = 0.30, ContextWindow = 200_000, MaxOutputTokens = 64_000)]
    public const string Sonnet = "claude-sonnet-4-5-20250929";

    [Model("anthropic", Tier.Deep, InputPrice = 5.00, OutputPrice = 25.00, CachedInputPrice = 0.50, ContextWindow = 200_000, MaxOutputTokens = 64_000, TimeoutSeconds = 30)]
    public const string Opus = "claude-opus-4-5-20251101";

    /// <summary>Self-hosted, for tickets with personal data. Its price is the electricity's share, written down so that the totals are complete.</summary>
    [Model("ollama", Tier.SelfHosted, InputPrice = 0.05, OutputPrice = 0.05, ContextWindow = 131_072, MaxOutputTokens = 4_096, Features = ModelFeatures.JsonMode)]
    public const string Llama = "llama3.1:70b";
}
