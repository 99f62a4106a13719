using System.Collections.Generic;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>
/// The regular expressions of a contract as static fields. An answer is foreign text, so none may run away with the time: the engine without
/// backtracking is linear and is limited to <see cref="LinearTimeLimit"/>, the total for all patterns of an answer; a pattern that needs backtracking is
/// limited to <see cref="TimeLimit"/>.
/// </summary>
internal sealed class PatternFields
{
    public const string TimeLimit = "global::System.TimeSpan.FromMilliseconds(50)";

    public const string LinearTimeLimit = "global::System.TimeSpan.FromMilliseconds(250)";

    private const string Options = "global::System.Text.RegularExpressions.RegexOptions.";

    private readonly List<string> _patterns = [];
    private readonly Dictionary<string, int> _indexes = [];

    /// <summary>The arguments behind a pattern where its <c>Regex</c> is made.</summary>
    public static string OptionsOf(string pattern) => PatternText.NeedsBacktracking(pattern)
        ? $"{Options}CultureInvariant, {TimeLimit}"
        : $"{Options}CultureInvariant | {Options}NonBacktracking, {LinearTimeLimit}";

    /// <summary>The field of a pattern.</summary>
    public string NameOf(string pattern)
    {
        if (!_indexes.TryGetValue(pattern, out var index))
        {
            index = _patterns.Count;
            _indexes.Add(pattern, index);
            _patterns.Add(pattern);
        }

        return "s_pattern" + Literal.Int(index + 1);
    }

    public void Write(SourceWriter source)
    {
        for (var i = 0; i < _patterns.Count; i++)
        {
            source.Line();
            source.Line($"private static readonly global::System.Text.RegularExpressions.Regex s_pattern{Literal.Int(i + 1)} =").Indent();
            source.Line($"new({Literal.String("\\A(?:" + _patterns[i] + ")\\z")}, {OptionsOf(_patterns[i])});").Unindent();
        }
    }
}
