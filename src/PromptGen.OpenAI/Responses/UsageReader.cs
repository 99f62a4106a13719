using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.OpenAI.Responses;

/// <summary>Reads the tokens that an answer says it took.</summary>
internal static class UsageReader
{
    /// <summary>Reads <c>usage</c>.</summary>
    /// <param name="answer">The answer or the event of a stream.</param>
    /// <returns>The usage; null where the numbers of prompt and answer are not both there and possible, since a part of them would be charged as the whole.</returns>
    public static UsageDetails? Read(JsonElement answer)
    {
        if (answer.Member("usage") is not { } usage || Count(usage, "prompt_tokens") is not { } input || Count(usage, "completion_tokens") is not { } output)
        {
            return null;
        }

        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = Count(usage, "total_tokens") ?? input + output,
            CachedInputTokenCount = Part(usage, "prompt_tokens_details", "cached_tokens", input),
            ReasoningTokenCount = Part(usage, "completion_tokens_details", "reasoning_tokens", output),
        };
    }

    private static long? Part(JsonElement usage, string details, string name, long whole) =>
        usage.Member(details) is { } owner && Count(owner, name) is { } part ? Math.Min(part, whole) : null;

    /// <summary>A number of tokens; null for what can't be one: negative, or beyond any context window.</summary>
    private static long? Count(JsonElement owner, string name) =>
        owner.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count is >= 0 and <= int.MaxValue ? count : null;
}
