using PromptGen.Catalog;
using PromptGen.Telemetry;

namespace PromptGen.Budgets;

/// <summary>What tokens cost at a model's prices. An unknown price is never zero: it makes the cost incomplete.</summary>
internal static class CostCalculator
{
    /// <summary>Prices are per million tokens. Multiplying is exact and much faster than dividing.</summary>
    private const decimal PerMillion = 0.000001m;

    /// <summary>Anthropic charges input that it writes to its cache a quarter more, and counts it in the input.</summary>
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

        var inputPrice = model.InputPrice ?? 0m;
        var usd = ((input - cached - written) * inputPrice)
            + (cached * (model.CachedInputPrice ?? inputPrice))
            + (written * inputPrice * CacheWriteFactor)
            + (output * (model.OutputPrice ?? 0m));

        var isComplete = usage is { IsImplausible: false, KnowsInput: true, KnowsOutput: true }
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
