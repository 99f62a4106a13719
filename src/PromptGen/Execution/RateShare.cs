using PromptGen.Budgets;
using PromptGen.Health;

namespace PromptGen.Execution;

/// <summary>What one request takes of the limits per minute of its model and provider. Most have none, so that it is no part of every request.</summary>
/// <param name="Limit">The limits.</param>
/// <param name="Lease">Its place; none as long as it has to wait.</param>
internal sealed record RateShare(RateLimit Limit, RateLease Lease)
{
    /// <summary>Whether the request has to wait.</summary>
    public bool IsAwaited => !Lease.IsTaken;

    /// <returns>The share of a request. It is not taken where the request has to wait.</returns>
    public static RateShare Take(RateLimit limit, in ModelRequest request)
    {
        _ = limit.TryAcquire(TokensOf(request), out var lease);
        return new RateShare(limit, lease);
    }

    /// <summary>The tokens that a request is expected to take, with the longest answer that it allows.</summary>
    public static long TokensOf(in ModelRequest request) => request.EstimatedTokens + (request.Options.MaxOutputTokens ?? 0);

    /// <summary>The request was sent and has ended. Where it is not known how many tokens it took, those count that were expected.</summary>
    /// <param name="usage">The tokens that were reported.</param>
    /// <param name="isRefused">Whether the model did not work at it.</param>
    public void Settle(in CheckedUsage usage, bool isRefused)
    {
        if (isRefused)
        {
            Limit.Settle(Lease, 0);
        }
        else if (usage is { KnowsInput: true, KnowsOutput: true, Details: { } details })
        {
            Limit.Settle(Lease, (details.InputTokenCount ?? 0) + (details.OutputTokenCount ?? 0));
        }
    }

    /// <summary>The request was not sent.</summary>
    public void Release()
    {
        if (Lease.IsTaken)
        {
            Limit.Release(Lease);
        }
    }
}
