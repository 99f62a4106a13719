using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Emission;

/// <summary>Which of a schema's named members a pattern matches, found out while the code is written as far as that takes no time.</summary>
internal sealed class PatternMatching
{
    // Long enough that a busy machine writes the same code as an idle one.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    // A pattern that would never end is tried once, and no file takes longer than a few of them.
    private const int MaxEndless = 3;

    private readonly Dictionary<string, Regex?> _patterns = new(StringComparer.Ordinal);
    private int _endless;

    /// <summary>Whether the pattern matches the name; null where that is left to run time.</summary>
    public bool? Matches(SchemaPattern pattern, string name)
    {
        if (!_patterns.TryGetValue(pattern.Net, out var regex))
        {
            _patterns.Add(pattern.Net, regex = new Regex(pattern.Net, RegexOptions.CultureInvariant, TimeLimit));
        }

        if (regex is null || _endless == MaxEndless)
        {
            return null;
        }

        try
        {
            return regex.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            _patterns[pattern.Net] = null;
            _endless++;
            return null;
        }
    }
}
