using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>What it costs at most that a judge measures an answer, which may be longer than the one that is there before anything is asked.</summary>
internal static class AnswerWorstCase
{
    /// <summary>The most that the requests of one measurement can cost.</summary>
    /// <param name="runtime">The runtime of the judge.</param>
    /// <param name="judge">The judge.</param>
    /// <param name="ask">Asks it about the answer that is there.</param>
    /// <param name="tokens">The tokens that an answer has at most; null = not known.</param>
    /// <param name="requests">How often one measurement asks.</param>
    public static async Task<PromptCost> OfAsync(PromptRuntime runtime, PromptDefinition judge, Func<Task> ask, int? tokens, int requests)
    {
        var explanation = await runtime.ExplainAsync(ask).ConfigureAwait(false);
        var once = (explanation.WorstCaseUsd is { } usd ? new(usd, IsComplete: true) : PromptCost.Unknown) + Reading(judge, tokens);
        return Enumerable.Repeat(once, requests).Aggregate(static (sum, one) => sum + one);
    }

    /// <summary>Each model of the judge reads the answer, and again for each repair.</summary>
    private static PromptCost Reading(PromptDefinition judge, int? tokens)
    {
        decimal? usd = 0m;
        foreach (var model in judge.Models)
        {
            var price = new[] { model.InputPrice, model.LongContextInputPrice, model.CacheWritePrice }.Max();
            usd += tokens * (1 + judge.Repairs) * (decimal?)model.TokenFactor * (decimal?)price / 1_000_000;
        }

        return usd is { } known ? new(known, IsComplete: true) : PromptCost.Unknown;
    }
}
