using PromptGen.Catalog;

namespace PromptGen.Execution;

/// <summary>How many tokens a text takes, estimated on the high side: JSON and schemas come to about three characters per token.</summary>
internal static class TokenEstimator
{
    public static int Estimate(string text) => (text.Length + 2) / 3;

    /// <summary>The estimate for a model: some families take more tokens for a text than those whose tokenizers the estimate is made for.</summary>
    public static long For(ModelInfo model, long tokens) => model.TokenFactor == 1 ? tokens : (long)Math.Ceiling(tokens * model.TokenFactor);

    /// <summary>Whether a prompt is so far beyond a context window, by eight times, that no tokenizer can make it fit: the provider would refuse it.</summary>
    public static bool CannotFit(long estimatedTokens, int? contextWindow) => contextWindow is { } window && estimatedTokens > 8L * window;
}
