using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptGen.Generators.Text;

/// <summary>What the text of a regular expression shows, the same on every host of the compiler.</summary>
internal static class PatternText
{
    /// <summary>The pattern for the schema, where one matches anywhere unless it is anchored. The attribute means the whole string.</summary>
    public static string Anchored(string pattern) =>
        pattern.StartsWith("^", StringComparison.Ordinal) && pattern.EndsWith("$", StringComparison.Ordinal)
        && !pattern.EndsWith("\\$", StringComparison.Ordinal) && pattern.IndexOf('|') < 0
            ? pattern
            : $"^(?:{pattern})$";

    // Half of what .NET takes, since the estimate is a rough one.
    private const long MaxStates = 5_000;

    /// <summary>The deepest nesting of groups: whatever reads a pattern goes into each of them.</summary>
    private const int MaxDepth = 256;

    /// <summary>The longest pattern: the framework takes more than twice the time for twice the alternatives.</summary>
    private const int MaxLength = 32_768;

    /// <summary>
    /// Whether the pattern holds what only a backtracking engine can do: looking around, back references, atomic and balancing groups, conditions, or
    /// repetitions of repetitions that add up to more states than the other engine takes.
    /// </summary>
    public static bool NeedsBacktracking(string pattern)
    {
        var start = 0;
        return HasBacktracking(pattern) || States(pattern, ref start, 0) > MaxStates;
    }

    private static bool HasBacktracking(string pattern)
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
                    if (pattern[i + 2] is '=' or '!' or '>' or '(' || isLookBehind || IsBalancing(pattern, i + 2))
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

    /// <summary>Whether a group's name takes another group back: <c>(?&lt;open-close&gt;…)</c>.</summary>
    private static bool IsBalancing(string pattern, int start)
    {
        if (pattern[start] is not ('<' or '\''))
        {
            return false;
        }

        var hasHyphen = false;
        var end = start + 1;
        for (; end < pattern.Length && (char.IsLetterOrDigit(pattern[end]) || pattern[end] is '_' or '-'); end++)
        {
            hasHyphen |= pattern[end] == '-';
        }

        return hasHyphen && end < pattern.Length && pattern[end] == (pattern[start] == '<' ? '>' : '\'');
    }

    /// <summary>Roughly how many states a machine for the pattern has, up to the end of the group.</summary>
    private static long States(string pattern, ref int i, int depth)
    {
        if (depth > MaxDepth)
        {
            return MaxStates + 1;
        }

        var states = 1L;
        var last = 1L;
        for (; i < pattern.Length && pattern[i] != ')' && states <= MaxStates; i++)
        {
            switch (pattern[i])
            {
                case '*' or '+' or '?' or '|':
                    continue;
                case '{' when Repetitions(pattern, ref i) is > 0 and var times:
                    states += last * (times - 1);
                    continue;
                case '(':
                    i++;
                    last = States(pattern, ref i, depth + 1);
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    last = 1;
                    break;
                case '\\':
                    i++;
                    last = 1;
                    break;
                default:
                    last = 1;
                    break;
            }

            states += last;
        }

        return states;
    }

    /// <summary>The most repetitions of a quantifier such as <c>{2,5}</c>, with the position moved to its closing brace; 0 where it is not a quantifier.</summary>
    private static long Repetitions(string pattern, ref int i)
    {
        var end = i + 1;
        while (end < pattern.Length && (pattern[end] is ',' or (>= '0' and <= '9')))
        {
            end++;
        }

        if (end == pattern.Length || pattern[end] != '}')
        {
            return 0;
        }

        var most = 0L;
        foreach (var bound in pattern.Substring(i + 1, end - i - 1).Split(','))
        {
            if (bound.Length > 0)
            {
                if (!int.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return 0;
                }

                most = Math.Max(most, number);
            }
        }

        i = end;
        return Math.Max(1, most);
    }

    private static int EndOfClass(string pattern, int i)
    {
        // A bracket right behind the start is one of the characters.
        i += i + 1 < pattern.Length && pattern[i + 1] == '^' ? 2 : 1;
        for (i += i < pattern.Length && pattern[i] == ']' ? 1 : 0; i < pattern.Length && pattern[i] != ']'; i++)
        {
            i += pattern[i] == '\\' ? 1 : 0;
        }

        return i;
    }

    private static bool IsNestedTooDeep(string pattern)
    {
        var depth = 0;
        for (var i = 0; i < pattern.Length && depth <= MaxDepth; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
            }
        }

        return depth > MaxDepth;
    }

    /// <summary>What is wrong with a pattern; null = nothing.</summary>
    public static string? Error(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            return $"it is longer than {MaxLength} characters";
        }

        if (IsNestedTooDeep(pattern))
        {
            return $"its groups are nested more than {MaxDepth} levels deep";
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
