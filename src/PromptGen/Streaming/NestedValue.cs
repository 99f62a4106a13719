using System.Buffers;

namespace PromptGen.Streaming;

/// <summary>Follows a JSON string, object or array to its end while its text comes, looking only at the characters that matter. It judges nothing.</summary>
/// <param name="inString">Whether what follows is inside a string.</param>
/// <param name="depth">How many objects and arrays are open.</param>
internal struct NestedValue(bool inString, int depth)
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("\"{}[]");

    private bool _inString = inString;
    private bool _isEscaped;

    /// <summary>What ends or interrupts the characters of a string.</summary>
    public static SearchValues<char> StringMarks { get; } = SearchValues.Create("\"\\");

    /// <summary>How many objects and arrays are open.</summary>
    public int Depth { get; private set; } = depth;

    /// <summary>Goes on to behind the next character that matters.</summary>
    /// <param name="text">What comes next; not empty.</param>
    /// <param name="hasEnded">Whether the value ends there.</param>
    /// <returns>How many characters were passed.</returns>
    public int Pass(ReadOnlySpan<char> text, out bool hasEnded)
    {
        hasEnded = false;
        if (_isEscaped)
        {
            _isEscaped = false;
            return 1;
        }

        var mark = text.IndexOfAny(_inString ? StringMarks : Marks);
        if (mark < 0)
        {
            return text.Length;
        }

        switch (text[mark])
        {
            case '\\':
                _isEscaped = true;
                break;
            case '"':
                _inString = !_inString;
                hasEnded = !_inString && Depth == 0;
                break;
            case '{' or '[':
                Depth++;
                break;
            default:
                hasEnded = --Depth == 0;
                break;
        }

        return mark + 1;
    }
}
