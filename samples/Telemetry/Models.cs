using PromptGen;

namespace Acme.Telemetry;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
    public const string Mini = "gpt-4o-mini-2024-07-18";

    [Model("anthropic", Tier.Fast, InputPrice = 0.80, OutputPrice = 4.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
    public const string Haiku = "claude-3-5-haiku-20241022";

    [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
    public const string Sonnet = "claude-3-5-sonnet-20241022";
}
