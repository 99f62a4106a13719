using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PromptGen.Contracts;

public ref partial struct ContractReader
{
    /// <summary>Whether the value is this string.</summary>
    /// <param name="text">The string as UTF-8.</param>
    /// <returns>True where it is.</returns>
    public readonly bool IsText(ReadOnlySpan<byte> text) =>
        _tokens.TokenType == JsonTokenType.String
        && (_tokens.ValueIsEscaped
            // An escaped byte takes at most six: a longer text need not be unescaped for each name of an enum.
            ? _tokens.ValueSpan.Length <= 6 * text.Length && Unescape(_tokens.ValueSpan, _guard).SequenceEqual(text)
            : _tokens.ValueSpan.SequenceEqual(text));

    /// <summary>
    /// Whether the value is this name, ignoring case: providers that enforce an enum do not enforce its case.
    /// Another case is recorded as rung <c>Case</c>, and refused where the prompt's tolerance is <see cref="Tolerance.Exact"/>. Only for names that no other one of the enum equals but for case.
    /// </summary>
    /// <param name="name">The name as UTF-8.</param>
    /// <returns>True where it is.</returns>
    public bool IsName(ReadOnlySpan<byte> name)
    {
        if (_tokens.ValueIsEscaped)
        {
            return IsText(name);
        }

        var text = _tokens.ValueSpan;
        if (text.Length != name.Length || _tokens.TokenType != JsonTokenType.String)
        {
            return false;
        }

        if (text.SequenceEqual(name))
        {
            return true;
        }

        var isOtherCase = !_isExact && Ascii.EqualsIgnoreCase(text, name);
        HasOtherCase |= isOtherCase;
        return isOtherCase;
    }

    /// <summary>Reads a string.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The string.</returns>
    public string String(string expected) => IsWellFormedText() ? Text() : Mismatch<string>(expected);

    /// <summary>Reads a string with constraints.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="minLength">The fewest characters, as Unicode code points.</param>
    /// <param name="maxLength">The most characters, as Unicode code points.</param>
    /// <param name="pattern">What the whole string has to match.</param>
    /// <param name="format">What the string has to be.</param>
    /// <returns>The string.</returns>
    public string String(
        string expected,
        int minLength = 0,
        int maxLength = int.MaxValue,
        Regex? pattern = null,
        TextFormat format = TextFormat.Any)
    {
        var bytes = _tokens.ValueSpan.Length;
        var isPlain = _isAscii && !_tokens.ValueIsEscaped;
        // Escapes and multi-byte characters only make a string shorter: what has too few bytes has too few characters.
        if (!IsWellFormedText() || bytes < minLength || (isPlain && bytes > maxLength))
        {
            return OutOfBounds<string>(expected, format);
        }

        if (isPlain && pattern is null && format == TextFormat.Any)
        {
            return Text();
        }

        var text = _tokens.GetString()!;
        if (!HasLength(text, minLength, maxLength) || !HasFormat(text, format))
        {
            return OutOfBounds<string>(expected, format);
        }

        var outcome = pattern is null ? PatternOutcome.Found : _guard.Match(pattern, text);
        return outcome == PatternOutcome.Found ? text : OutOfBounds<string>(WithReason(expected, outcome), format);
    }

    /// <summary>Reads a string of one UTF-16 character.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The character.</returns>
    public char Char(string expected) => IsWellFormedText() && _tokens.GetString() is [var c] ? c : Mismatch<char>(expected);

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public bool Boolean(string expected) => _tokens.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Mismatch<bool>(expected),
    };

    /// <summary>Reads a UUID, for example <c>"6f9619ff-8b86-d011-b42d-00c04fc964ff"</c>.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public Guid Guid(string expected) => IsWellFormedText() && _tokens.TryGetGuid(out var value) ? value : Mismatch<Guid>(expected);

    /// <summary>Reads an absolute URI.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public Uri Uri(string expected) =>
        IsWellFormedText() && System.Uri.TryCreate(_tokens.GetString(), UriKind.Absolute, out var value) ? value : Mismatch<Uri>(expected);

    /// <summary>Reads bytes that are written as base64.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public byte[] Bytes(string expected) =>
        IsWellFormedText() && _tokens.TryGetBytesFromBase64(out var value) ? value : Mismatch<byte[]>(expected);

    private readonly bool IsWellFormedText() =>
        _tokens.TokenType == JsonTokenType.String && (!_tokens.ValueIsEscaped || HasWellFormedEscapes(_tokens.ValueSpan, _guard));

    /// <summary>The string, if there is still a use for it; where every byte is a character, it is only widened.</summary>
    private readonly string Text() =>
        IsBroken ? ""
        : _isAscii && !_tokens.ValueIsEscaped ? Encoding.Latin1.GetString(_tokens.ValueSpan)
        : _tokens.GetString()!;

    private static bool HasLength(string text, int minLength, int maxLength)
    {
        // A code point is one or two UTF-16 characters; counting is needed only where that leaves a doubt.
        if (text.Length <= maxLength && text.Length >= 2L * minLength)
        {
            return true;
        }

        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count >= minLength && count <= maxLength;
    }

    private static bool HasFormat(string text, TextFormat format) => format switch
    {
        TextFormat.Email => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
            && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace),
        TextFormat.Url => System.Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == System.Uri.UriSchemeHttp || uri.Scheme == System.Uri.UriSchemeHttps || uri.Scheme == System.Uri.UriSchemeFtp),
        TextFormat.Base64 => System.Buffers.Text.Base64.IsValid(text),
        _ => true,
    };

    /// <summary>A lone surrogate is the one thing that passes as JSON and is no text: reading it as a string would throw.</summary>
    private static bool HasWellFormedEscapes(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        for (var i = 0; text[i..].IndexOf("\\"u8, guard) is >= 0 and var offset;)
        {
            i += offset;
            if (text[i + 1] != 'u')
            {
                i += 2;
            }
            else
            {
                guard.Charge(6);
                var unit = HexAt(text, i + 2);
                i += 6;
                if (char.IsSurrogate(unit))
                {
                    if (char.IsLowSurrogate(unit) || i + 6 > text.Length || text[i] != '\\' || text[i + 1] != 'u' || !char.IsLowSurrogate(HexAt(text, i + 2)))
                    {
                        return false;
                    }

                    i += 6;
                }
            }
        }

        return true;
    }

    private static char HexAt(ReadOnlySpan<byte> text, int index) =>
        (char)ushort.Parse(Encoding.ASCII.GetString(text.Slice(index, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        if (!HasWellFormedEscapes(text, guard))
        {
            return text;
        }

        byte[] quoted = [(byte)'"', .. text, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }
}
