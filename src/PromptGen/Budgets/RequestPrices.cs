using PromptGen.Catalog;

namespace PromptGen.Budgets;

/// <summary>The prices of one request, in USD per million tokens. Null = unknown.</summary>
/// <param name="Input">Of fresh input.</param>
/// <param name="CachedInput">Of input that is read from the provider's cache, if the catalog has one.</param>
/// <param name="CacheWrite">Of input that is written to it, if the catalog has one.</param>
/// <param name="Output">Of output.</param>
internal readonly record struct RequestPrices(decimal? Input, decimal? CachedInput, decimal? CacheWrite, decimal? Output)
{
    /// <summary>The most that an input token can cost.</summary>
    public decimal? HighestInput => Input is { } fresh && CacheWrite is { } write ? Math.Max(fresh, write) : Input;

    /// <summary>Providers charge a request whose input exceeds a threshold at higher prices, for all of its tokens.</summary>
    public static RequestPrices Of(ModelInfo model, long inputTokens)
    {
        if (model.LongContextFrom is not { } from || inputTokens <= from)
        {
            return new RequestPrices(model.InputPrice, model.CachedInputPrice, model.CacheWritePrice, model.OutputPrice);
        }

        var step = Step(model.InputPrice, model.LongContextInputPrice);
        return new RequestPrices(
            model.LongContextInputPrice ?? model.InputPrice,
            model.CachedInputPrice * step,
            model.CacheWritePrice * step,
            model.LongContextOutputPrice ?? model.OutputPrice);
    }

    private static decimal Step(decimal? below, decimal? above) =>
        below is { } low && above is { } high && high / ModelDefaults.MaxLongContextStep < low ? high / low : 1;
}
