using PromptGen;

namespace Acme.Telemetry;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.20, OutputPrice = 1.20, ContextWindow = 272_000, MaxOutputTokens = 64_000)]
    public const string Luna = "gpt-5.6-luna";

    [Model("anthropic", Tier.Fast, InputPrice = 1.00, OutputPrice = 5.00, ContextWindow = 200_000, MaxOutputTokens = 64_000, TokenFactor = 1.25)]
    public const string Haiku = "claude-haiku-4-5-20251001";

    [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 64_000, TokenFactor = 1.75, AcceptsTemperature = false)]
    public const string Sonnet = "claude-sonnet-5";
}
