using PromptGen.Catalog;
using PromptGen.Health;

namespace PromptGen.Tests.Health;

/// <summary>Makes the limits of models.</summary>
internal static class RateLimits
{
    public static RateLimit Create(ProviderRate provider, int? requests = null, int? tokens = null)
    {
        var limit = new RateLimit(provider);
        limit.Configure(Model(requests, tokens), 1);
        return limit;
    }

    public static ModelInfo Model(int? requests, int? tokens) => new("mini", "openai", Tier.Fast) { RequestsPerMinute = requests, TokensPerMinute = tokens };
}
