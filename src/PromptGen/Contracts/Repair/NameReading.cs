using System.Buffers;

namespace PromptGen.Contracts.Repair;

/// <summary>Which of an enum's names a text stands for.</summary>
internal static class NameReading
{
    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create(":\n");

    /// <summary>The name that is meant beyond doubt: in another case, with other accents or punctuation, or followed by a colon and an explanation.</summary>
    public static string? Find(NameIndex names, string text, Tolerance tolerance, ReadingGuard guard, out Rungs rungs)
    {
        rungs = Rungs.None;
        if (names.Contains(text))
        {
            return text;
        }

        var trimmed = Words.Trimmed(text, guard);
        if (names.InAnyCase(trimmed) is { } found)
        {
            rungs = trimmed.SequenceEqual(found) ? Rungs.Name : Rungs.Case;
            return found;
        }

        rungs = Rungs.Name;
        return names.ByLettersAndSigns(text, guard) ?? Explained(names, text, guard, ref rungs) ?? (tolerance == Tolerance.Salvage ? InProse(names, text, guard, out rungs) : null);
    }

    private static string? Explained(NameIndex names, ReadOnlySpan<char> text, ReadingGuard guard, ref Rungs rungs)
    {
        // A colon on a later line explains nothing.
        var end = text.IndexOfAny(s_nameEnds, guard);
        var found = end > 0 && text[end] == ':' ? names.ByLettersAndSigns(text[..end], guard) : null;
        rungs |= found is null ? Rungs.None : Rungs.Prose;
        return found;
    }

    /// <summary>The only name that occurs, or the one that does most often; none where one of them is negated.</summary>
    private static string? InProse(NameIndex names, string text, ReadingGuard guard, out Rungs rungs)
    {
        rungs = Rungs.FromProse;
        if (names.HasSigns)
        {
            return null;
        }

        var words = Words.Of(text, guard);
        var parts = names.Names.Select(Words.Of).ToList();
        var byFirst = Enumerable.Range(0, parts.Count).Where(name => parts[name].Count > 0).ToLookup(name => parts[name][0], StringComparer.Ordinal);
        var counts = new int[names.Count];
        for (var i = 0; i < words.Count;)
        {
            var longest = -1;
            foreach (var name in byFirst[words[i]])
            {
                guard.Charge(parts[name].Count);
                if ((longest < 0 || parts[name].Count > parts[longest].Count) && IsAt(words, i, parts[name]))
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
        return most > 0 && counts.Count(count => count == most) == 1 ? names.Names[Array.IndexOf(counts, most)] : null;
    }

    private static bool IsAt(List<string> words, int index, List<string> name)
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
}
