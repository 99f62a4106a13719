namespace PromptGen.Providers;

/// <summary>What an answer of a provider says of the limits per minute that apply to its model.</summary>
/// <param name="Requests">The limit of requests.</param>
/// <param name="Tokens">The limit of tokens, input and output together.</param>
public readonly record struct RateLimitReport(RateAllowance Requests, RateAllowance Tokens)
{
    /// <summary>Whether it says anything that limits requests.</summary>
    internal bool IsKnown => Requests.IsKnown || Tokens.IsKnown;
}
