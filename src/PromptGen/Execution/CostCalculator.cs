using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>What tokens cost at a model's prices. An unknown price is never zero: it makes the cost incomplete.</summary>
internal static class CostCalculator
{
    /// <summary>Prices are per million tokens. Multiplying is exact and much faster than dividing.</summary>
    private const decimal PerMillion = 0.000001m;

    /// <summary>Anthropic charges input that it writes to its cache a quarter more, and counts it in the input.</summary>
    private const decimal CacheWriteFactor = 1.25m;

    public static PromptCost Of(UsageDetails? usage, ModelInfo model)
    {
        if (usage is null)
        {
            return PromptCost.Unknown;
        }

        var input = Math.Max(0, usage.InputTokenCount ?? 0);
        var cached = Math.Clamp(usage.CachedInputTokenCount ?? 0, 0, input);
        var written = Math.Clamp(TokenDetails.CacheWrites(usage) ?? 0, 0, input - cached);
        var output = Math.Max(0, usage.OutputTokenCount ?? 0);

        var inputPrice = model.InputPrice ?? 0m;
        var usd = ((input - cached - written) * inputPrice)
            + (cached * (model.CachedInputPrice ?? inputPrice))
            + (written * inputPrice * CacheWriteFactor)
            + (output * (model.OutputPrice ?? 0m));

        var isComplete = usage.InputTokenCount is not null && usage.OutputTokenCount is not null
            && (model.InputPrice is not null || input == 0)
            && (model.OutputPrice is not null || output == 0);
        return new PromptCost(usd * PerMillion, isComplete);
    }

    /// <summary>The most that an attempt is expected to cost; null where the model has no price.</summary>
    public static decimal? Estimate(long inputTokens, long outputTokens, ModelInfo model) =>
        model is { InputPrice: { } inputPrice, OutputPrice: { } outputPrice }
            ? ((inputTokens * inputPrice) + (outputTokens * outputPrice)) * PerMillion
            : null;
}
