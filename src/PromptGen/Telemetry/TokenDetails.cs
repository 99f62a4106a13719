using Microsoft.Extensions.AI;

namespace PromptGen.Telemetry;

/// <summary>Kinds of tokens that <see cref="UsageDetails"/> has no member for.</summary>
internal static class TokenDetails
{
    /// <summary>The name under which Anthropic's SDK reports the input that was written to the provider's cache, and PromptGen.OpenAI too.</summary>
    public const string CacheWritesName = "CacheCreationInputTokens";

    public static long? CacheWrites(UsageDetails? usage) =>
        usage?.AdditionalCounts is { } counts && counts.TryGetValue(CacheWritesName, out var tokens) ? tokens : null;
}
