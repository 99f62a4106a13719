using System.Diagnostics;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Telemetry;

/// <summary>The attributes of an attempt's span, by the conventions and PromptGen's own.</summary>
internal static class AttemptTags
{
    private static readonly string[] NoReason = ["error"];

    public static void SetRequest(Activity span, ChatOptions options, bool streamed, bool latest)
    {
        span.SetKnown("gen_ai.request.temperature", Rounded(options.Temperature));
        span.SetKnown("gen_ai.request.top_p", Rounded(options.TopP));
        span.SetKnown("gen_ai.request.top_k", latest ? options.TopK : (double?)options.TopK);
        span.SetKnown("gen_ai.request.max_tokens", options.MaxOutputTokens);
        span.SetKnown("gen_ai.request.frequency_penalty", Rounded(options.FrequencyPenalty));
        span.SetKnown("gen_ai.request.presence_penalty", Rounded(options.PresencePenalty));
        span.SetKnown("gen_ai.request.seed", options.Seed);
        span.SetKnown("gen_ai.request.stop_sequences", options.StopSequences is { Count: > 0 } stops ? stops.ToArray() : null);
        span.SetKnown("gen_ai.request.stream", streamed ? true : null);
        span.SetKnown("gen_ai.conversation.id", options.ConversationId);
        span.SetTag("gen_ai.output.type", options.ResponseFormat is null or ChatResponseFormatText ? "text" : "json");
        if (latest)
        {
            span.SetKnown("gen_ai.request.reasoning.level", Level(options.Reasoning?.Effort));
        }
    }

    public static void SetResponse(Activity span, ChatResponse? response, PromptAttempt attempt, UsageDetails? usage, bool latest)
    {
        span.SetKnown("gen_ai.response.id", ProviderText.Name(response?.ResponseId));
        span.SetKnown("gen_ai.response.model", attempt.ResponseModelId);
        span.SetKnown("gen_ai.response.finish_reasons", ProviderText.Name(response?.FinishReason?.Value) is { } reason ? new[] { reason } : latest ? NoReason : null);
        span.SetKnown("gen_ai.usage.input_tokens", usage?.InputTokenCount);
        span.SetKnown("gen_ai.usage.output_tokens", usage?.OutputTokenCount);
        span.SetKnown("gen_ai.usage.cache_read.input_tokens", usage?.CachedInputTokenCount);
        span.SetKnown(latest ? "gen_ai.usage.cache_write.input_tokens" : "gen_ai.usage.cache_creation.input_tokens", TokenDetails.CacheWrites(usage));
        span.SetKnown("gen_ai.usage.reasoning.output_tokens", usage?.ReasoningTokenCount);
    }

    public static void SetOutcome(Activity span, PromptAttempt attempt)
    {
        span.SetTag("promptgen.cost.usd", (double)attempt.Cost.Usd);
        span.SetTag("promptgen.cost.complete", attempt.Cost.IsComplete);
        span.SetKnown("promptgen.usage.implausible", attempt.IsUsageImplausible ? true : null);
        span.SetKnown("promptgen.validation", TelemetryWords.Validation(attempt.Outcome));
        if (attempt.Outcome != PromptErrorCode.None)
        {
            span.SetTag("error.type", TelemetryWords.ErrorType(attempt.Outcome));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>A float as it was written: 0.2, not 0.20000000298023224.</summary>
    private static double? Rounded(float? value) => value is { } known ? Math.Round(known, 6) : null;

    private static string? Level(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => null,
    };
}
