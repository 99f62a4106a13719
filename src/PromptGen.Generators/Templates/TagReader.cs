using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Reads the content of one tag, between its braces: words, quoted strings and <c>name=value</c>.</summary>
internal sealed class TagReader(string text, TextSpan content, List<TemplateProblem> problems)
{
    /// <summary>The most names in a path: each becomes a member access in one expression, which the compiler nests.</summary>
    private const int MaxSegments = 64;

    private int _position = content.Start;

    /// <summary>The character at the reader's position, blanks skipped; <c>\0</c> at the end.</summary>
    public char Peek()
    {
        while (_position < content.End && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        return _position < content.End ? text[_position] : '\0';
    }

    public void Skip() => _position++;

    /// <summary>The next word: up to a blank, a quote or <c>=</c>. Empty at the end.</summary>
    public TextSpan ReadWord()
    {
        Peek();
        var start = _position;
        while (_position < content.End && !char.IsWhiteSpace(text[_position]) && text[_position] is not ('"' or '\'' or '='))
        {
            _position++;
        }

        return TextSpan.FromBounds(start, _position);
    }

    public string TextOf(TextSpan span) => text.Substring(span.Start, span.Length);

    /// <summary>What is left of the tag, blanks at its ends removed.</summary>
    public TextSpan Rest()
    {
        Peek();
        var end = content.End;
        while (end > _position && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(_position < end ? _position : end, end);
    }

    public List<ArgumentSyntax> ReadArguments()
    {
        var arguments = new List<ArgumentSyntax>();
        while (Peek() != '\0')
        {
            var before = _position;
            if (ReadArgument() is { } argument)
            {
                arguments.Add(argument);
            }

            if (_position == before)
            {
                problems.Add(new TemplateProblem(new TextSpan(_position, 1), $"'{text[_position]}' has no meaning here: remove it"));
                _position++;
            }
        }

        return arguments;
    }

    private ArgumentSyntax? ReadArgument()
    {
        var start = _position;
        if (text[_position] is '"' or '\'')
        {
            return ReadString(null, start);
        }

        var word = ReadWord();
        if (word.Length == 0)
        {
            return null;
        }

        if (Peek() != '=')
        {
            return ReadWordArgument(null, start, word);
        }

        Skip();
        var name = TextOf(word);
        var next = Peek();
        if (next is '"' or '\'')
        {
            return ReadString(name, start);
        }

        var value = ReadWord();
        if (value.Length > 0)
        {
            return ReadWordArgument(name, start, value);
        }

        problems.Add(new TemplateProblem(word, $"'{name}=' has no value: write one behind it"));
        return null;
    }

    private ArgumentSyntax ReadString(string? name, int start)
    {
        var quote = text[_position];
        var valueStart = ++_position;
        while (_position < content.End && text[_position] != quote)
        {
            _position++;
        }

        var value = text.Substring(valueStart, _position - valueStart);
        if (_position < content.End)
        {
            _position++;
        }
        else
        {
            problems.Add(new TemplateProblem(new TextSpan(valueStart - 1, 1), "The string is not closed: add the quote at its end"));
        }

        return new ArgumentSyntax(name, TextSpan.FromBounds(start, _position), ArgumentKind.String, value, null);
    }

    private ArgumentSyntax? ReadWordArgument(string? name, int start, TextSpan word)
    {
        var span = TextSpan.FromBounds(start, word.End);
        var value = TextOf(word);
        if (char.IsDigit(value[0]) || value[0] == '-')
        {
            return new ArgumentSyntax(name, span, ArgumentKind.Number, value, null);
        }

        return ReadPath(word) is { } path ? new ArgumentSyntax(name, span, ArgumentKind.Path, value, path) : null;
    }

    /// <summary>Reads a word as a path; null, and a problem reported, where it is none.</summary>
    public PathSyntax? ReadPath(TextSpan word)
    {
        var (position, up, isData, startsWithThis) = ReadStart(word);
        if (Matches(position, word.End, ".") && position + 1 == word.End)
        {
            return new PathSyntax(word, up, null, true, []);
        }

        var segments = ReadSegments(position, word.End);
        if (segments is null || (isData && segments.Count == 0))
        {
            problems.Add(new TemplateProblem(word, ExpressionAdvice.For(TextOf(word)) ?? $"'{TextOf(word)}' is not a name; a placeholder names a parameter or a path to a member, as in order.customer.name"));
            return null;
        }

        if (segments.Count > MaxSegments)
        {
            problems.Add(new TemplateProblem(word, $"The path has more than {MaxSegments} names: pass the member as a parameter of its own"));
            return null;
        }

        if (isData)
        {
            var data = segments[0].Name;
            segments.RemoveAt(0);
            return new PathSyntax(word, up, data, false, segments);
        }

        if (segments.Count > 0 && segments[0].Name == "this")
        {
            segments.RemoveAt(0);
            startsWithThis = true;
        }

        return new PathSyntax(word, up, null, startsWithThis, segments);
    }

    /// <summary>Reads the prefixes of a path, before its names: <c>@</c>, <c>../</c> and <c>./</c>.</summary>
    private (int End, int Up, bool IsData, bool StartsWithThis) ReadStart(TextSpan word)
    {
        var position = word.Start;
        var up = 0;
        var isData = false;
        var startsWithThis = false;
        while (position < word.End)
        {
            if (!isData && text[position] == '@')
            {
                isData = true;
                position++;
            }
            else if (Matches(position, word.End, "../"))
            {
                up++;
                position += 3;
            }
            else if (Matches(position, word.End, "..") && position + 2 == word.End)
            {
                up++;
                startsWithThis = true;
                position += 2;
            }
            else if (Matches(position, word.End, "./"))
            {
                startsWithThis = true;
                position += 2;
            }
            else
            {
                break;
            }
        }

        return (position, up, isData, startsWithThis);
    }

    private List<PathSegment>? ReadSegments(int position, int end)
    {
        var segments = new List<PathSegment>();
        while (position < end)
        {
            var start = position;
            while (position < end && text[position] is not ('.' or '/'))
            {
                position++;
            }

            var span = TextSpan.FromBounds(start, position);
            var name = TextOf(span);
            if (!SyntaxFacts.IsValidIdentifier(name) || position == end - 1)
            {
                return null;
            }

            segments.Add(new PathSegment(name, span));
            position++;
        }

        return segments;
    }

    private bool Matches(int position, int end, string expected) =>
        position + expected.Length <= end && string.CompareOrdinal(text, position, expected, 0, expected.Length) == 0;
}
