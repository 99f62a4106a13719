using System.Buffers;
using System.Text;
using PromptGen.Providers;

namespace PromptGen.Likelihoods;

/// <summary>The probability of a value by the tokens of its answer.</summary>
internal static class AnswerLikelihood
{
    /// <summary>The geometric mean of the probabilities of the tokens that a value consists of.</summary>
    /// <param name="text">The text of the answer, which its contract has read without repairs, possibly in a fence.</param>
    /// <param name="tokens">The tokens of the answer.</param>
    /// <param name="isText">Whether the answer is plain text.</param>
    /// <param name="isWrapped">Whether the answer is the member <c>value</c> of an object.</param>
    /// <param name="member">The name of the member in JSON; null = the whole answer.</param>
    /// <returns>From 0 to 1; null where the tokens cannot be assigned to the value with certainty.</returns>
    public static double? Of(string text, IReadOnlyList<TokenLogProbability> tokens, bool isText, bool isWrapped, string? member)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        try
        {
            var utf8 = buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
            var place = isText ? ValuePlace.Trim(utf8) : ValuePlace.Find(utf8, isWrapped, member);
            return place is { } known ? Mean(utf8, tokens, known) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The geometric mean of the probabilities of the tokens that overlap a part of the text.</summary>
    internal static double? Mean(ReadOnlySpan<byte> text, IReadOnlyList<TokenLogProbability> tokens, ValuePlace place)
    {
        var (position, sum, count) = (0, 0.0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (position == text.Length && i == tokens.Count - 1)
            {
                // Some servers send the mark that ends the answer, which is no part of its text.
                break;
            }

            var token = tokens[i].Utf8Bytes.Span;
            if (!(tokens[i].LogProbability <= 0) || !text[position..].StartsWith(token))
            {
                return null;
            }

            var next = position + token.Length;
            if (!token.IsEmpty && position < place.End && next > place.Start)
            {
                sum += tokens[i].LogProbability;
                count++;
            }

            position = next;
        }

        return position == text.Length && count > 0 ? Math.Exp(sum / count) : null;
    }
}
