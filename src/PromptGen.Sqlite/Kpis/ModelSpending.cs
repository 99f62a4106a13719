namespace PromptGen;

/// <summary>
/// What the requests to one model have cost, of the calls of one group: by the model that was asked, whichever model answered the call in the end. The sums over all models are
/// <see cref="CallKpis.Attempts"/> and <see cref="CallKpis.CostUsd"/>.
/// </summary>
public sealed record ModelSpending
{
    /// <summary>What the calls have in common; see <see cref="KpiGroup"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The model that was asked.</summary>
    public required string ModelId { get; init; }

    /// <summary>The requests to it, those that failed or whose answers were rejected included.</summary>
    public required long Requests { get; init; }

    /// <summary>The requests whose answers were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Tokens of the requests, as far as they are known, cached ones included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens of the requests that the provider read from its cache.</summary>
    public required long CachedInputTokens { get; init; }

    /// <summary>Tokens of the answers, as far as they are known.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>What the requests have cost, in USD, as far as it is known.</summary>
    public required double CostUsd { get; init; }

    /// <summary>Whether usage and price of every request are known.</summary>
    public required bool IsCostComplete { get; init; }
}
