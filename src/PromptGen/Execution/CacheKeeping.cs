using PromptGen.Caching;
using PromptGen.Catalog;

namespace PromptGen.Execution;

/// <summary>Writes the accepted answer of a call to the cache, and ends the wait of the calls that need it.</summary>
/// <param name="account">The call.</param>
/// <param name="key">The key of its answer.</param>
/// <param name="lifetime">How long the answer is kept.</param>
/// <param name="leads">Whether others wait for it.</param>
internal sealed class CacheKeeping(CallAccount account, string key, TimeSpan lifetime, bool leads)
{
    /// <summary>The call has ended.</summary>
    /// <param name="text">Its latest answer; null = no model gave one.</param>
    /// <param name="model">The model whose answer was accepted; null = none was.</param>
    /// <param name="cost">What the call has cost.</param>
    /// <param name="code">What ended it where it has none.</param>
    public void End(string? text, ModelInfo? model, PromptCost cost, PromptErrorCode code)
    {
        var runtime = account.Runtime;
        CachedAnswer? answer = text is null || model is null ? null : new(model.Id.AsMemory(), runtime.TimeProvider.GetUtcNow(), cost, text);
        if (answer is { } accepted)
        {
            runtime.Cache.Write(key, accepted, lifetime, account.Prompt.Name);
        }

        if (leads)
        {
            var end = answer is not null ? FlightEnd.Answered
                : code is PromptErrorCode.None or PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded or PromptErrorCode.BudgetExceeded ? FlightEnd.HandedOver
                : FlightEnd.Failed;
            runtime.Cache.Land(key, end, answer);
        }
    }
}
