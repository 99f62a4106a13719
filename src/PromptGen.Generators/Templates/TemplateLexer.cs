using System;
using System.Collections;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Cuts a template into text and tags. Takes any text in linear time: what is no complete tag is text, with a problem reported.</summary>
internal sealed class TemplateLexer
{
    private readonly string _text;
    private readonly List<TemplateToken> _tokens = [];
    private readonly List<TemplateProblem> _problems;

    /// <summary>Where the search for the end of a tag has been, of two braces and of three: where it led nowhere once, it leads nowhere again.</summary>
    private readonly BitArray?[] _searched = new BitArray?[2];

    private int _textStart;
    private bool _noBlockCommentEnd;
    private bool _noCommentEnd;

    private TemplateLexer(string text, List<TemplateProblem> problems)
    {
        _text = text;
        _problems = problems;
    }

    public static List<TemplateToken> Read(string text, List<TemplateProblem> problems)
    {
        var lexer = new TemplateLexer(text, problems);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        var position = 0;
        while (position < _text.Length)
        {
            var open = _text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            if (IsBackslash(open - 1))
            {
                // \{{ is text; \\{{ is a backslash and then a tag.
                var escaped = !IsBackslash(open - 2);
                FlushText(open - 1);
                _tokens.Add(new TemplateToken(TemplateTokenKind.Escape, new TextSpan(open - 1, 1), new TextSpan(open - 1, 0)));
                _textStart = open;
                if (escaped)
                {
                    position = open + 2;
                    continue;
                }
            }

            var tag = ReadTag(open);
            if (tag is null)
            {
                _problems.Add(new TemplateProblem(new TextSpan(open, 2), "'{{' is not closed by '}}'; write '\\{{' where the braces are meant as text"));
                position = open + 2;
                continue;
            }

            FlushText(open);
            _tokens.Add(tag);
            position = _textStart = tag.Span.End;
        }

        FlushText(_text.Length);
    }

    private TemplateToken? ReadTag(int open)
    {
        var start = open + 2;
        var trimsBefore = At(start) == '~';
        if (trimsBefore)
        {
            start++;
        }

        return At(start) == '!' ? ReadComment(open, start, trimsBefore) : ReadTag(open, start, trimsBefore);
    }

    private TemplateToken? ReadTag(int open, int start, bool trimsBefore)
    {
        var isTriple = At(start) == '{';
        if (isTriple)
        {
            start++;
        }

        var searched = _searched[isTriple ? 1 : 0] ??= new BitArray(_text.Length);
        for (var i = start; i + 1 < _text.Length && !searched[i]; i++)
        {
            searched[i] = true;
            switch (_text[i])
            {
                case '"' or '\'' when i == start || _text[i - 1] is '=' || char.IsWhiteSpace(_text[i - 1]):
                    i = EndOfString(i);
                    break;

                case '{' when _text[i + 1] == '{':
                    return null;

                case '}' when isTriple && _text[i + 1] == '}' && At(i + 2) == '}':
                    return Tag(open, start, i, i + 3, trimsBefore, trimsAfter: false);

                case '}' when isTriple && _text[i + 1] == '~' && At(i + 2) == '}' && At(i + 3) == '}':
                    return Tag(open, start, i, i + 4, trimsBefore, trimsAfter: true);

                case '}' when _text[i + 1] == '}':
                    if (isTriple)
                    {
                        _problems.Add(new TemplateProblem(new TextSpan(open, 3), "'{{{' is closed by '}}'; write '{{' or '}}}'"));
                    }

                    var trimsAfter = i > start && _text[i - 1] == '~';
                    return Tag(open, start, trimsAfter ? i - 1 : i, i + 2, trimsBefore, trimsAfter);
            }
        }

        return null;
    }

    private TemplateToken? ReadComment(int open, int start, bool trimsBefore)
    {
        if (At(start + 1) == '-' && At(start + 2) == '-' && !_noBlockCommentEnd)
        {
            for (var i = _text.IndexOf("--", start + 1, StringComparison.Ordinal); i >= 0; i = _text.IndexOf("--", i + 1, StringComparison.Ordinal))
            {
                var trimsAfter = At(i + 2) == '~';
                var end = trimsAfter ? i + 3 : i + 2;
                if (At(end) == '}' && At(end + 1) == '}')
                {
                    return new TemplateToken(TemplateTokenKind.Comment, TextSpan.FromBounds(open, end + 2), new TextSpan(start, 0), trimsBefore, trimsAfter);
                }
            }

            // Remembered, so that a text full of unclosed comments is not searched to its end for each.
            _noBlockCommentEnd = true;
        }

        var close = _noCommentEnd ? -1 : _text.IndexOf("}}", start, StringComparison.Ordinal);
        if (close < 0)
        {
            _noCommentEnd = true;
            return null;
        }

        return new TemplateToken(TemplateTokenKind.Comment, TextSpan.FromBounds(open, close + 2), new TextSpan(start, 0), trimsBefore, _text[close - 1] == '~');
    }

    private static TemplateToken Tag(int open, int start, int contentEnd, int end, bool trimsBefore, bool trimsAfter) =>
        new(TemplateTokenKind.Tag, TextSpan.FromBounds(open, end), TextSpan.FromBounds(start, contentEnd), trimsBefore, trimsAfter);

    /// <summary>The closing quote where there is one on the same line, else the quote itself.</summary>
    private int EndOfString(int quote)
    {
        for (var i = quote + 1; i < _text.Length && _text[i] != '\n'; i++)
        {
            if (_text[i] == _text[quote])
            {
                return i;
            }
        }

        return quote;
    }

    private void FlushText(int end)
    {
        if (end > _textStart)
        {
            _tokens.Add(TemplateToken.Text(_textStart, end));
        }

        _textStart = end;
    }

    private bool IsBackslash(int position) => position >= _textStart && _text[position] == '\\';

    private char At(int position) => position < _text.Length ? _text[position] : '\0';
}
