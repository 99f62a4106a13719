using System.Collections.Generic;
using PromptGen.Generators.Schemas;

namespace PromptGen.Generators.Emission;

/// <summary>
/// The regular expressions of a contract as static fields. An answer is foreign text, so none may run away with the time: the engine without
/// backtracking is linear, and where a pattern needs the other one it has 50 ms.
/// </summary>
internal sealed class PatternFields
{
    private readonly List<string> _patterns = [];

    /// <summary>The field of a pattern.</summary>
    public string NameOf(string pattern)
    {
        var index = _patterns.IndexOf(pattern);
        if (index < 0)
        {
            index = _patterns.Count;
            _patterns.Add(pattern);
        }

        return "s_pattern" + Literal.Int(index + 1);
    }

    public void Write(SourceWriter source)
    {
        for (var i = 0; i < _patterns.Count; i++)
        {
            const string Options = "global::System.Text.RegularExpressions.RegexOptions.";
            var options = PatternText.NeedsBacktracking(_patterns[i])
                ? $"{Options}CultureInvariant, global::System.TimeSpan.FromMilliseconds(50)"
                : $"{Options}CultureInvariant | {Options}NonBacktracking";
            source.Line();
            source.Line($"private static readonly global::System.Text.RegularExpressions.Regex s_pattern{Literal.Int(i + 1)} =").Indent();
            source.Line($"new({Literal.String("\\A(?:" + _patterns[i] + ")\\z")}, {options});").Unindent();
        }
    }
}
