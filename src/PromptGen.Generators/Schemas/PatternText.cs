using System.Text.RegularExpressions;

namespace PromptGen.Generators.Schemas;

/// <summary>What can be told of a regular expression from its text, the same on every host of the compiler.</summary>
internal static class PatternText
{
    /// <summary>The pattern for the schema, where one matches anywhere unless it is anchored. The attribute means the whole string.</summary>
    public static string Anchored(string pattern) =>
        pattern.StartsWith("^", System.StringComparison.Ordinal) && pattern.EndsWith("$", System.StringComparison.Ordinal)
        && !pattern.EndsWith("\\$", System.StringComparison.Ordinal) && pattern.IndexOf('|') < 0
            ? pattern
            : $"^(?:{pattern})$";

    /// <summary>Whether the pattern holds what only a backtracking engine can do: looking around, back references, atomic groups, conditions.</summary>
    public static bool NeedsBacktracking(string pattern)
    {
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when ++i < pattern.Length:
                    if (!isInClass && (pattern[i] is 'k' or 'G' or (>= '1' and <= '9')))
                    {
                        return true;
                    }

                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '(' when !isInClass && i + 2 < pattern.Length && pattern[i + 1] == '?':
                    var isLookBehind = pattern[i + 2] == '<' && i + 3 < pattern.Length && pattern[i + 3] is '=' or '!';
                    if (pattern[i + 2] is '=' or '!' or '>' or '(' || isLookBehind)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Whether the pattern asks for a word's boundary, which is a backspace inside of brackets.</summary>
    public static bool HasWordBoundary(string pattern)
    {
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && ++i < pattern.Length)
            {
                if (!isInClass && pattern[i] is 'b' or 'B')
                {
                    return true;
                }
            }
            else
            {
                isInClass = pattern[i] == '[' || (isInClass && pattern[i] != ']');
            }
        }

        return false;
    }

    /// <summary>What is wrong with a pattern; null = nothing.</summary>
    public static string? Error(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return null;
        }
        catch (System.ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
