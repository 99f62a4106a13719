using PromptGen.Providers;

namespace PromptGen.Anthropic;

/// <summary>What is to be done with the answer to a request.</summary>
/// <param name="Cap">How long it may be.</param>
/// <param name="ModelId">The model that is asked.</param>
/// <param name="RateLimits">Where its headers are reported.</param>
internal sealed record ExpectedAnswer(AnswerCap Cap, string ModelId, RateLimitFeed RateLimits);
