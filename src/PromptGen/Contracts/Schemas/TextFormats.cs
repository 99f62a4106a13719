using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptGen.Contracts.Schemas;

/// <summary>Whether a text is of a format, to the letter of its RFC.</summary>
internal static class TextFormats
{
    /// <summary>How many code points some UTF-8 has: all bytes but those that continue one.</summary>
    public static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += (sbyte)b >= -0x40 ? 1 : 0;
        }

        return count;
    }

    public static bool HasLength(ReadOnlySpan<char> text, int minLength, int maxLength)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count >= minLength && count <= maxLength;
    }

    public static bool IsFormat(ReadOnlySpan<char> text, SchemaFormat format) => format switch
    {
        SchemaFormat.DateTime => text.Length > 10 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]),
        SchemaFormat.Time => IsTime(text),
        SchemaFormat.Date => IsDate(text),
        SchemaFormat.Duration => IsDuration(text),
        SchemaFormat.Email => IsEmail(text),
        SchemaFormat.Hostname => HostName.IsHostName(text),
        SchemaFormat.Ipv4 => IsIpv4(text),
        SchemaFormat.Ipv6 => IsIpv6(text),
        SchemaFormat.Uri => UriText.IsAbsolute(text),
        SchemaFormat.Uuid => IsUuid(text),
        SchemaFormat.Regex => IsRegex(text),
        _ => true,
    };

    public static bool IsIpv4(ReadOnlySpan<char> text)
    {
        for (var part = 0; part < 4; part++)
        {
            var length = part == 3 ? text.Length : text.IndexOf('.');
            if (length is < 1 or > 3 || Number(text[..length]) is < 0 or > 255 || (length > 1 && text[0] == '0'))
            {
                return false;
            }

            text = part == 3 ? default : text[(length + 1)..];
        }

        return true;
    }

    public static bool IsIpv6(ReadOnlySpan<char> text)
    {
        var groups = 0;
        var isShortened = text.StartsWith("::", StringComparison.Ordinal);
        text = isShortened ? text[2..] : text;
        while (!text.IsEmpty)
        {
            var length = text.IndexOf(':');
            if (length < 0 && text.Contains('.'))
            {
                groups += 2;
                return IsIpv4(text) && (isShortened ? groups < 8 : groups == 8);
            }

            var group = length < 0 ? text : text[..length];
            if (group.Length is < 1 or > 4 || !AreHex(group))
            {
                return false;
            }

            groups++;
            if (length < 0)
            {
                break;
            }

            text = text[(length + 1)..];
            if (text.IsEmpty)
            {
                return false;
            }

            if (text[0] == ':')
            {
                if (isShortened)
                {
                    return false;
                }

                isShortened = true;
                text = text[1..];
            }
        }

        return isShortened ? groups < 8 : groups == 8;
    }

    private static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && Number(text[..4]) is >= 0 and var year && Number(text[5..7]) is >= 1 and <= 12 and var month && Number(text[8..]) is >= 1 and var day
        // Year 0 is no year of the calendar in .NET, but a leap year like 4.
        && day <= DateTime.DaysInMonth(year == 0 ? 4 : year, month);

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':'
            || Number(text[..2]) is not (>= 0 and < 24 and var hour) || Number(text[3..5]) is not (>= 0 and < 60 and var minute)
            || Number(text[6..8]) is not (>= 0 and <= 60 and var second))
        {
            return false;
        }

        text = text[8..];
        if (text[0] == '.')
        {
            var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
            {
                return false;
            }

            text = text[(digits + 1)..];
        }

        var offset = 0;
        if (text is not ['Z' or 'z'])
        {
            if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
                || Number(text[1..3]) is not (>= 0 and < 24 and var hours) || Number(text[4..]) is not (>= 0 and < 60 and var minutes))
            {
                return false;
            }

            offset = ((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1);
        }

        // A leap second is the last of a day in UTC.
        const int Day = 24 * 60;
        return second < 60 || ((hour * 60) + minute - offset + Day) % Day == Day - 1;
    }

    private static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text is not ['P', .. var rest])
        {
            return false;
        }

        var time = rest.IndexOf('T');
        var date = time < 0 ? rest : rest[..time];
        if (date is [.., 'W'])
        {
            return time < 0 && HasUnits(date, "W");
        }

        return (time < 0 || HasUnits(rest[(time + 1)..], "HMS")) && ((date.IsEmpty && time >= 0) || HasUnits(date, "YMD"));
    }

    /// <summary>One number for each of the units, in their order and without a gap.</summary>
    private static bool HasUnits(ReadOnlySpan<char> text, string units)
    {
        var last = -1;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
            {
                return false;
            }

            var unit = units.IndexOf(text[digits], StringComparison.Ordinal);
            if (unit < 0 || (last >= 0 && unit != last + 1))
            {
                return false;
            }

            last = unit;
            text = text[(digits + 1)..];
        }

        return last >= 0;
    }

    private static bool IsEmail(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || !IsLocalPart(text[..at]))
        {
            return false;
        }

        var domain = text[(at + 1)..];
        if (domain is not ['[', .. var literal, ']'])
        {
            return HostName.IsHostName(domain);
        }

        return literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? IsIpv6(literal[5..]) : IsIpv4(literal);
    }

    private static bool IsLocalPart(ReadOnlySpan<char> text)
    {
        if (text is ['"', .. var quoted, '"'])
        {
            for (var i = 0; i < quoted.Length; i++)
            {
                i += quoted[i] == '\\' ? 1 : 0;
                if (i == quoted.Length || quoted[i] is < ' ' or > '~' || (quoted[i] == '"' && (i == 0 || quoted[i - 1] != '\\')))
                {
                    return false;
                }
            }

            return true;
        }

        var last = '.';
        foreach (var c in text)
        {
            if (c == '.' ? last == '.' : !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }

            last = c;
        }

        return last != '.';
    }

    private static bool IsUuid(ReadOnlySpan<char> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What .NET takes, but for the escapes that only .NET has.</summary>
    private static bool IsRegex(ReadOnlySpan<char> text)
    {
        if (text.Length > ContractLimits.Regex)
        {
            return false;
        }

        for (var i = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '\\' && text[++i] is 'A' or 'Z' or 'z' or 'G' or 'a' or 'e')
            {
                return false;
            }
        }

        try
        {
            _ = new Regex(text.ToString(), RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool AreHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number that a few ASCII digits write; -1 where there is anything else.</summary>
    private static int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
