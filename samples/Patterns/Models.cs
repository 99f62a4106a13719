using PromptGen;

namespace Acme.Patterns;

/// <summary>
/// The models that this program may use: the only place where a model id is written. Prices are USD per million tokens, of November 2026. The windows of
/// OpenAI's models end where a longer prompt has a higher price.
/// </summary>
[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.20, OutputPrice = 1.20, CachedInputPrice = 0.02, ContextWindow = 272_000, MaxOutputTokens = 64_000)]
    public const string Luna = "gpt-5.6-luna";

    [Model("anthropic", Tier.Fast, InputPrice = 1.00, OutputPrice = 5.00, CachedInputPrice = 0.10, ContextWindow = 200_000, MaxOutputTokens = 64_000, TokenFactor = 1.25)]
    public const string Haiku = "claude-haiku-4-5-20251001";

    [Model("openai", Tier.General, InputPrice = 2.00, OutputPrice = 12.00, CachedInputPrice = 0.20, ContextWindow = 272_000, MaxOutputTokens = 64_000)]
    public const string Terra = "gpt-5.6-terra";

    [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, CachedInputPrice = 0.30, ContextWindow = 200_000, MaxOutputTokens = 64_000, TokenFactor = 1.75)]
    public const string Sonnet = "claude-sonnet-5";

    [Model("openai", Tier.Deep, InputPrice = 5.00, OutputPrice = 30.00, CachedInputPrice = 0.50, ContextWindow = 272_000, MaxOutputTokens = 64_000, TimeoutSeconds = 30)]
    public const string Sol = "gpt-5.6-sol";

    [Model("anthropic", Tier.Deep, InputPrice = 5.00, OutputPrice = 25.00, CachedInputPrice = 0.50, ContextWindow = 200_000, MaxOutputTokens = 64_000, TokenFactor = 1.75, TimeoutSeconds = 30)]
    public const string Opus = "claude-opus-4-8";
}
