using PromptGen.Routing;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>Asks the method that decides where a call enters its route. It may be another prompt.</summary>
internal static class RouterCall
{
    /// <returns>The entry, and which limit of the call has run out meanwhile. Whatever else fails in a router must not fail the call, which then enters otherwise.</returns>
    public static async ValueTask<(RouteEntry Entry, PromptErrorCode RanOut)> AskAsync<TState, T>(
        CallAccount account, RouteEntry entry, TState state, Func<TState, CancellationToken, ValueTask<T>> source, RouteCases<T> cases, PromptStep otherwise)
    {
        var ranOut = PromptErrorCode.None;
        using var limit = account.Clock.Limit(account.CancellationToken);
        using var ambient = AmbientCall.Enter(account, joinsLimits: true, PromptAttemptReason.Route);
        try
        {
            var value = await source(state, limit.Token).OrAbandonAsync(limit.Token).ConfigureAwait(false);
            if (cases(value, ref entry))
            {
                return (entry, PromptErrorCode.None);
            }
        }
        catch (Exception)
        {
            ranOut = account.RanOut;
        }

        entry.By(otherwise, "otherwise");
        return (entry, ranOut);
    }
}
