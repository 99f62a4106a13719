namespace PromptGen.Contracts.Repair;

/// <summary>Which of an enum's names a text stands for.</summary>
internal static class NameReading
{
    /// <summary>The name that is meant beyond doubt: in another case, with other accents or punctuation, or followed by a colon and an explanation.</summary>
    public static string? Find(IReadOnlyList<string> names, string text, Tolerance tolerance, out Rungs rungs)
    {
        rungs = Rungs.None;
        if (names.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        var found = Single(names, name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            rungs = string.Equals(found, text.Trim(), StringComparison.Ordinal) ? Rungs.Name : Rungs.Case;
            return found;
        }

        rungs = Rungs.Name;
        return Folded(names, text) ?? Explained(names, text, ref rungs) ?? (tolerance == Tolerance.Salvage ? InProse(names, text, out rungs) : null);
    }

    private static string? Folded(IReadOnlyList<string> names, string text)
    {
        var folded = Words.Fold(text);
        var signs = Words.Signs(text);
        return folded.Length == 0 ? null : Single(names, name => Words.Fold(name) == folded && Words.Signs(name) == signs);
    }

    private static string? Explained(IReadOnlyList<string> names, string text, ref Rungs rungs)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var found = colon > 0 && !text.AsSpan(0, colon).Contains('\n') ? Folded(names, text[..colon]) : null;
        rungs |= found is null ? Rungs.None : Rungs.Prose;
        return found;
    }

    /// <summary>The only name that occurs, or the one that does most often; none where one of them is negated.</summary>
    private static string? InProse(IReadOnlyList<string> names, string text, out Rungs rungs)
    {
        rungs = Rungs.FromProse;
        if (names.Any(static name => Words.Signs(name).Length > 0))
        {
            return null;
        }

        var words = Words.Of(text);
        var parts = names.Select(Words.Of).ToList();
        var counts = new int[names.Count];
        for (var i = 0; i < words.Count;)
        {
            var longest = -1;
            for (var name = 0; name < parts.Count; name++)
            {
                if (parts[name].Count > 0 && (longest < 0 || parts[name].Count > parts[longest].Count) && StandsAt(words, i, parts[name]))
                {
                    longest = name;
                }
            }

            if (longest < 0)
            {
                i++;
                continue;
            }

            if (i > 0 && Words.Negates(words[i - 1]))
            {
                return null;
            }

            counts[longest]++;
            i += parts[longest].Count;
        }

        var most = counts.Length == 0 ? 0 : counts.Max();
        return most > 0 && counts.Count(count => count == most) == 1 ? names[Array.IndexOf(counts, most)] : null;
    }

    private static bool StandsAt(List<string> words, int index, List<string> name)
    {
        if (index + name.Count > words.Count)
        {
            return false;
        }

        for (var i = 0; i < name.Count; i++)
        {
            if (words[index + i] != name[i])
            {
                return false;
            }
        }

        return true;
    }

    private static string? Single(IReadOnlyList<string> names, Func<string, bool> fits)
    {
        string? found = null;
        foreach (var name in names)
        {
            if (fits(name))
            {
                if (found is not null)
                {
                    return null;
                }

                found = name;
            }
        }

        return found;
    }
}
