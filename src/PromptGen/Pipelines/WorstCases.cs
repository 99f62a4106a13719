using PromptGen.Execution;

namespace PromptGen.Pipelines;

/// <summary>The worst case of items, without a request.</summary>
internal static class WorstCases
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<PromptCost> SumAsync<TSource, T>(
        IEnumerable<TSource> items, Func<TSource, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        var sum = PromptCost.Zero;
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += await OfAsync(item, run, cancellationToken).ConfigureAwait(false);
        }

        return sum;
    }

    private static async Task<PromptCost> OfAsync<TSource, T>(TSource item, Func<TSource, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        var explainer = new CallExplainer();
        using var ambient = AmbientCall.Explain(explainer);
        try
        {
            await run(item, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception)
        {
            // The call that is explained ends the delegate; whatever else does would end it without a request, too.
        }

        return explainer.Explained is [.., var call]
            ? call.WorstCaseUsd is { } usd ? new PromptCost(usd, IsComplete: true) : PromptCost.Unknown
            : PromptCost.Zero;
    }
}
