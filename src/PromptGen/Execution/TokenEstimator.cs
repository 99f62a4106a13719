namespace PromptGen.Execution;

/// <summary>How many tokens a text takes, estimated on the high side: JSON and schemas come to about three characters per token.</summary>
internal static class TokenEstimator
{
    public static int Estimate(string text) => (text.Length + 2) / 3;
}
