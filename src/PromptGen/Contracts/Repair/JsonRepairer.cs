using System.Buffers;

namespace PromptGen.Contracts.Repair;

/// <summary>
/// Reads one value of nearly-JSON as models write it and writes it down as JSON. It makes only repairs that can be read in one way, says
/// which, and refuses the rest; what is JSON already comes out as it went in. Looking ahead has a limit in proportion to the text, and a
/// text that would need more is refused: nothing takes more than linear time.
/// </summary>
internal ref partial struct JsonRepairer
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly ArrayBufferWriter<byte> _json;
    private readonly KnownNames? _names;
    private readonly ReadingGuard _guard;
    private int _position;
    private int _depth;
    private int _arrays;
    private long _lookahead;

    /// <param name="text">The text, which begins with the value and may go on behind it.</param>
    /// <param name="json">Where the JSON goes.</param>
    /// <param name="names">
    /// The names of members, where they are known: anything else that looks like a member is then taken for a part of the text around it, as long
    /// as the quotation marks in that text come in pairs.
    /// </param>
    /// <param name="guard">Counts the work.</param>
    public JsonRepairer(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> json, ReadingGuard guard, KnownNames? names = null)
    {
        _names = names;
        _guard = guard;
        _text = text;
        _json = json;
        _lookahead = 4096 + (8L * text.Length);
    }

    /// <summary>The position of a value, which decides what can end it.</summary>
    private enum Place
    {
        Root,
        Name,
        Member,
        Item,
    }

    /// <summary>What was repaired.</summary>
    public Rungs Rungs { get; private set; }

    /// <summary>How many bytes the value takes, once it is repaired.</summary>
    public readonly int Length => _position;

    /// <summary>Whether a text is one JSON value that needs no repair, all of whose strings are text.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        var repairer = new JsonRepairer(text, new ArrayBufferWriter<byte>(text.Length + 16), guard);
        return repairer.Repair() == RepairOutcome.Repaired && repairer.Rungs == Rungs.None && AnswerText.TrimStart(text[repairer.Length..], guard).IsEmpty;
    }

    /// <summary>Repairs the value.</summary>
    public RepairOutcome Repair()
    {
        SkipSpace(allowHash: false);
        var outcome = _position == _text.Length ? RepairOutcome.Ended : Value(Place.Root);
        return _lookahead < 0 ? RepairOutcome.Refused : outcome;
    }

    /// <summary>Whether the text, which begins with a brace, can be an object rather than prose: a name and a colon come first, or its end.</summary>
    public bool BeginsObject()
    {
        var next = SpaceEnd(1);
        return next == _text.Length || _text[next] is (byte)'}' or (byte)',' or (byte)'#' || Quotation.At(_text, next).Exists || IsName(next);
    }

    private RepairOutcome Value(Place place)
    {
        _guard.Charge(1);
        switch (_text[_position])
        {
            case (byte)'{':
                return Object();
            case (byte)'[':
                return Array();
        }

        return Quotation.At(_text, _position).Exists ? Text(place)
            : TryConstant(place) || TryNumber(place) ? RepairOutcome.Repaired
            : Unquoted(place);
    }

    private RepairOutcome Object()
    {
        if (++_depth > ContractLimits.Depth)
        {
            return RepairOutcome.Refused;
        }

        Write('{');
        _position++;
        var members = 0;
        var hasComma = false;
        while (true)
        {
            SkipSpace(allowHash: true);
            if (HasEnded())
            {
                return RepairOutcome.Ended;
            }

            switch (_text[_position])
            {
                case (byte)'}':
                    Note(hasComma && members > 0 ? Rungs.TrailingComma : Rungs.None);
                    Write('}');
                    _position++;
                    _depth--;
                    return RepairOutcome.Repaired;
                case (byte)',':
                    Note(hasComma || members == 0 ? Rungs.ExtraComma : Rungs.None);
                    hasComma = true;
                    _position++;
                    continue;
                case (byte)']' when _arrays == 0 && !hasComma && members > 0:
                    Note(Rungs.StrayCloser);
                    _position++;
                    continue;
            }

            if (members++ > 0)
            {
                Note(hasComma ? Rungs.None : Rungs.MissingComma);
                Write(',');
            }

            hasComma = false;
            if (Member() is not RepairOutcome.Repaired and var outcome)
            {
                return outcome;
            }
        }
    }

    private RepairOutcome Member()
    {
        var start = _position;
        if (Name() is not RepairOutcome.Repaired and var outcome)
        {
            return outcome;
        }

        var name = _text[start.._position];
        SkipSpace(allowHash: false);
        if (HasEnded())
        {
            return RepairOutcome.Ended;
        }

        if (_text[_position] != ':')
        {
            return RepairOutcome.Refused;
        }

        Write(':');
        _position++;
        SkipSpace(allowHash: false);
        while (_text[_position..].StartsWith(name) && SpaceEnd(_position + name.Length) is var colon && colon < _text.Length && _text[colon] == ':')
        {
            Note(Rungs.RepeatedName);
            _position = colon + 1;
            SkipSpace(allowHash: false);
        }

        return _position == _text.Length ? RepairOutcome.Ended : Value(Place.Member);
    }

    private RepairOutcome Name()
    {
        if (Quotation.At(_text, _position).Exists)
        {
            return Text(Place.Name);
        }

        var length = NameLength(_position);
        var end = SpaceEnd(_position + length);
        if (end == _text.Length)
        {
            return RepairOutcome.Ended;
        }

        if (length == 0 || _text[end] != ':')
        {
            return RepairOutcome.Refused;
        }

        Note(Rungs.Unquoted);
        WriteText(_text.Slice(_position, length));
        _position += length;
        return RepairOutcome.Repaired;
    }

    private RepairOutcome Array()
    {
        if (++_depth > ContractLimits.Depth)
        {
            return RepairOutcome.Refused;
        }

        Write('[');
        _position++;
        _arrays++;
        var items = 0;
        var hasComma = true;
        while (true)
        {
            SkipSpace(allowHash: items > 0);
            if (HasEnded())
            {
                return RepairOutcome.Ended;
            }

            switch (_text[_position])
            {
                case (byte)']':
                    Note(hasComma && items > 0 ? Rungs.TrailingComma : Rungs.None);
                    Write(']');
                    _position++;
                    _depth--;
                    _arrays--;
                    return RepairOutcome.Repaired;
                case (byte)',' when items > 0 && !hasComma:
                    hasComma = true;
                    _position++;
                    continue;
                case (byte)',' or (byte)'}' or (byte)':':
                    // A gap may be an item that was left out, and a brace the end of an object that was not closed in here.
                    return RepairOutcome.Refused;
            }

            if (items++ > 0)
            {
                Note(hasComma ? Rungs.None : Rungs.MissingComma);
                Write(',');
            }

            hasComma = false;
            if (Value(Place.Item) is not RepairOutcome.Repaired and var outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Whether the text ends here, or the fence around the value does.</summary>
    private readonly bool HasEnded() => _position == _text.Length || _text[_position..].StartsWith("```"u8);

    private void Note(Rungs rung) => Rungs |= rung;
}
