using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.OpenAI.Responses;

/// <summary>Reads the tokens that an answer says it took.</summary>
internal static class UsageReader
{
    /// <summary>The name under which the runtime looks for the input that was written to the provider's cache.</summary>
    private const string CacheWrites = "CacheCreationInputTokens";

    /// <summary>Reads <c>usage</c>.</summary>
    /// <param name="answer">The answer or the event of a stream.</param>
    /// <param name="api">How the server counts.</param>
    /// <returns>The usage, as it is reported; null where the numbers of prompt and answer are not both there.</returns>
    public static UsageDetails? Read(JsonElement answer, CompatibleApi api)
    {
        if (answer.Member("usage"u8) is not { } usage || Count(usage, "prompt_tokens"u8) is not { } input || Count(usage, "completion_tokens"u8) is not { } output)
        {
            return null;
        }

        var reasoning = Part(usage, "completion_tokens_details"u8, "reasoning_tokens"u8);
        if (api.CountsReasoningApart && Count(usage, "total_tokens"u8) is { } total && total - input is var rest && rest > output)
        {
            (output, reasoning) = (rest, reasoning ?? (rest - output));
        }

        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = Count(usage, "total_tokens"u8) ?? input + output,
            CachedInputTokenCount = Part(usage, "prompt_tokens_details"u8, "cached_tokens"u8) ?? Count(usage, "prompt_cache_hit_tokens"u8),
            ReasoningTokenCount = reasoning,
            AdditionalCounts = Part(usage, "prompt_tokens_details"u8, "cache_write_tokens"u8) is { } written ? new() { [CacheWrites] = written } : null,
        };
    }

    private static long? Part(JsonElement usage, ReadOnlySpan<byte> details, ReadOnlySpan<byte> name) => usage.Member(details) is { } owner ? Count(owner, name) : null;

    /// <summary>A whole number; the largest there is in place of a larger one, so that it is found to be impossible and not missing.</summary>
    private static long? Count(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.Member(name) is not { ValueKind: JsonValueKind.Number } number ? null
        : number.TryGetInt64(out var count) ? count
        : number.TryGetDouble(out var large) && large >= long.MaxValue ? long.MaxValue
        : null;
}
