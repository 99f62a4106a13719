namespace PromptGen.Contracts.Schemas;

/// <summary>URIs by the grammar of RFC 3986, which <see cref="Uri"/> is more generous than.</summary>
internal static class UriText
{
    private const string UnreservedAndDelimiters = "-._~!$&'()*+,;=";

    /// <summary>Whether a text is a URI with a scheme.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || !Consists(text[..colon], "+-.", isEscapable: false))
        {
            return false;
        }

        var rest = text[(colon + 1)..];
        var fragment = rest.IndexOf('#');
        if (fragment >= 0)
        {
            if (!IsPart(rest[(fragment + 1)..], ":@/?"))
            {
                return false;
            }

            rest = rest[..fragment];
        }

        var query = rest.IndexOf('?');
        if (query >= 0)
        {
            if (!IsPart(rest[(query + 1)..], ":@/?"))
            {
                return false;
            }

            rest = rest[..query];
        }

        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return IsPart(rest, ":@/");
        }

        rest = rest[2..];
        var path = rest.IndexOf('/');
        return IsAuthority(path < 0 ? rest : rest[..path]) && (path < 0 || IsPart(rest[path..], ":@/"));
    }

    private static bool IsAuthority(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at >= 0)
        {
            if (!IsPart(text[..at], ":"))
            {
                return false;
            }

            text = text[(at + 1)..];
        }

        var end = text is ['[', ..] ? text.IndexOf(']') + 1 : text.IndexOf(':');
        var host = end < 0 ? text : text[..end];
        var port = text[host.Length..];
        if (!port.IsEmpty && (port[0] != ':' || port[1..].IndexOfAnyExceptInRange('0', '9') >= 0))
        {
            return false;
        }

        return host is ['[', .. var address, ']'] ? TextFormats.IsIpv6(address) || IsFutureAddress(address) : text is not ['[', ..] && IsPart(host, "");
    }

    private static bool IsFutureAddress(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        return text is ['v' or 'V', ..] && dot > 1 && dot < text.Length - 1 && IsPart(text[(dot + 1)..], ":") && !text.Contains('%');
    }

    private static bool IsPart(ReadOnlySpan<char> text, string others) => Consists(text, UnreservedAndDelimiters, others, isEscapable: true);

    private static bool Consists(ReadOnlySpan<char> text, string others, bool isEscapable) => Consists(text, others, "", isEscapable);

    private static bool Consists(ReadOnlySpan<char> text, string some, string others, bool isEscapable)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && isEscapable)
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return false;
                }

                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(text[i])
                && !some.Contains(text[i], StringComparison.Ordinal) && !others.Contains(text[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
