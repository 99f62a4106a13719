using System.Buffers;
using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>
/// Follows the members of the object that an answer consists of while it arrives: each character is examined once, strings are decoded as
/// they arrive. It validates nothing: where the text is no JSON object the scanner stops, and the contract reports why.
/// </summary>
internal sealed class MemberScanner
{
    private static readonly SearchValues<char> ScalarEnds = SearchValues.Create(",]} \t\r\n");

    private readonly AnswerBuffer _answer;
    private readonly ReadingGuard _guard;
    private readonly AnswerBuffer _name = new();
    private readonly AnswerBuffer _values = new();
    private readonly SnapshotMember[] _members;
    private Place _place;
    private int _position;
    private int _member;
    private int _start;
    private NestedValue _nested;
    private int _escape;
    private int _codeUnit;
    private bool _hasChanged;
    private bool _hasMember;

    /// <param name="answer">The text so far.</param>
    /// <param name="names">The names of the members.</param>
    /// <param name="guard">Counts the work.</param>
    public MemberScanner(AnswerBuffer answer, string[] names, ReadingGuard guard)
    {
        _answer = answer;
        _guard = guard;
        _members = [.. names.Select(name => new SnapshotMember(name, SnapshotState.Pending, _values, 0, 0))];
    }

    private enum Place
    {
        BeforeRoot,
        AfterBrace,
        InName,
        BeforeColon,
        BeforeValue,
        InText,
        InNested,
        InScalar,
        AfterValue,
        BeforeName,
        AtEnd,
    }

    /// <summary>Follows what came since.</summary>
    /// <returns>Whether a member has grown or is done.</returns>
    public bool Read()
    {
        _hasChanged = false;
        while (_position < _answer.Length && _place != Place.AtEnd)
        {
            var start = _position;
            Step();
            _guard.Charge(_position - start + 1);
        }

        if (_hasChanged && _place is Place.InText or Place.InNested or Place.InScalar)
        {
            Mark(SnapshotState.Partial);
        }

        return _hasChanged;
    }

    /// <summary>The members as they are now.</summary>
    public SnapshotMember[] Members() => [.. _members];

    private void Step()
    {
        switch (_place)
        {
            case Place.BeforeRoot:
                var prose = Next();
                var start = prose.IndexOf('{');
                _position += start < 0 ? prose.Length : start + 1;
                _place = start < 0 ? _place : Place.AfterBrace;
                return;
            case Place.InName:
                LeaveName();
                return;
            case Place.InText:
                ReadText();
                return;
            case Place.InNested:
                ReadNested();
                return;
            case Place.InScalar:
                ReadScalar();
                return;
        }

        var next = _answer[_position];
        if (next is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
        else
        {
            GoOn(next);
        }
    }

    /// <summary>What comes next, as much as one step goes on by.</summary>
    private ReadOnlySpan<char> Next() => ReadingGuard.SliceOf(_answer.From(_position));

    private void GoOn(char next)
    {
        switch (_place, next)
        {
            case (Place.AfterBrace or Place.BeforeName, '"'):
                _place = Place.InName;
                _name.Clear();
                _position++;
                break;
            case (Place.AfterBrace, _):
                _place = Place.BeforeRoot;
                break;
            case (Place.BeforeColon, ':'):
                _place = Place.BeforeValue;
                _position++;
                break;
            case (Place.BeforeValue, not (',' or '}' or ']' or ':')):
                BeginValue(next);
                break;
            case (Place.AfterValue, ','):
                _place = Place.BeforeName;
                _position++;
                break;
            case (Place.AfterValue, '}'):
                // An object of other members is no answer: the next one may be.
                _place = _hasMember ? Place.AtEnd : Place.BeforeRoot;
                _position++;
                break;
            default:
                _place = Place.AtEnd;
                break;
        }
    }

    private void LeaveName()
    {
        if (!Decode(_name))
        {
            return;
        }

        _member = -1;
        for (var i = 0; i < _members.Length; i++)
        {
            if (_name.From(0).SequenceEqual(_members[i].Name))
            {
                _member = i;
                _hasMember = true;
            }
        }

        _place = Place.BeforeColon;
    }

    private void BeginValue(char first)
    {
        _start = _values.Length;
        _nested = default;
        _place = first == '"' ? Place.InText : first is '{' or '[' ? Place.InNested : Place.InScalar;
        _position += first == '"' ? 1 : 0;
    }

    private void ReadText()
    {
        var length = _values.Length;
        if (Decode(_values))
        {
            EndValue();
        }
        else if (_values.Length > length)
        {
            HasGrown();
        }
    }

    private void ReadNested()
    {
        var text = Next();
        var length = _nested.Pass(text, out var hasEnded);
        _values.Append(text[..length]);
        _position += length;
        HasGrown();
        if (hasEnded)
        {
            EndValue();
        }
    }

    private void ReadScalar()
    {
        var text = Next();
        var end = text.IndexOfAny(ScalarEnds);
        var length = end < 0 ? text.Length : end;
        _values.Append(text[..length]);
        _position += length;
        HasGrown();
        if (end >= 0)
        {
            EndValue();
        }
    }

    private void HasGrown() => _hasChanged |= _member >= 0;

    private void EndValue()
    {
        HasGrown();
        Mark(SnapshotState.Done);
        _place = Place.AfterValue;
    }

    private void Mark(SnapshotState state)
    {
        if (_member < 0)
        {
            return;
        }

        // The second half of a pair comes with the next update.
        var end = _values.Length;
        end -= state == SnapshotState.Partial && end > _start && char.IsHighSurrogate(_values[end - 1]) ? 1 : 0;
        _members[_member] = new SnapshotMember(_members[_member].Name, state, _values, _start, end);
    }

    /// <summary>Decodes a string as far as it has come.</summary>
    /// <returns>True once its end was passed.</returns>
    private bool Decode(AnswerBuffer target)
    {
        if (_escape > 0)
        {
            DecodeEscape(_answer[_position++], target);
            return false;
        }

        var text = Next();
        var mark = text.IndexOfAny(NestedValue.StringMarks);
        target.Append(mark < 0 ? text : text[..mark]);
        _position += mark < 0 ? text.Length : mark + 1;
        _escape = mark >= 0 && text[mark] == '\\' ? 1 : 0;
        return mark >= 0 && _escape == 0;
    }

    private void DecodeEscape(char next, AnswerBuffer target)
    {
        if (_escape == 1 && next == 'u')
        {
            (_escape, _codeUnit) = (2, 0);
        }
        else if (_escape == 1)
        {
            _escape = 0;
            target.Append(next switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => next });
        }
        else
        {
            // What is no digit makes the answer invalid, which the contract will find.
            _codeUnit = (_codeUnit * 16) + (char.IsAsciiHexDigit(next) ? (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10) : 0);
            if (++_escape == 6)
            {
                _escape = 0;
                target.Append((char)_codeUnit);
            }
        }
    }
}
