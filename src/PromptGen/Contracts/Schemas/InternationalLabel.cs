using System.Globalization;
using System.Text;

namespace PromptGen.Contracts.Schemas;

/// <summary>Labels of internationalized host names: Punycode (RFC 3492) that stands for a label which IDNA allows (RFC 5892).</summary>
internal static class InternationalLabel
{
    private const int MaxLabel = 63;
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Whether the part of a label after <c>xn--</c> stands for a valid label.</summary>
    public static bool IsValid(ReadOnlySpan<char> punycode)
    {
        Span<int> label = stackalloc int[MaxLabel];
        return TryDecode(punycode, label, out var length) && IsAllowed(label[..length]);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<int> label, out int length)
    {
        length = 0;
        var hyphen = text.LastIndexOf('-');
        for (; length < hyphen; length++)
        {
            label[length] = char.ToLowerInvariant(text[length]);
        }

        text = text[(hyphen + 1)..];
        var code = 128;
        var bias = 72;
        var position = 0;
        while (!text.IsEmpty)
        {
            var before = position;
            var weight = 1;
            for (var k = 36; ; k += 36)
            {
                if (text.IsEmpty || Digit(text[0]) is not (>= 0 and var digit) || digit > (int.MaxValue - position) / weight)
                {
                    return false;
                }

                text = text[1..];
                position += digit * weight;
                var threshold = Math.Clamp(k - bias, 1, 26);
                if (digit < threshold)
                {
                    break;
                }

                if (weight > int.MaxValue / (36 - threshold))
                {
                    return false;
                }

                weight *= 36 - threshold;
            }

            length++;
            bias = Adapt(position - before, length, before == 0);
            if (position / length > Rune.ReplacementChar.Value * 32 - code || length > MaxLabel)
            {
                return false;
            }

            code += position / length;
            position %= length;
            if (!Rune.IsValid(code))
            {
                return false;
            }

            label[position..(length - 1)].CopyTo(label[(position + 1)..]);
            label[position++] = code;
        }

        return length > 0;
    }

    private static int Adapt(int delta, int length, bool isFirst)
    {
        delta /= isFirst ? 700 : 2;
        delta += delta / length;
        var k = 0;
        for (; delta > 455; k += 36)
        {
            delta /= 35;
        }

        return k + (36 * delta / (delta + 38));
    }

    private static int Digit(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };

    private static bool IsAllowed(ReadOnlySpan<int> label)
    {
        // Only ASCII needs no Punycode, and "--" at this place is for prefixes.
        if (label.IndexOfAnyExceptInRange(0, 127) < 0 || (label.Length > 3 && label[2] == '-' && label[3] == '-') || IsMark(label[0]))
        {
            return false;
        }

        for (var i = 0; i < label.Length; i++)
        {
            if (!IsAllowed(label, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>RFC 5892, appendix A: characters that only some neighbours make sense of.</summary>
    private static bool IsAllowed(ReadOnlySpan<int> label, int index) => label[index] switch
    {
        ZeroWidthNonJoiner => index > 0 && (IsVirama(label[index - 1]) || Joins(label, index)),
        ZeroWidthJoiner => index > 0 && IsVirama(label[index - 1]),
        0x00B7 => index > 0 && index < label.Length - 1 && label[index - 1] == 'l' && label[index + 1] == 'l',
        0x0375 => index < label.Length - 1 && label[index + 1] is (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF),
        0x05F3 or 0x05F4 => index > 0 && label[index - 1] is >= 0x0590 and <= 0x05FF,
        0x30FB => label.ContainsAnyInRange(0x3041, 0x309F) || HasKatakana(label) || label.ContainsAnyInRange(0x4E00, 0x9FFF)
            || label.ContainsAnyInRange(0x3400, 0x4DBF) || label.ContainsAnyInRange(0x20000, 0x323AF) || label.Contains(0x3005) || label.Contains(0x3007),
        >= 0x0660 and <= 0x0669 => !label.ContainsAnyInRange(0x06F0, 0x06F9),
        >= 0x06F0 and <= 0x06F9 => !label.ContainsAnyInRange(0x0660, 0x0669),
        0x00DF or 0x03C2 or 0x06FD or 0x06FE or 0x0F0B or 0x3007 => true,
        0x0640 or 0x07FA or 0x302E or 0x302F or 0x303B or (>= 0x3031 and <= 0x3035) => false,
        '-' => true,
        var code => IsLetterOrDigit(code),
    };

    private static bool IsLetterOrDigit(int code) => Rune.GetUnicodeCategory(new Rune(code))
        is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsMark(int code) => Rune.GetUnicodeCategory(new Rune(code))
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool HasKatakana(ReadOnlySpan<int> label)
    {
        foreach (var code in label)
        {
            if (code is (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVirama(int code) => code is 0x094D or 0x09CD or 0x0A4D or 0x0ACD or 0x0B4D or 0x0BCD or 0x0C4D or 0x0CCD or 0x0D4D or 0x0DCA
        or 0x0E3A or 0x0F84 or 0x1039 or 0x103A or 0x1714 or 0x1734 or 0x17D2 or 0x1A60 or 0x1B44 or 0x1BAA or 0x1BAB or 0x1BF2 or 0x1BF3 or 0xA806
        or 0xA8C4 or 0xA953 or 0xA9C0 or 0xABED;

    /// <summary>Between letters of a script that joins them, which here is Arabic and its kin.</summary>
    private static bool Joins(ReadOnlySpan<int> label, int index) =>
        index < label.Length - 1 && label[index - 1] is >= 0x0620 and <= 0x08FF && label[index + 1] is >= 0x0620 and <= 0x08FF;
}
