using Microsoft.Extensions.AI;

namespace PromptGen;

/// <summary>What a call would do, without a request: from <see cref="PromptRuntime.ExplainAsync"/>.</summary>
public sealed class PromptExplanation
{
    /// <summary>The name of the prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The version of the prompt, with those of the prompts that it calls.</summary>
    public required string Version { get; init; }

    /// <summary>What decided where the call enters its route, as the declaration says it; null where it enters at the first step.</summary>
    public string? RoutedBy { get; init; }

    /// <summary>The strongest tier that may answer; null = that of the route.</summary>
    public Tier? Ceiling { get; init; }

    /// <summary>The steps that the call may take, from its entry on, in order.</summary>
    public required IReadOnlyList<PromptExplanationStep> Steps { get; init; }

    /// <summary>
    /// The prompts that the call would ask before its first request to decide where it enters. Their answers are not known, so the call is explained as if they had failed:
    /// it enters otherwise.
    /// </summary>
    public required IReadOnlyList<PromptExplanation> Routers { get; init; }

    /// <summary>
    /// The most that the call can cost, in USD: in every step the most expensive model that may be asked (with a hedge the two most expensive ones) answers, is asked again as often as repairs are allowed, and is
    /// rejected; where <see cref="RoutedPromptAttribute.Resume"/> is set, every model answers in turn, behind all that those before it have delivered. <see cref="Routers"/> are asked once, judges for every answer; of a judge the tokens of its parameters do not count, since they are not known before.
    /// Null where a price or an output limit is not known.
    /// </summary>
    public decimal? WorstCaseUsd { get; init; }

    /// <summary>
    /// The longest that the call can take: every model that may be asked uses up its time-out in each of its requests, retries and repairs included, with the longest waits
    /// between them, and so do the prompts that the call makes; at most the deadline. Plain methods that it calls do not count. Null where nothing limits the time: a stream
    /// without a deadline.
    /// </summary>
    public TimeSpan? WorstCaseDuration { get; init; }
}

/// <summary>One step of a call that is explained.</summary>
/// <param name="Tier">The tier of the step.</param>
/// <param name="Models">The models in the order in which they are tried, fallbacks last.</param>
public sealed record PromptExplanationStep(Tier Tier, IReadOnlyList<PromptExplanationModel> Models)
{
    /// <summary>How long one of its models may take before the next one is asked too; null = they are asked one at a time.</summary>
    public TimeSpan? HedgeAfter { get; init; }
}

/// <summary>One model of a call that is explained.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Skipped">Why it would not be asked now; null = it would be.</param>
/// <param name="Messages">What would be sent to it; empty where it would not be asked.</param>
/// <param name="EstimatedInputTokens">The input tokens, estimated; 0 where it would not be asked.</param>
/// <param name="MaxUsd">The most that one request costs, in USD: the estimated input tokens and the output limit; null where a price or the limit is not known.</param>
public sealed record PromptExplanationModel(string ModelId, string? Skipped, IReadOnlyList<ChatMessage> Messages, long EstimatedInputTokens, decimal? MaxUsd);
