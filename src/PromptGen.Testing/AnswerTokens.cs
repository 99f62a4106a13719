using System.Text;
using PromptGen.Providers;

namespace PromptGen.Testing;

/// <summary>Makes the tokens of an answer, as a model with log-probabilities gives them.</summary>
public static class AnswerTokens
{
    private const int Length = 4;

    /// <summary>Splits a text into tokens of at most four bytes, which may end inside a character as those of models do.</summary>
    /// <param name="text">The text of the answer.</param>
    /// <param name="parts">Parts of the text, each at its first place there, with the probability of each of its tokens: above 0 and at most 1. All other tokens have probability 1.</param>
    /// <returns>The tokens in order.</returns>
    /// <exception cref="ArgumentException">The text does not contain a part, or a probability is out of range.</exception>
    public static IReadOnlyList<TokenLogProbability> Of(string text, params (string Part, double Probability)[] parts)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(parts);
        var bytes = Encoding.UTF8.GetBytes(text);
        var logProbabilities = new double[bytes.Length];
        foreach (var (part, probability) in parts)
        {
            var start = text.IndexOf(part, StringComparison.Ordinal);
            if (start < 0 || probability is not (> 0 and <= 1))
            {
                throw new ArgumentException(start < 0 ? $"The text does not contain '{part}'." : "A probability is above 0 and at most 1.", nameof(parts));
            }

            var first = Encoding.UTF8.GetByteCount(text.AsSpan(0, start));
            logProbabilities.AsSpan(first, Encoding.UTF8.GetByteCount(part)).Fill(Math.Log(probability));
        }

        return Split(bytes, logProbabilities);
    }

    private static List<TokenLogProbability> Split(byte[] bytes, double[] logProbabilities)
    {
        var tokens = new List<TokenLogProbability>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = start + 1;
            while (end < bytes.Length && end - start < Length && logProbabilities[end] == logProbabilities[start])
            {
                end++;
            }

            tokens.Add(new TokenLogProbability(bytes.AsMemory(start, end - start), logProbabilities[start]));
            start = end;
        }

        return tokens;
    }
}
