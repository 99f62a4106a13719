using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

// Most answers that break their contract are beyond what the ladder could mend. Telling so here keeps a failure cheap.
public ref partial struct ContractReader
{
    private T OutOfBounds<T>(string expected, TextFormat format = TextFormat.Any)
    {
        IsBeyondRepair |= _tokens.TokenType == (typeof(T) == typeof(string) ? JsonTokenType.String : JsonTokenType.Number) && format == TextFormat.Any;
        return Mismatch<T>(expected);
    }

    /// <summary>Whether a text that is no name of an enum may stand for one; told from its letters alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="expected">The names, each in double quotes.</param>
    private static bool MayBeName(ReadOnlySpan<byte> text, ReadOnlySpan<char> expected)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetter((char)c))
            {
                return true;
            }
        }

        while (expected.IndexOf('"') is >= 0 and var start)
        {
            expected = expected[(start + 1)..];
            var end = expected.IndexOf('"');
            var name = end < 0 ? expected : expected[..end];
            if (!Ascii.IsValid(name) || HasLetters(name, text))
            {
                return true;
            }

            expected = end < 0 ? default : expected[(end + 1)..];
        }

        return false;
    }

    /// <summary>Whether a name consists of these letters, punctuation and case aside.</summary>
    private static bool HasLetters(ReadOnlySpan<char> name, ReadOnlySpan<byte> letters)
    {
        var matched = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                continue;
            }

            if (matched == letters.Length || (c | 0x20) != (letters[matched] | 0x20))
            {
                return false;
            }

            matched++;
        }

        return matched == letters.Length;
    }
}
