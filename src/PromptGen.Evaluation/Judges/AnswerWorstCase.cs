using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>What it costs at most that a judge reads an answer which is longer than the one that its worst case was computed with.</summary>
internal static class AnswerWorstCase
{
    /// <summary>Each model of the judge reads the answer, and again for each repair.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="tokens">The tokens of the answer; null = not known.</param>
    public static PromptCost Of(PromptDefinition judge, int? tokens)
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
