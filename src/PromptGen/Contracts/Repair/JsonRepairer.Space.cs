using System.Buffers;

namespace PromptGen.Contracts.Repair;

// White space and comments between tokens, and lookahead.
internal ref partial struct JsonRepairer
{
    private const int LongestName = 256;

    /// <summary>Skips white space and comments. A hash is a comment only where no value can begin.</summary>
    private void SkipSpace(bool allowHash)
    {
        while (_position < _text.Length)
        {
            var length = SpaceLength(_position);
            _guard.Charge(1);
            if (length > 0)
            {
                Note(length > 1 || _text[_position] is (byte)'\f' or (byte)'\v' ? Rungs.Whitespace : Rungs.None);
                _position += length;
                continue;
            }

            var end = CommentEnd(_position);
            if (end == _position && allowHash && _text[_position] == '#')
            {
                end = LineEnd(_position);
            }

            if (end == _position)
            {
                return;
            }

            Note(Rungs.Comment);
            _position = end;
        }
    }

    /// <summary>Where white space and comments end.</summary>
    private int SpaceEnd(int index)
    {
        while (index < _text.Length && _lookahead >= 0)
        {
            var next = index + SpaceLength(index);
            next = next == index ? CommentEnd(index) : next;
            if (next == index)
            {
                break;
            }

            _lookahead -= next - index;
            _guard.Charge(1);
            index = next;
        }

        return index;
    }

    /// <summary>The bytes of the white space at a place, of whatever kind; 0 where there is none.</summary>
    private readonly int SpaceLength(int index) => _text[index] switch
    {
        (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f' or (byte)'\v' => 1,
        0xC2 when Follows(index, 0xA0) => 2,
        0xE1 when Follows(index, 0xA0) && index + 2 < _text.Length && _text[index + 2] == 0x8E => 3,
        0xE2 when Follows(index, 0x80) && index + 2 < _text.Length && _text[index + 2] is (>= 0x80 and <= 0x8B) or 0xAF => 3,
        0xE2 when Follows(index, 0x81) && index + 2 < _text.Length && _text[index + 2] == 0x9F => 3,
        0xE3 when Follows(index, 0x80) && index + 2 < _text.Length && _text[index + 2] == 0x80 => 3,
        0xEF when Follows(index, 0xBB) && index + 2 < _text.Length && _text[index + 2] == 0xBF => 3,
        _ => 0,
    };

    private readonly bool Follows(int index, byte next) => index + 1 < _text.Length && _text[index + 1] == next;

    /// <summary>Where the comment ends that begins at a place; the place itself where none does.</summary>
    private int CommentEnd(int index)
    {
        if (_text[index] != '/' || index + 1 == _text.Length)
        {
            return index;
        }

        switch (_text[index + 1])
        {
            case (byte)'/':
                return LineEnd(index);
            case (byte)'*':
                var end = _text[(index + 2)..].IndexOf("*/"u8, _guard);
                _lookahead -= end < 0 ? _text.Length - index : 0;
                return end < 0 ? _text.Length : index + end + 4;
            default:
                return index;
        }
    }

    private readonly int LineEnd(int index)
    {
        var length = _text[index..].IndexOf("\n"u8, _guard);
        return length < 0 ? _text.Length : index + length;
    }

    /// <summary>The bytes of a name without quotes: letters, digits, <c>_</c>, <c>$</c>, <c>-</c>, and what is no ASCII.</summary>
    private readonly int NameLength(int index)
    {
        var length = 0;
        while (index + length < _text.Length && length < LongestName
            && (_text[index + length] is >= 0x80 or (byte)'_' or (byte)'$' or (byte)'-' || char.IsAsciiLetterOrDigit((char)_text[index + length])))
        {
            length++;
        }

        _guard.Charge(length);
        return length;
    }

    /// <summary>Whether a member's name and its colon begin at an index.</summary>
    private bool IsName(int index)
    {
        if (index >= _text.Length)
        {
            return false;
        }

        var end = NameEnd(index);
        if (end == index || !IsKnown(index, end))
        {
            return false;
        }

        end = SpaceEnd(end);
        return end < _text.Length && _text[end] == ':' && !_text[(end + 1)..].StartsWith("//"u8);
    }

    /// <summary>Whether a name, with its quotation marks or without, is one that a member can have.</summary>
    private readonly bool IsKnown(int start, int end)
    {
        if (_names is null)
        {
            return true;
        }

        var mark = Quotation.At(_text, start);
        // The closing mark may be of another kind than the opening one.
        var closing = _text[end - 1] < 0x80 ? 1 : _text[end - 2] == 0xC2 ? 2 : 3;
        var name = !mark.Exists ? _text[start..end] : end - closing < start + mark.Length ? [] : _text[(start + mark.Length)..(end - closing)];
        return _names.Contains(name);
    }

    private int NameEnd(int index)
    {
        var open = Quotation.At(_text, index);
        if (!open.Exists)
        {
            return index + NameLength(index);
        }

        var limit = Math.Min(_text.Length, index + LongestName);
        for (var i = index + open.Length; i < limit; i++)
        {
            _guard.Charge(1);
            if (_text[i] == '\\')
            {
                i++;
            }
            else if (_text[i] == '\n')
            {
                return index;
            }
            else if (open.IsClosedBy(Quotation.At(_text, i)))
            {
                return i + Quotation.At(_text, i).Length;
            }
        }

        return index;
    }

    private readonly void Write(char c) => _json.Write([(byte)c]);

    private readonly void WriteText(ReadOnlySpan<byte> text)
    {
        Write('"');
        foreach (var c in text)
        {
            WriteCharacter(c);
        }

        Write('"');
    }

    /// <summary>Writes a byte of a string's text, escaped where JSON asks for it.</summary>
    private readonly void WriteCharacter(byte c)
    {
        _guard.Charge(1);
        switch (c)
        {
            case (byte)'"':
                _json.Write("\\\""u8);
                break;
            case (byte)'\\':
                _json.Write("\\\\"u8);
                break;
            case (byte)'\n':
                _json.Write("\\n"u8);
                break;
            case (byte)'\r':
                _json.Write("\\r"u8);
                break;
            case (byte)'\t':
                _json.Write("\\t"u8);
                break;
            case < 0x20:
                _json.Write("\\u00"u8);
                Write(c < 0x10 ? '0' : '1');
                Write("0123456789abcdef"[c & 15]);
                break;
            default:
                Write((char)c);
                break;
        }
    }
}
