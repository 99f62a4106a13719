using System.Buffers;
using System.Text;
using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>
/// Finds the elements of the array that an answer consists of, <c>{"value": […]}</c> or <c>[…]</c>, while it arrives. Each character is examined
/// once. Text before the root (byte order mark, fence, prose) is skipped as by the reader of whole answers. The contract decides whether an
/// element is valid JSON.
/// </summary>
/// <param name="answer">The text so far.</param>
/// <param name="guard">Counts the work.</param>
internal sealed class ElementScanner(AnswerBuffer answer, ReadingGuard guard)
{
    private static readonly SearchValues<char> Roots = SearchValues.Create("{[");
    private static readonly SearchValues<char> ScalarEnds = SearchValues.Create(",]}: \t\r\n");

    private Place _place;
    private int _position;
    private int _root;
    private int _start;
    private NestedValue _nested;
    private bool _wasRejected;
    private bool _isFenced;
    private List<string>? _rungs;
    private SchemaViolation? _mismatch;

    /// <summary>The position of the scanner in the structure of the answer.</summary>
    private enum Place
    {
        BeforeRoot,
        AfterBrace,
        InName,
        BeforeColon,
        BeforeValue,
        AfterBracket,
        BeforeFirst,
        InNested,
        InScalar,
        AfterElement,
        BeforeNext,
        AfterArray,
        InOther,
        AtEnd,
    }

    /// <summary>Where the element that <see cref="MoveNext"/> found begins.</summary>
    public int ElementStart { get; private set; }

    /// <summary>Where it ends.</summary>
    public int ElementEnd { get; private set; }

    /// <summary>How many elements were found.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the array is in an object, as it should be.</summary>
    public bool IsWrapped { get; private set; }

    /// <summary>The error in the text between the elements.</summary>
    public PromptErrorCode Code { get; private set; }

    /// <summary>The breach, where there is one.</summary>
    public SchemaViolation? Violation { get; private set; }

    /// <summary>What was overlooked, in order.</summary>
    public IReadOnlyList<string> Rungs => _rungs ?? (IReadOnlyList<string>)[];

    /// <summary>Looks at what came since.</summary>
    /// <returns>True where an element is complete; false where more has to come, the array has ended, or <see cref="Code"/> is an error.</returns>
    public bool MoveNext()
    {
        while (_position < answer.Length && _place != Place.AtEnd && Code == PromptErrorCode.None)
        {
            var start = _position;
            var isElement = Step();
            guard.Charge(_position - start + 1);
            if (isElement)
            {
                ElementStart = _start;
                ElementEnd = _position;
                Count++;
                _place = Place.AfterElement;
                return true;
            }
        }

        return false;
    }

    /// <summary>Judges an answer that has ended.</summary>
    public void End()
    {
        if (Code != PromptErrorCode.None)
        {
            return;
        }

        switch (_place)
        {
            case Place.AtEnd:
                NoteProseBehind();
                break;
            case Place.BeforeRoot when _mismatch is not null:
                Fail(PromptErrorCode.SchemaMismatch, _mismatch);
                break;
            case Place.BeforeRoot when answer.From(0).TrimStart('\uFEFF').IsWhiteSpace():
                Code = PromptErrorCode.EmptyOutput;
                break;
            case Place.BeforeRoot:
                Fail(PromptErrorCode.InvalidJson, new SchemaViolation("", "a JSON object", SnippetFrom(0)));
                break;
            default:
                Code = PromptErrorCode.Truncated;
                break;
        }
    }

