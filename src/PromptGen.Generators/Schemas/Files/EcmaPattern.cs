using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// Regular expressions of ECMA-262 in the words of .NET: classes that are ASCII there and Unicode here, anchors that mean the end, characters
/// beyond the basic plane, which .NET sees as two.
/// </summary>
internal sealed class EcmaPattern
{
    private const string Digits = "0-9";
    private const string Word = "a-zA-Z0-9_";
    private const string Space = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string NoDigits = @"\u0000-/:-\uffff";
    private const string NoWord = @"\u0000-/:-@\[-\^`{-\uffff";
    private const string NoSpace = @"\u0000-\b\u000e-\u001f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    private static readonly Dictionary<string, string> Categories = (
        "Letter=L Uppercase_Letter=Lu Lowercase_Letter=Ll Titlecase_Letter=Lt Modifier_Letter=Lm Other_Letter=Lo Mark=M Combining_Mark=M "
        + "Nonspacing_Mark=Mn Spacing_Mark=Mc Enclosing_Mark=Me Number=N Decimal_Number=Nd digit=Nd Letter_Number=Nl Other_Number=No "
        + "Punctuation=P punct=P Connector_Punctuation=Pc Dash_Punctuation=Pd Open_Punctuation=Ps Close_Punctuation=Pe "
        + "Initial_Punctuation=Pi Final_Punctuation=Pf Other_Punctuation=Po Symbol=S Math_Symbol=Sm Currency_Symbol=Sc Modifier_Symbol=Sk "
        + "Other_Symbol=So Separator=Z Space_Separator=Zs Line_Separator=Zl Paragraph_Separator=Zp Other=C Control=Cc cntrl=Cc Format=Cf "
        + "Surrogate=Cs Private_Use=Co Unassigned=Cn")
        .Split(' ').Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> ShortCategories = [.. Categories.Values];

    private readonly string _text;
    private readonly StringBuilder _net = new();
    private int _position;
    private bool _wasEscaped;
    private string? _error;

    private EcmaPattern(string text) => _text = text;

    /// <summary>Translates a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="error">What is wrong with it, or has no counterpart; null where nothing is.</param>
    public static SchemaPattern Translate(string text, out string? error)
    {
        var pattern = new EcmaPattern(text);
        while (pattern._position < text.Length && pattern._error is null)
        {
            pattern.Next();
        }

        var net = pattern._net.ToString();
        error = pattern._error ?? PatternText.Error(net);
        return new SchemaPattern(text, net);
    }

    private void Next()
    {
        var c = _text[_position];
        switch (c)
        {
            case '\\':
                Escape();
                break;
            case '[':
                Class();
                break;
            case '.':
                _net.Append(@"[^\n\r\u2028\u2029]");
                _position++;
                break;
            case '$':
                _net.Append(@"\z");
                _position++;
                break;
            case '#' or ' ':
                _net.Append(c);
                _position++;
                break;
            default:
                Character(TakeCharacter());
                break;
        }
    }

    private void Escape()
    {
        var code = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        _position += 2;
        switch (code)
        {
            case '\0':
                _error = "it ends in a backslash";
                break;
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                _net.Append('[').Append(Set(code)).Append(']');
                break;
            case 'p' or 'P':
                _net.Append(Category(code));
                break;
            case 'b' or 'B' or (>= '1' and <= '9'):
                _net.Append('\\').Append(code);
                break;
            case 'k' when _position < _text.Length && _text[_position] == '<':
                _net.Append(@"\k");
                break;
            default:
                Character(EscapedCharacter(code));
                break;
        }
    }

    /// <summary>A character by itself; one beyond the basic plane as a group of its two halves, so that what counts it counts both.</summary>
    private void Character(int code)
    {
        if (code > 0xFFFF)
        {
            _net.Append("(?:").Append(Unit(char.ConvertFromUtf32(code)[0])).Append(Unit(char.ConvertFromUtf32(code)[1])).Append(')');
        }
        else
        {
            _net.Append(_wasEscaped ? Literal((char)code) : ((char)code).ToString());
        }
    }

    private int TakeCharacter()
    {
        _wasEscaped = false;
        var isPair = char.IsHighSurrogate(_text[_position]) && _position + 1 < _text.Length && char.IsLowSurrogate(_text[_position + 1]);
        var code = isPair ? char.ConvertToUtf32(_text, _position) : _text[_position];
        _position += isPair ? 2 : 1;
        return code;
    }

    /// <summary>What an escape stands for; the position is behind the character after the backslash.</summary>
    private int EscapedCharacter(char code)
    {
        _wasEscaped = true;
        switch (code)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'r': return '\r';
            case 'v': return '\v';
            case 'f': return '\f';
            case '0': return '\0';
            case 'c' when _position < _text.Length && char.IsLetter(_text[_position]) && _text[_position] < 128: return _text[_position++] % 32;
            case 'x' when Hex(2) is { } value: return value;
            case 'u' when _position < _text.Length && _text[_position] == '{':
                var end = _text.IndexOf('}', _position);
                if (end > 0 && int.TryParse(_text.Substring(_position + 1, end - _position - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
                    && point is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF))
                {
                    _position = end + 1;
                    return point;
                }

                break;
            case 'u' when Hex(4) is { } value:
                if (char.IsHighSurrogate((char)value) && string.CompareOrdinal(_text, _position, "\\u", 0, 2) == 0)
                {
                    _position += 2;
                    if (Hex(4) is { } low && char.IsLowSurrogate((char)low))
                    {
                        return char.ConvertToUtf32((char)value, (char)low);
                    }

                    _position -= 2;
                }

                return value;
            default:
                if (code > 128 || !char.IsLetterOrDigit(code))
                {
                    return code;
                }

                break;
        }

        _error = $"\\{code} is no escape sequence of ECMA-262";
        return 0;
    }

    private int? Hex(int digits)
    {
        if (_position + digits > _text.Length
            || !int.TryParse(_text.Substring(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        _position += digits;
        return value;
    }

    private void Class()
    {
        _position++;
        var isNegated = _position < _text.Length && _text[_position] == '^';
        _position += isNegated ? 1 : 0;
        var units = new StringBuilder();
        var pairs = new List<string>();
        while (_error is null)
        {
            if (_position >= _text.Length)
            {
                _error = "a character class has no end";
                return;
            }

            if (_text[_position] == ']')
            {
                _position++;
                break;
            }

            Member(units, pairs);
        }

        if (pairs.Count > 0 && isNegated)
        {
            _error = "a negated class with characters beyond U+FFFF has no counterpart in .NET";
        }

        var set = units.Length > 0 ? (isNegated ? "[^" : "[") + units + "]" : isNegated ? @"[\s\S]" : "(?!)";
        _net.Append(pairs.Count == 0 ? set : "(?:" + string.Join("|", pairs) + (units.Length > 0 ? "|" + set : "") + ")");
    }

    private void Member(StringBuilder units, List<string> pairs)
    {
        if (TryTakeSet(out var set))
        {
            units.Append(set);
            return;
        }

        var first = ClassCharacter();
        var isRange = _position + 1 < _text.Length && _text[_position] == '-' && _text[_position + 1] != ']';
        if (isRange && _position + 2 < _text.Length && _text[_position + 1] == '\\' && "dDwWsSpP".IndexOf(_text[_position + 2]) >= 0)
        {
            // [a-\d]: the hyphen is one.
            isRange = false;
        }

        _position += isRange ? 1 : 0;
        var last = isRange ? ClassCharacter() : first;
        if (_error is not null || last < first)
        {
            _error ??= "a range in a character class runs backwards";
            return;
        }

        if (first <= 0xFFFF)
        {
            var end = (char)Math.Min(last, 0xFFFF);
            units.Append(Literal((char)first)).Append(end > first ? "-" + Literal(end) : "");
            first = 0x10000;
        }

        AddPairs(first, last, pairs);
    }

    private bool TryTakeSet(out string set)
    {
        set = "";
        if (_text[_position] != '\\' || _position + 1 >= _text.Length)
        {
            return false;
        }

        var code = _text[_position + 1];
        if ("dDwWsSpP".IndexOf(code) < 0)
        {
            return false;
        }

        _position += 2;
        set = code is 'p' or 'P' ? Category(code) : Set(code);
        return true;
    }

    private int ClassCharacter()
    {
        if (_text[_position] != '\\')
        {
            return TakeCharacter();
        }

        var code = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        _position += 2;
        return code == 'b' ? '\b' : EscapedCharacter(code);
    }

    /// <summary>Characters beyond the basic plane as pairs: whole rows in the middle, parts of a row at either end.</summary>
    private static void AddPairs(int first, int last, List<string> pairs)
    {
        while (first <= last)
        {
            var end = Math.Min(last, first | 0x3FF);
            var isWholeRow = (first & 0x3FF) == 0 && end == (first | 0x3FF);
            var high = char.ConvertFromUtf32(first)[0];
            var lastHigh = high;
            if (isWholeRow)
            {
                end = Math.Max(end, ((last + 1) & ~0x3FF) - 1);
                lastHigh = char.ConvertFromUtf32(end)[0];
            }

            var highs = lastHigh > high ? $"[{Unit(high)}-{Unit(lastHigh)}]" : Unit(high);
            pairs.Add($"{highs}[{Unit(char.ConvertFromUtf32(first)[1])}-{Unit(char.ConvertFromUtf32(end)[1])}]");
            first = end + 1;
        }
    }

    private static string Set(char code) => code switch
    {
        'd' => Digits,
        'D' => NoDigits,
        'w' => Word,
        'W' => NoWord,
        's' => Space,
        _ => NoSpace,
    };

    /// <summary><c>\p{Letter}</c> and the like; the position is behind the letter.</summary>
    private string Category(char code)
    {
        var end = _position < _text.Length && _text[_position] == '{' ? _text.IndexOf('}', _position) : -1;
        if (end < 0)
        {
            _error = $"\\{code} needs a category in braces";
            return "";
        }

        var name = _text.Substring(_position + 1, end - _position - 1);
        _position = end + 1;
        var equals = name.IndexOf('=');
        var value = equals > 0 && name.Substring(0, equals) is "General_Category" or "gc" ? name.Substring(equals + 1) : name;
        value = Categories.TryGetValue(value, out var category) ? category : value;
        if (!ShortCategories.Contains(value))
        {
            _error = $"the character property {name} has no counterpart in .NET";
        }

        return $"\\{code}{{{value}}}";
    }

    /// <summary>A character that means itself, in a class or outside.</summary>
    private static string Literal(char c) =>
        @"\^$.|?*+()[]{}-".IndexOf(c) >= 0 ? "\\" + c : c is >= ' ' and < (char)127 ? c.ToString() : Unit(c);

    private static string Unit(char c) => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture);
}
