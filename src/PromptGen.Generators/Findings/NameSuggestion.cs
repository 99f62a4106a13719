using System.Collections.Generic;

namespace PromptGen.Generators.Findings;

/// <summary>Finds the name that was probably meant, where that is asked only once of the names; else <see cref="NameIndex"/> does.</summary>
internal static class NameSuggestion
{
    /// <inheritdoc cref="NameIndex.Closest"/>
    public static string? Closest(string written, IEnumerable<string> names) => new NameIndex(names).Closest(written);
}
