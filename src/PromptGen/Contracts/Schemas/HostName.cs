namespace PromptGen.Contracts.Schemas;

/// <summary>Host names (RFC 1123), internationalized labels in their ASCII form included (RFC 5890 to 5892).</summary>
internal static class HostName
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;

    public static bool IsHostName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        while (true)
        {
            var dot = text.IndexOf('.');
            if (!IsLabel(dot < 0 ? text : text[..dot]))
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            text = text[(dot + 1)..];
        }
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return !label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || InternationalLabel.IsValid(label[4..]);
    }
}
