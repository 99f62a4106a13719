using PromptGen.Budgets;
using PromptGen.Health;

namespace PromptGen.Execution;

/// <summary>What one request takes of the limits per minute of its model; default = the model has none.</summary>
/// <param name="Limit">The limits.</param>
/// <param name="Tokens">The tokens that the request is expected to take, with the longest answer that it allows.</param>
/// <param name="Lease">Its place; none as long as it has to wait.</param>
internal readonly record struct RateShare(RateLimit? Limit, long Tokens, RateLease Lease)
{
    /// <summary>Whether the request may be sent.</summary>
    public bool IsTaken => Lease.Number > 0;

    /// <returns>The share of a request. It is not taken where the request has to wait.</returns>
    public static RateShare Take(RateLimit limit, in ModelRequest request)
    {
        var tokens = request.EstimatedTokens + (request.Options.MaxOutputTokens ?? 0);
        _ = limit.TryAcquire(tokens, out var lease);
        return new RateShare(limit, tokens, lease);
    }

    /// <summary>The request was sent and has ended. Where it is not known how many tokens it took, those count that were expected.</summary>
    /// <param name="usage">The tokens that were reported.</param>
    /// <param name="isRefused">Whether the model did not work at it.</param>
    public void Settle(in CheckedUsage usage, bool isRefused)
    {
        if (isRefused)
        {
            Limit?.Settle(Lease, 0);
        }
        else if (usage is { KnowsInput: true, KnowsOutput: true, Details: { } details })
        {
            Limit?.Settle(Lease, (details.InputTokenCount ?? 0) + (details.OutputTokenCount ?? 0));
        }
    }

    /// <summary>The request was not sent.</summary>
    public void Release()
    {
        if (IsTaken)
        {
            Limit!.Release(Lease);
        }
    }
}
