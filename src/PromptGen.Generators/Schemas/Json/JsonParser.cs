using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Schemas.Json;

/// <summary>
/// Parses JSON (RFC 8259) and records the position of each value, which diagnostics need. An analyzer can't depend on a JSON library.
/// </summary>
internal sealed class JsonParser
{
    /// <summary>The deepest nesting that is read: far beyond any schema, and far from the end of the stack.</summary>
    private const int MaxDepth = 256;

    private readonly string _text;
    private int _position;
    private JsonError? _error;

    private JsonParser(string text) => _text = text;

    /// <summary>Parses a whole text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">What is wrong with it; null where nothing is.</param>
    /// <returns>The value; null where there is an error.</returns>
    public static JsonNode? Parse(string text, out JsonError? error)
    {
        var parser = new JsonParser(text);
        parser._position = text.StartsWith("\uFEFF", StringComparison.Ordinal) ? 1 : 0;
        var value = parser.ReadValue(0);
        parser.SkipSpace();
        if (value is not null && parser._position < text.Length)
        {
            parser.Fail("there is text after the end of the JSON value: remove it");
        }

        error = parser._error;
        return error is null ? value : null;
    }

    private JsonNode? ReadValue(int depth)
    {
        SkipSpace();
        if (depth > MaxDepth)
        {
            return Fail("it is nested more than 256 levels deep: move inner schemas to \"$defs\"");
        }

        var start = _position;
        var value = Peek() switch
        {
            '{' => ReadObject(depth),
            '[' => ReadArray(depth),
            '"' => ReadString() is { } text ? JsonNode.String(text) : null,
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
        return value?.At(TextSpan.FromBounds(start, _position));
    }

    private JsonNode? ReadObject(int depth)
    {
        var members = new List<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        _position++;
        SkipSpace();
        if (TryTake('}'))
        {
            return JsonNode.Object(members);
        }

        do
        {
            SkipSpace();
            var start = _position;
            if (Peek() != '"')
            {
                return Fail(members.Count > 0 && Peek() == '}' ? "there is no member after the comma: remove the comma" : "the name of a member, in double quotes, is missing here");
            }

            if (ReadString() is not { } name)
            {
                return null;
            }

            var span = TextSpan.FromBounds(start, _position);
            if (!names.Add(name))
            {
                return Fail($"the object has two members \"{name}\": remove one of the two", span);
            }

            SkipSpace();
            if (!TryTake(':'))
            {
                return Fail("a colon is missing here");
            }

            if (ReadValue(depth + 1) is not { } value)
            {
                return null;
            }

            members.Add(new JsonMember(name, value, span));
            SkipSpace();
        }
        while (TryTake(','));

        return TryTake('}') ? JsonNode.Object(members) : Fail("a comma or } is missing here");
    }

    private JsonNode? ReadArray(int depth)
    {
        var items = new List<JsonNode>();
        _position++;
        SkipSpace();
        if (TryTake(']'))
        {
            return JsonNode.Array(items);
        }

        do
        {
            if (ReadValue(depth + 1) is not { } value)
            {
                return null;
            }

            items.Add(value);
            SkipSpace();
        }
        while (TryTake(','));

        return TryTake(']') ? JsonNode.Array(items) : Fail("a comma or ] is missing here");
    }

    private string? ReadString()
    {
        var start = _position++;
        var text = new StringBuilder();
        while (_position < _text.Length && _text[_position] != '"')
        {
            var c = _text[_position];
            if (c < ' ')
            {
                Fail("a control character in a string has to be escaped, for example as \\n, \\t or \\u0001");
                return null;
            }

            if (c != '\\')
            {
                text.Append(c);
                _position++;
            }
            else if (!TryReadEscape(text))
            {
                Fail("JSON has no such escape sequence: write \\\\ for a backslash", TextSpan.FromBounds(_position, Math.Min(_position + 2, _text.Length)));
                return null;
            }
        }

        if (_position == _text.Length)
        {
            Fail("this string is not closed: add the quote at its end", TextSpan.FromBounds(start, _text.Length));
            return null;
        }

        _position++;
        return text.ToString();
    }

    private bool TryReadEscape(StringBuilder text)
    {
        var code = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        if (code == 'u')
        {
            if (_position + 6 > _text.Length
                || !ushort.TryParse(_text.Substring(_position + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                return false;
            }

            text.Append((char)unit);
            _position += 6;
            return true;
        }

        var index = "\"\\/bfnrt".IndexOf(code);
        if (code == '\0' || index < 0)
        {
            return false;
        }

        text.Append("\"\\/\b\f\n\r\t"[index]);
        _position += 2;
        return true;
    }

    private JsonNode? ReadNumber()
    {
        var start = _position;
        _ = TryTake('-');
        var isWhole = Peek() == '0' ? TryTake('0') : TakeDigits();
        var isNumber = isWhole && (!TryTake('.') || TakeDigits());
        if (isNumber && (TryTake('e') || TryTake('E')))
        {
            _ = TryTake('+') || TryTake('-');
            isNumber = TakeDigits();
        }

        return isNumber
            ? JsonNode.Number(_text.Substring(start, _position - start))
            : Fail("this is not a number in JSON", TextSpan.FromBounds(start, Math.Max(_position, start + 1)));
    }

    private JsonNode? ReadWord()
    {
        foreach (var word in new[] { JsonNode.True, JsonNode.False, JsonNode.Null })
        {
            if (string.CompareOrdinal(_text, _position, word.Text, 0, word.Text.Length) == 0)
            {
                _position += word.Text.Length;
                return word;
            }
        }

        return Fail("a JSON value is missing here");
    }

    private bool TakeDigits()
    {
        var start = _position;
        while (Peek() is >= '0' and <= '9')
        {
            _position++;
        }

        return _position > start;
    }

    private bool TryTake(char c)
    {
        if (Peek() != c)
        {
            return false;
        }

        _position++;
        return true;
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
    }

    private JsonNode? Fail(string message) => Fail(message, new TextSpan(_position, _position < _text.Length ? 1 : 0));

    private JsonNode? Fail(string message, TextSpan span)
    {
        _error ??= new JsonError(message, span);
        return null;
    }
}