    /// <summary>Goes on by at least one character, or to another place.</summary>
    /// <returns>True where an element ends here.</returns>
    private bool Step()
    {
        switch (_place)
        {
            case Place.BeforeRoot:
                SeekRoot();
                return false;
            case Place.InName:
                LeaveName();
                return false;
            case Place.InOther:
                _place = Pass() ? Place.BeforeRoot : _place;
                return false;
            case Place.InNested:
                return Pass();
            case Place.InScalar:
                var scalar = Next();
                var end = scalar.IndexOfAny(ScalarEnds);
                _position += end < 0 ? scalar.Length : end;
                return end >= 0;
        }

        var next = answer[_position];
        if (next is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
        else if (_place < Place.BeforeFirst)
        {
            Approach(next);
        }
        else
        {
            GoOn(next);
        }

        return false;
    }

    /// <summary>What comes next, as much as one step goes on by.</summary>
    private ReadOnlySpan<char> Next() => ReadingGuard.SliceOf(answer.From(_position));

    private void SeekRoot()
    {
        var text = Next();
        var start = text.IndexOfAny(Roots);
        if (start < 0)
        {
            _position += text.Length;
            return;
        }

        _root = _position + start;
        _position = _root + 1;
        _place = answer[_root] == '{' ? Place.AfterBrace : Place.AfterBracket;
    }

    /// <summary>A brace or bracket was found: is it the answer, another JSON value, or a part of the prose?</summary>
    private void Approach(char next)
    {
        switch (_place, next)
        {
            case (Place.AfterBrace, '"'):
                _place = Place.InName;
                _position++;
                _start = _position;
                _nested = new NestedValue(inString: true, depth: 0);
                break;
            case (Place.AfterBrace, '}'):
                Mismatch();
                _place = Place.BeforeRoot;
                break;
            case (Place.BeforeColon, ':'):
                _place = Place.BeforeValue;
                _position++;
                break;
            case (Place.BeforeValue, '['):
                IsWrapped = true;
                _position++;
                EnterArray();
                break;
            case (Place.BeforeValue, _):
                Mismatch();
                SkipValue();
                break;
            case (Place.AfterBracket, '{'):
            case (Place.AfterBracket, '[' or ']' or '"' or '-' or (>= '0' and <= '9') or 't' or 'f' or 'n') when !HasProseBefore():
                EnterArray();
                break;
            case (Place.AfterBracket, '[' or '"' or '-' or (>= '0' and <= '9') or 't' or 'f' or 'n'):
                SkipValue();
                break;
            default:
                // Not consumed: it may be the brace that was looked for.
                _wasRejected = true;
                _place = Place.BeforeRoot;
                break;
        }
    }

    private void LeaveName()
    {
        if (!Pass())
        {
            return;
        }

        if (answer.Between(_start, _position - 1) is "value")
        {
            _place = Place.BeforeColon;
        }
        else
        {
            Mismatch();
            SkipValue();
        }
    }

    /// <summary>Reads what is between the elements, and after them.</summary>
    private void GoOn(char next)
    {
        switch (_place, next)
        {
            case (Place.BeforeFirst or Place.AfterElement, ']'):
                _place = IsWrapped ? Place.AfterArray : Place.AtEnd;
                _position++;
                break;
            case (Place.AfterElement, ','):
                _place = Place.BeforeNext;
                _position++;
                break;
            case (Place.BeforeFirst or Place.BeforeNext, not (',' or ']' or '}' or ':')):
                BeginElement(next);
                break;
            case (Place.AfterArray, '}'):
                _place = Place.AtEnd;
                _position++;
                break;
            case (Place.AfterArray, ','):
                Fail(PromptErrorCode.SchemaMismatch, new SchemaViolation("", "no member but \"value\"", SnippetFrom(_position)));
                break;
            default:
                Fail(PromptErrorCode.InvalidJson, new SchemaViolation("", "valid JSON from here on", SnippetFrom(_position)));
                break;
        }
    }

    private void BeginElement(char first)
    {
        _start = _position;
        _nested = new NestedValue(inString: first == '"', depth: first is '{' or '[' ? 1 : 0);
        _place = first is '"' or '{' or '[' ? Place.InNested : Place.InScalar;
        _position += _place == Place.InNested ? 1 : 0;
    }

    /// <summary>Passes through a string, or through an object or array with all that is in it.</summary>
    /// <returns>True once its end was passed.</returns>
    private bool Pass()
    {
        _position += _nested.Pass(Next(), out var hasEnded);
        if (_place == Place.InNested && _nested.Depth > ContractLimits.Depth - (IsWrapped ? 2 : 1))
        {
            Fail(PromptErrorCode.InvalidJson, new SchemaViolation("", $"JSON that is nested at most {ContractLimits.Depth} levels deep", SnippetFrom(_position - 1)));
        }

        return hasEnded;
    }

    private void EnterArray()
    {
        _place = Place.BeforeFirst;
        var before = Before(out var hasBom, out _isFenced);
        _rungs = null;
        Note(hasBom, "Bom");
        Note(_isFenced, "Fence");
        Note(!before.IsEmpty, "Prose");
        Note(!IsWrapped, "Unwrapped");
    }

    private bool HasProseBefore() => _wasRejected || !Before(out _, out _).IsEmpty;

    /// <summary>The text before the root, without byte order mark and fence.</summary>
    private ReadOnlySpan<char> Before(out bool hasBom, out bool isFenced)
    {
        var before = answer.Between(0, _root).TrimEnd();
        hasBom = before is ['\uFEFF', ..];
        before = hasBom ? before[1..] : before;
        var fence = before.LastIndexOf("```");
        isFenced = fence >= 0 && !before[fence..].Contains('\n');
        return (isFenced ? before[..fence] : before).Trim();
    }

    private void NoteProseBehind()
    {
        var behind = answer.From(_position).Trim();
        behind = _isFenced && behind.StartsWith("```") ? behind[3..].Trim() : behind;
        if (!behind.IsEmpty && !Rungs.Contains("Prose"))
        {
            Note(true, "Prose");
        }
    }

    private void Note(bool isSo, string repair)
    {
        if (isSo)
        {
            (_rungs ??= []).Add(repair);
        }
    }

    private void SkipValue()
    {
        _place = Place.InOther;
        _wasRejected = true;
        _nested = new NestedValue(inString: false, depth: 1);
    }

    private void Mismatch()
    {
        _wasRejected = true;
        _mismatch ??= new SchemaViolation("", "an object with the member \"value\" that holds an array", SnippetFrom(_root));
    }

    private void Fail(PromptErrorCode code, SchemaViolation violation)
    {
        Code = code;
        Violation = violation;
    }

    private string SnippetFrom(int start)
    {
        var text = answer.From(start);
        return ContractReader.Snippet(Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 2 * ContractLimits.Snippet)].ToString()));
    }
}
