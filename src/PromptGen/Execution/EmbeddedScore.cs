using PromptGen.Providers;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>Asks a learned router that reads embeddings for the score of a call.</summary>
internal static class EmbeddedScore
{
    /// <returns>
    /// The score, and which limit of the call has run out meanwhile. The score is null where there is no embedding: whatever fails in making one must not fail the call, which
    /// then enters as one that the router is not sure of. A dry run makes no request.
    /// </returns>
    public static async ValueTask<(double? Score, PromptErrorCode RanOut)> AskAsync(CallAccount account, LearnedRouter router, IReadOnlyList<string?> texts)
    {
        if (account.Explainer is not null)
        {
            return (null, PromptErrorCode.None);
        }

        var model = router.EmbeddingModel!;
        if (account.Runtime.Embeddings.Find(model) is not { } source || (account.SelfHostedOnly && !source.Options.SelfHosted))
        {
            account.Telemetry?.Embedded(model, PromptErrorCode.Configuration, TimeSpan.Zero);
            return (null, PromptErrorCode.None);
        }

        var startedAt = account.Clock.Now;
        var (timeout, left) = (source.Options.Timeout, account.Clock.Remaining);
        using var limit = account.Runtime.TimeLimits.Start(left < timeout ? left.Value : timeout, account.CancellationToken);
        var (score, outcome) = (default(double?), PromptErrorCode.None);
        try
        {
            score = await router.ScoreAsync(account.Prompt.Name, source.Generator, texts, limit.Token).OrAbandonAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            outcome = account.RanOut is var ranOut && ranOut != PromptErrorCode.None ? ranOut
                : limit.Token.IsCancellationRequested ? PromptErrorCode.AttemptTimeout
                : FailureClassifier.Classify(exception, source.Generator.GetService(typeof(IFailureClassifier)) as IFailureClassifier, account.Runtime.FailureClassifiers).Code;
        }

        account.Telemetry?.Embedded(model, outcome, account.Clock.Between(startedAt, account.Clock.Now));
        return (score, outcome is PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded ? outcome : PromptErrorCode.None);
    }
}
