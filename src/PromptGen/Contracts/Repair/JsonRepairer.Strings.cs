using System.Buffers;

namespace PromptGen.Contracts.Repair;

// Texts in quotation marks of any kind.
internal ref partial struct JsonRepairer
{
    private static readonly SearchValues<byte> s_nameStarts = SearchValues.Create(" \t\r\n\"'`*"u8);

    private RepairOutcome Text(Place place)
    {
        var open = Quotation.At(_text, _position);
        if (place != Place.Name && open.Length == 1 && IsTriple(_position, open.Kind) && TripleEnd(open.Kind, place) is > 0 and var end)
        {
            WriteBlock(open.Kind, end);
            return RepairOutcome.Repaired;
        }

        Note(open.Kind == '"' ? Rungs.None : Rungs.Quotes);
        var start = _position;
        _position += open.Length;
        Write('"');
        var inner = 0;
        var lastInner = -1;
        while (_position < _text.Length)
        {
            _guard.Charge(1);
            var c = _text[_position];
            if (c == '\\')
            {
                if (Escape() is not RepairOutcome.Repaired and var outcome)
                {
                    return outcome;
                }

                continue;
            }

            var mark = Quotation.At(_text, _position);
            if (open.IsClosedBy(mark))
            {
                if (Closes(_position + mark.Length, place))
                {
                    _position += mark.Length;
                    Write('"');
                    Note(inner > 0 ? Rungs.InnerQuotes : Rungs.None);
                    return IsSound(inner, start, place) && !(inner > 0 && HoldsMember(_text[start.._position], _names, _guard)) ? RepairOutcome.Repaired : RepairOutcome.Refused;
                }

                if (inner == 0 && place != Place.Name && IsConcatenation(_position + mark.Length))
                {
                    Note(Rungs.Concatenation);
                    _position = SpaceEnd(SpaceEnd(_position + mark.Length) + 1);
                    open = Quotation.At(_text, _position);
                    _position += open.Length;
                    continue;
                }

                if (!IsApostrophe(mark))
                {
                    if (SwallowsMember(lastInner, _position + mark.Length) || !IsPaired(inner, mark, place) || IsConcatenation(_position + mark.Length))
                    {
                        return RepairOutcome.Refused;
                    }

                    inner++;
                    lastInner = _position;
                }
            }

            if (place == Place.Member && inner % 2 == 0 && IsLineBeforeMember())
            {
                Write('"');
                Note(Rungs.MissingQuote | (inner > 0 ? Rungs.InnerQuotes : Rungs.None));
                return RepairOutcome.Repaired;
            }

            Note(c < 0x20 ? Rungs.ControlCharacter : Rungs.None);
            WriteCharacter(c);
            for (_position++; _position < _text.Length && (_text[_position] & 0xC0) == 0x80; _position++)
            {
                Write((char)_text[_position]);
            }
        }

        return RepairOutcome.Ended;
    }

    /// <summary>Writes the text between two quotation marks as a JSON string: any further mark in it is a part of the text.</summary>
    public static bool TryWriteText(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> json, ReadingGuard guard)
    {
        var repairer = new JsonRepairer(text, json, guard);
        repairer.Write('"');
        while (repairer._position < text.Length)
        {
            if (text[repairer._position] != '\\')
            {
                repairer.WriteCharacter(text[repairer._position++]);
            }
            else if (repairer.Escape() != RepairOutcome.Repaired)
            {
                return false;
            }
        }

        repairer.Write('"');
        return true;
    }

    /// <summary>
    /// Whether the quotation marks inside a text are plausible: none in a name, pairs in any other text. In an array nothing else shows where an
    /// item ends. A member whose name is not known in advance is not checked.
    /// </summary>
    private readonly bool IsSound(int inner, int start, Place place) =>
        place == Place.Name ? inner == 0 && _position - start <= LongestName && !_text[start.._position].Contains((byte)'\n')
        : inner % 2 == 0 || (place == Place.Member && _names is null);

    private readonly bool IsApostrophe(Quotation mark) =>
        mark.Kind is (byte)'\'' or (byte)'S'
        && _position > 0 && IsLetter(_text[_position - 1])
        && _position + mark.Length < _text.Length && IsLetter(_text[_position + mark.Length]);

    private static bool IsLetter(byte c) => c >= 0x80 || char.IsAsciiLetter((char)c);

    private bool LooksLikeNameEnd(int index)
    {
        index = SpaceEnd(index);
        return index < _text.Length && _text[index] == ':';
    }

    /// <summary>Whether a member's name would become a part of the text, and with it the members behind it.</summary>
    private bool SwallowsMember(int start, int end) =>
        LooksLikeNameEnd(end) && (_names is null || (start >= 0 && IsKnown(start, end)));

    /// <summary>How many quotations in a text are looked at for being a member; with more of them it is no text.</summary>
    private const int MostCommas = 64;

    /// <summary>
    /// Whether a member whose own marks or colon are missing may begin inside a text: after a mark and a comma, the text has what may be a name, or,
    /// where names are known, one of these.
    /// </summary>
    public static bool HoldsMember(ReadOnlySpan<byte> text, KnownNames? names, ReadingGuard guard)
    {
        var commas = 0;
        while (text.IndexOf("\""u8, guard) is >= 0 and var mark)
        {
            text = text[(mark + 1)..];
            if (AnswerText.TrimStart(text, guard) is not [(byte)',', .. var rest])
            {
                continue;
            }

            if (++commas > MostCommas)
            {
                return true;
            }

            rest = rest.TrimStart(s_nameStarts, guard);
            rest = rest[..Math.Min(rest.Length, LongestName)];
            guard.Charge(rest.Length);
            var end = rest.IndexOfAny(":=\"\n"u8);
            if (end > 0 && rest[end] != '\n' && (names is null ? rest[end] != '"' || AnswerText.TrimStart(rest[(end + 1)..], guard) is [(byte)'"', ..] : names.HasLettersOf(rest[..end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this is the end of the line, and a member whose name is known begins the next one: the closing mark was forgotten.</summary>
    private bool IsLineBeforeMember()
    {
        if (_names is null || _text[_position] is not ((byte)',' or (byte)' ' or (byte)'\r' or (byte)'\n') || SpaceLength(_position - 1) > 0)
        {
            return false;
        }

        var start = _text[_position] == ',' ? _position + 1 : _position;
        var next = SpaceEnd(start);
        return next < _text.Length && _text[start..next].Contains((byte)'\n') && Quotation.At(_text, next).Exists && IsName(next);
    }

    /// <summary>Whether texts are added up here as a program would.</summary>
    private bool IsConcatenation(int index)
    {
        var plus = SpaceEnd(index);
        if (plus == _text.Length || _text[plus] != '+')
        {
            return false;
        }

        var next = SpaceEnd(plus + 1);
        return next < _text.Length && Quotation.At(_text, next).Exists;
    }

    /// <summary>
    /// Whether an inner mark looks as its position requires: marks open and close in turn. This is checked for items, where nothing else shows what an
    /// item is, and where names are known.
    /// </summary>
    private readonly bool IsPaired(int inner, Quotation mark, Place place)
    {
        if (_names is null && place != Place.Item)
        {
            return true;
        }

        var after = _position + mark.Length < _text.Length ? _text[_position + mark.Length] : (byte)' ';
        return inner % 2 == 1
            ? !IsNameByte(after)
            : _text[_position - 1] is (byte)' ' or (byte)'\n' or (byte)'(' or (byte)'[' or (byte)'{' or (byte)'=' or (byte)':' or (byte)',' or (byte)'`' or (byte)'\'' or (byte)'"' or (byte)'/' or (byte)'|' or (byte)'<' or (byte)'>';
    }

    /// <summary>An escape: one that JSON knows stays, of any other one the backslash is taken for text.</summary>
    private RepairOutcome Escape()
    {
        if (_position + 1 == _text.Length)
        {
            return RepairOutcome.Ended;
        }

        var c = _text[_position + 1];
        switch (c)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                _json.Write(_text.Slice(_position, 2));
                _position += 2;
                return RepairOutcome.Repaired;
            case (byte)'u' when TryUnicode(out var length):
                _json.Write(_text.Slice(_position, length));
                _position += length;
                return length == 0 ? RepairOutcome.Refused : RepairOutcome.Repaired;
            case (byte)'\'' or (byte)'`' or (byte)'\n':
                Note(Rungs.Escape);
                WriteCharacter(c);
                _position += 2;
                return RepairOutcome.Repaired;
            default:
                Note(Rungs.Escape);
                _json.Write("\\\\"u8);
                _position++;
                return RepairOutcome.Repaired;
        }
    }

    /// <summary>A Unicode escape, or a pair of them; of length 0 where it is half of a pair, which is no text.</summary>
    private readonly bool TryUnicode(out int length)
    {
        length = 6;
        if (!TryHex(_position + 2, out var unit))
        {
            return false;
        }

        if (char.IsSurrogate(unit))
        {
            var isPair = char.IsHighSurrogate(unit) && _text[(_position + 6)..].StartsWith("\\u"u8)
                && TryHex(_position + 8, out var low) && char.IsLowSurrogate(low);
            length = isPair ? 12 : 0;
        }

        return true;
    }

    private readonly bool TryHex(int index, out char unit)
    {
        unit = default;
        for (var i = index; i < index + 4; i++)
        {
            if (i >= _text.Length || !char.IsAsciiHexDigit((char)_text[i]))
            {
                return false;
            }

            unit = (char)((unit << 4) | Convert.ToInt32(((char)_text[i]).ToString(), 16));
        }

        return true;
    }

    /// <summary>Whether a text ends with the quotation mark before this place, judged by what follows.</summary>
    private bool Closes(int index, Place place)
    {
        var next = SpaceEnd(index);
        if (next == _text.Length)
        {
            return true;
        }

        var c = _text[next];
        return place switch
        {
            Place.Name => c == ':',
            Place.Root => false,
            Place.Member => c switch
            {
                (byte)'}' => ClosesContainer(next + 1),
                (byte)',' => IsMemberNext(next + 1),
                (byte)'#' => next > index,
                (byte)'`' => _text[next..].StartsWith("```"u8),
                _ => next > index && IsName(next),
            },
            _ => c switch
            {
                (byte)']' or (byte)'}' => ClosesContainer(next + 1),
                (byte)',' => IsItemNext(next + 1),
                (byte)'#' or (byte)'{' or (byte)'[' => next > index,
                (byte)'`' when _text[next..].StartsWith("```"u8) => true,
                _ => next > index && Quotation.At(_text, next).Exists,
            },
        };
    }

    private bool ClosesContainer(int index)
    {
        var next = SpaceEnd(index);
        if (next == _text.Length || _text[next] is (byte)',' or (byte)'}' or (byte)']' || _text[next..].StartsWith("```"u8))
        {
            return true;
        }

        var mark = Quotation.At(_text, next);
        return _depth > 1 ? next > index || !mark.Exists
            : _names is null ? !mark.Exists
            : _text[index..next].Contains((byte)'\n');
    }

    private bool IsMemberNext(int index)
    {
        var next = SpaceEnd(index);
        return next == _text.Length || _text[next] is (byte)'}' or (byte)',' or (byte)'#' || IsName(next)
            || _text[next..].StartsWith("```"u8)
            // A name that is too long to look at is a name anyway.
            || (_text[next] == '"' && _text[next..Math.Min(_text.Length, next + LongestName)][1..].IndexOfAny((byte)'"', (byte)'\n') < 0);
    }

    private bool IsItemNext(int index)
    {
        var next = SpaceEnd(index);
        return next == _text.Length
            || _text[next] is (byte)']' or (byte)'{' or (byte)'[' or (byte)'-' or (byte)'#' or (>= (byte)'0' and <= (byte)'9')
            || Quotation.At(_text, next).Exists
            || ConstantAt(next, Place.Item).Length > 0;
    }
}
