using PromptGen.Catalog;
using PromptGen.Telemetry;

namespace PromptGen.Budgets;

/// <summary>What tokens cost at a model's prices. An unknown price is never zero: it makes the cost incomplete.</summary>
internal static class CostCalculator
{
    /// <summary>Prices are per million tokens. Multiplying is exact and much faster than dividing.</summary>
    private const decimal PerMillion = 0.000001m;

    /// <summary>What providers add to the price of input that they write to their cache, where the catalog does not say.</summary>
    private const decimal CacheWriteFactor = 1.25m;

    /// <summary>What is known of the cost of a request. A number of tokens that was too large to be true may be any smaller one.</summary>
    public static PromptCost Of(in CheckedUsage usage, ModelInfo model)
    {
        if (usage.Details is not { } details)
        {
            return PromptCost.Unknown;
        }

        var input = usage.KnowsInput ? details.InputTokenCount ?? 0 : 0;
        var output = usage.KnowsOutput ? details.OutputTokenCount ?? 0 : 0;
        var cached = Math.Min(details.CachedInputTokenCount ?? 0, input);
        var written = Math.Min(TokenDetails.CacheWrites(details) ?? 0, input - cached);

        var prices = RequestPrices.Of(model, input);
        var inputPrice = prices.Input ?? 0m;
        var usd = ((input - cached - written) * inputPrice) + (output * (prices.Output ?? 0m));
        if (cached + written > 0)
        {
            usd += (cached * (prices.CachedInput ?? inputPrice)) + (written * (prices.CacheWrite ?? (inputPrice * CacheWriteFactor)));
        }

        var isComplete = usage is { IsImplausible: false, KnowsInput: true, KnowsOutput: true }
            && (prices.Input is not null || input == 0)
            && (prices.Output is not null || output == 0);
        return new PromptCost(usd * PerMillion, isComplete);
    }

    /// <summary>The most that an attempt is expected to cost; null where the model has no price.</summary>
    public static decimal? Estimate(long inputTokens, long outputTokens, ModelInfo model) =>
        RequestPrices.Of(model, inputTokens) is { HighestInput: { } inputPrice, Output: { } outputPrice }
            ? ((inputTokens * inputPrice) + (outputTokens * outputPrice)) * PerMillion
            : null;
}
