using System.Buffers;

namespace PromptGen.Contracts.Repair;

// Values without quotation marks: constants, numbers and texts.
internal ref partial struct JsonRepairer
{
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789"u8);

    private bool TryConstant(Place place)
    {
        var (length, value, isPlain) = ConstantAt(_position, place);
        if (length == 0)
        {
            return false;
        }

        Note(isPlain ? Rungs.None : Rungs.Constant);
        foreach (var c in value)
        {
            Write(c);
        }

        _position += length;
        return true;
    }

    /// <summary>A constant of JSON or Python, in whatever case; what JavaScript leaves undefined is null.</summary>
    private (int Length, string Value, bool IsPlain) ConstantAt(int index, Place place)
    {
        var length = NameLength(index);
        if (length is not (4 or 5 or 9) || !EndsBare(index + length, place))
        {
            return default;
        }

        Span<char> word = stackalloc char[9];
        for (var i = 0; i < length; i++)
        {
            word[i] = (char)_text[index + i];
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("true", "true"), ("false", "false"), ("null", "null"), ("none", "null"), ("undefined", "null")])
        {
            if (word[..length].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return (length, value, word[..length].SequenceEqual(value));
            }
        }

        return default;
    }

    /// <summary>A number as JSON writes it; any other one is text that the contract's type may have a reading for.</summary>
    private bool TryNumber(Place place)
    {
        var length = NumberLength(_text[_position..], _guard);
        if (length == 0 || !EndsBare(_position + length, place))
        {
            return false;
        }

        _json.Write(_text.Slice(_position, length));
        _position += length;
        return true;
    }

    /// <summary>The bytes of the JSON number that a text begins with.</summary>
    private static int NumberLength(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        var i = text is [(byte)'-', ..] ? 1 : 0;
        var whole = Digits(text[i..], guard);
        if (whole == 0 || (whole > 1 && text[i] == '0'))
        {
            return 0;
        }

        i += whole;
        if (i < text.Length && text[i] == '.')
        {
            var fraction = Digits(text[(i + 1)..], guard);
            if (fraction == 0)
            {
                return 0;
            }

            i += 1 + fraction;
        }

        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            var sign = i + 1 < text.Length && text[i + 1] is (byte)'+' or (byte)'-' ? 1 : 0;
            var exponent = Digits(text[(i + 1 + sign)..], guard);
            return exponent == 0 ? 0 : i + 1 + sign + exponent;
        }

        return i;
    }

    private static int Digits(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        var length = text.IndexOfAnyExcept(s_digits, guard);
        return length < 0 ? text.Length : length;
    }

    /// <summary>Whether a constant or number is over here.</summary>
    private bool EndsBare(int index, Place place)
    {
        var next = SpaceEnd(index);
        if (next == _text.Length || place == Place.Root || _text[next] is (byte)'}' or (byte)']')
        {
            return true;
        }

        var hasBreak = _text[index..next].Contains((byte)'\n');
        return place == Place.Item ? _text[next] == ',' || hasBreak || (next > index && _text[next] is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'#')
            : _text[next] == ',' ? IsMemberNext(next + 1)
            : next > index && (IsName(next) || _text[next] == '#' || _text[next..].StartsWith("```"u8));
    }

    /// <summary>Text that lacks its quotation marks, up to what can only be the next member or item, or the end of the object or array.</summary>
    private RepairOutcome Unquoted(Place place)
    {
        var nesting = 0;
        var start = _position;
        for (var i = start; i < _text.Length; i++)
        {
            _guard.Charge(1);
            var c = _text[i];
            if (nesting == 0 && EndsUnquoted(i, place))
            {
                return WriteUnquoted(start, i);
            }

            switch (c)
            {
                case (byte)'(' or (byte)'[' or (byte)'{':
                    nesting++;
                    break;
                case (byte)')' or (byte)']' or (byte)'}':
                    nesting = Math.Max(0, nesting - 1);
                    break;
                case (byte)'"' when LooksLikeNameEnd(i + 1):
                    return RepairOutcome.Refused;
                case (byte)':' when nesting == 0 && i > start && IsNameByte(_text[i - 1]) && i + 1 < _text.Length && SpaceLength(i + 1) > 0:
                    return RepairOutcome.Refused;
                case (byte)'.' when _text[i..].StartsWith("..."u8) && (i == start || AnswerText.TrimEnd(_text[start..i], _guard) is [.., (byte)',']):
                    // Something was left out here.
                    return RepairOutcome.Refused;
            }
        }

        if (place == Place.Root)
        {
            return WriteUnquoted(start, _text.Length);
        }

        return RepairOutcome.Ended;
    }

    private static bool IsNameByte(byte c) => c is >= 0x80 or (byte)'_' || char.IsAsciiLetterOrDigit((char)c);

    private bool EndsUnquoted(int index, Place place)
    {
        switch (_text[index])
        {
            case (byte)'}' or (byte)']':
                return place != Place.Root;
            case (byte)',':
                return place == Place.Item || (place == Place.Member && IsMemberNext(index + 1));
            case (byte)'\n':
                return place != Place.Member || SpaceEnd(index) is var next && (next == _text.Length || _text[next] is (byte)'}' or (byte)',' || IsName(next));
            case (byte)'/':
                return index > 0 && SpaceLength(index - 1) > 0 && CommentEnd(index) > index;
            default:
                return false;
        }
    }

    private RepairOutcome WriteUnquoted(int start, int end)
    {
        var text = AnswerText.TrimEnd(_text[start..end], _guard);
        if (text.IsEmpty || text.Count((byte)'"', _guard) % 2 != 0)
        {
            return RepairOutcome.Refused;
        }

        Note(Rungs.Unquoted);
        WriteText(text);
        _position = start + text.Length;
        return RepairOutcome.Repaired;
    }
}
