using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

// Most answers that break their contract are beyond what the ladder could correct. Detecting them here keeps a failure cheap.
public ref partial struct ContractReader
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private T OutOfBounds<T>(string expected, TextFormat format = TextFormat.Any)
    {
        IsBeyondRepair |= _tokens.TokenType == (typeof(T) == typeof(string) ? JsonTokenType.String : JsonTokenType.Number) && format == TextFormat.Any;
        return Mismatch<T>(expected);
    }

    /// <summary>Whether a text that is no name of an enum may stand for one; judged by its letters alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="expected">The names, each in double quotes.</param>
    private static bool MayBeName(ReadOnlySpan<byte> text, ReadOnlySpan<char> expected)
    {
        if (text.ContainsAnyExcept(Letters))
        {
            return true;
        }

        // Most wrong names share not even their first letter with a right one.
        var names = expected[Math.Max(0, expected.IndexOf('"'))..];
        if (text.IsEmpty || (Ascii.IsValid(names) && names.IndexOfAny((char)(text[0] | 0x20), (char)(text[0] & ~0x20)) < 0))
        {
            return false;
        }

        for (var start = names.IndexOf('"'); start >= 0; start = names.IndexOf('"'))
        {
            names = names[(start + 1)..];
            var end = names.IndexOf('"') is >= 0 and var quote ? quote : names.Length;
            if (!Ascii.IsValid(names[..end]) || HasLetters(names[..end], text))
            {
                return true;
            }

            names = names[Math.Min(end + 1, names.Length)..];
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
