namespace PromptGen.Evaluation;

/// <summary>What the tokens of a model cost, for recorded answers that do not say what they cost themselves.</summary>
/// <param name="InputUsdPerMillion">USD per million tokens of the prompt.</param>
/// <param name="OutputUsdPerMillion">USD per million tokens of the answer.</param>
public sealed record TokenPrice(decimal InputUsdPerMillion, decimal OutputUsdPerMillion)
{
    /// <summary>Characters that make a token, about: what providers state for English text.</summary>
    private const decimal CharactersPerToken = 4;

    /// <summary>What an answer cost, estimated with four characters per token.</summary>
    /// <param name="prompt">What the model was asked.</param>
    /// <param name="answer">What it wrote.</param>
    /// <returns>The cost in USD.</returns>
    public decimal Estimate(string prompt, string answer)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(answer);
        return ((prompt.Length * InputUsdPerMillion) + (answer.Length * OutputUsdPerMillion)) / CharactersPerToken / 1_000_000;
    }
}
