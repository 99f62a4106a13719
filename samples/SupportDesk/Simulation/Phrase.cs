namespace Acme.Support.Simulation;

/// <summary>One line of a vocabulary: a phrase and what it speaks for.</summary>
/// <param name="Topic">A queue's name, or <c>Urgency</c>, <c>Not</c> (negates what follows), <c>Fine</c> (negates what precedes), <c>Abuse</c>.</param>
/// <param name="Weight">How strongly; may be negative for <c>Urgency</c>.</param>
/// <param name="Needle">What to look for in a <see cref="PlainText"/>.</param>
internal sealed record Phrase(string Topic, int Weight, string Needle)
{
    /// <summary>Reads a line such as <c>Billing 2 refund*</c>; the star stands for any ending.</summary>
    public static Phrase Parse(string line)
    {
        var parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var words = PlainText.Of(parts[2]);
        var needle = IsWrittenWithoutSpaces(words) ? words.Trim()
            : parts[2].EndsWith('*') ? words.TrimEnd()
            : words;

        return new Phrase(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), needle);
    }

    /// <summary>Where the phrase starts in a <see cref="PlainText"/>.</summary>
    public IEnumerable<int> FindIn(string plainText)
    {
        for (var at = plainText.IndexOf(Needle, StringComparison.Ordinal); at >= 0; at = plainText.IndexOf(Needle, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }

    private static bool IsWrittenWithoutSpaces(string words) => words.Any(character => character is >= '\u3040' and <= '\u9fff');
}
