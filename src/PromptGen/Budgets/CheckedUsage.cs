using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Telemetry;

namespace PromptGen.Budgets;

/// <summary>
/// The tokens that a client reported for one request, with every number that cannot be replaced by the nearest one that can. No client is
/// trusted with this: one wrong number would exhaust a budget, or fill it.
/// </summary>
/// <param name="Details">The tokens; null = none were reported.</param>
/// <param name="IsImplausible">Whether a number was replaced.</param>
/// <param name="KnowsInput">Whether the number of input tokens can be charged.</param>
/// <param name="KnowsOutput">Whether the number of output tokens can be charged.</param>
internal readonly record struct CheckedUsage(UsageDetails? Details, bool IsImplausible, bool KnowsInput, bool KnowsOutput)
{
    /// <summary>The most tokens that are taken for possible where the catalog does not specify a model's limits.</summary>
    public const long MostTokens = 10_000_000;

    /// <param name="reported">What the client reported.</param>
    /// <param name="asked">The model that was asked.</param>
    /// <param name="answered">The model that answered: the larger limits count.</param>
    public static CheckedUsage Of(UsageDetails? reported, ModelInfo asked, ModelInfo answered)
    {
        if (reported is null)
        {
            return default;
        }

        var mostInput = Math.Max(InputLimit(asked), InputLimit(answered));
        var mostOutput = Math.Max(OutputLimit(asked), OutputLimit(answered));
        var input = Clamp(reported.InputTokenCount, mostInput);
        var output = Clamp(reported.OutputTokenCount, mostOutput);
        var cached = Clamp(reported.CachedInputTokenCount, input ?? mostInput);
        var written = Clamp(TokenDetails.CacheWrites(reported), (input ?? mostInput) - (cached ?? 0));
        var reasoning = Clamp(reported.ReasoningTokenCount, output ?? mostOutput);
        var total = Clamp(reported.TotalTokenCount, mostInput + mostOutput);
        var isPlausible = input == reported.InputTokenCount && output == reported.OutputTokenCount && cached == reported.CachedInputTokenCount
            && written == TokenDetails.CacheWrites(reported) && reasoning == reported.ReasoningTokenCount && total == reported.TotalTokenCount;
        if (isPlausible)
        {
            return new CheckedUsage(reported, false, input is not null, output is not null);
        }

        var possible = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            CachedInputTokenCount = cached,
            ReasoningTokenCount = reasoning,
            TotalTokenCount = total == reported.TotalTokenCount ? total : (input ?? 0) + (output ?? 0),
            AdditionalCounts = written is { } tokens ? new() { [TokenDetails.CacheWritesName] = tokens } : null,
        };
        return new CheckedUsage(possible, true, reported.InputTokenCount <= mostInput, reported.OutputTokenCount <= mostOutput);
    }

    private static long InputLimit(ModelInfo model) => model.ContextWindow ?? MostTokens;

    private static long OutputLimit(ModelInfo model) => model.MaxOutputTokens ?? model.ContextWindow ?? MostTokens;

    private static long? Clamp(long? count, long most) => count is { } tokens ? Math.Clamp(tokens, 0, most) : null;
}
