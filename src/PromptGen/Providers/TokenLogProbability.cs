using System.Text;

namespace PromptGen.Providers;

/// <summary>One token of an answer with the log-probability that its model gave it.</summary>
/// <param name="Utf8Bytes">The bytes of the token: a part of the answer's text in UTF-8. A character may be split between two tokens.</param>
/// <param name="LogProbability">The natural logarithm of its probability: 0 or less.</param>
public readonly record struct TokenLogProbability(ReadOnlyMemory<byte> Utf8Bytes, double LogProbability)
{
    /// <summary>A token that consists of whole characters.</summary>
    /// <param name="text">The text of the token.</param>
    /// <param name="logProbability">The natural logarithm of its probability: 0 or less.</param>
    public TokenLogProbability(string text, double logProbability)
        : this(Encoding.UTF8.GetBytes(text), logProbability)
    {
    }
}
