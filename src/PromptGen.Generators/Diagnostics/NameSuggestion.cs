using System;
using System.Collections.Generic;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NameSuggestion
{
    /// <summary>The name that differs in case only, else the one at the smallest edit distance up to 2; null = none is near.</summary>
    public static string? Closest(string written, IEnumerable<string> names)
    {
        string? best = null;
        var bestDistance = written.Length <= 3 ? 2 : 3;
        foreach (var name in names)
        {
            if (string.Equals(written, name, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }

            var distance = Distance(written, name, bestDistance);
            if (distance < bestDistance)
            {
                best = name;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>How many letters to insert, remove or replace; <paramref name="limit"/> where it is that many or more.</summary>
    private static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit)
        {
            return limit;
        }

        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = previous[j - 1] + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return Math.Min(previous[right.Length], limit);
    }
}
