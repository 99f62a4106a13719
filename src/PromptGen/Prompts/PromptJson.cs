using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;

namespace PromptGen.Prompts;

/// <summary>
/// Writes one JSON value into a prompt. It escapes what JSON demands and nothing more: a model reads <c>é</c> and <c>&lt;</c> better than
/// <c>\u00e9</c>. Called by generated code, which keeps the order of the calls valid.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptJson
{
    private const int MaxDepth = 64;

    private readonly PromptWriter _prompt;
    private int _indent;
    private int _depth;
    private bool _isFirst;
    private bool _isNamed;

    internal PromptJson(PromptWriter prompt) => _prompt = prompt;

    /// <summary>Starts an object.</summary>
    public void StartObject() => StartNested('{');

    /// <summary>Ends the innermost object.</summary>
    public void EndObject() => EndNested('}');

    /// <summary>Starts an array.</summary>
    public void StartArray() => StartNested('[');

    /// <summary>Ends the innermost array.</summary>
    public void EndArray() => EndNested(']');

    /// <summary>Writes the name of a member; its value comes next.</summary>
    /// <param name="name">The name.</param>
    public void Name(string name)
    {
        Separate();
        WriteString(name);
        EndName();
    }

    /// <summary>Writes the name of a member; its value comes next.</summary>
    /// <param name="name">The name, written in the invariant culture.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void Name<T>(T name)
        where T : ISpanFormattable
    {
        Name(name.ToString(null, CultureInfo.InvariantCulture));
    }

    /// <summary>Writes the name of a member; its value comes next.</summary>
    /// <param name="name">The name.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public void NameEnum<T>(T name)
        where T : struct, System.Enum
    {
        Separate();
        _prompt.Append('"');
        _prompt.AppendEnum(name);
        _prompt.Append('"');
        EndName();
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void Null()
    {
        Separate();
        _prompt.Append("null");
    }

    /// <summary>Writes a string.</summary>
    /// <param name="value">The string; null is <c>null</c>.</param>
    public void Value(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Separate();
        WriteString(value);
    }

    /// <summary>Writes a boolean.</summary>
    /// <param name="value">The value; null is <c>null</c>.</param>
    public void Value(bool? value)
    {
        Separate();
        _prompt.Append(value switch { true => "true", false => "false", null => "null" });
    }

    /// <summary>Writes a number, or anything else that can be formatted as a string. Numbers that are not finite are <c>null</c>.</summary>
    /// <param name="value">The value; null is <c>null</c>.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void Value<T>(T value)
        where T : ISpanFormattable
    {
        if (value is null || value is double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity)
        {
            Null();
        }
        else if (IsNumber<T>())
        {
            Separate();
            _prompt.Append(value);
        }
        else if (IsPlain<T>())
        {
            Separate();
            _prompt.Append('"');
            _prompt.Append(value);
            _prompt.Append('"');
        }
        else
        {
            // Others may write anything, quotes included.
            Value(value.ToString(null, CultureInfo.InvariantCulture));
        }
    }

    /// <inheritdoc cref="Value{T}(T)" />
    public void Value<T>(T? value)
        where T : struct, ISpanFormattable
    {
        if (value is { } present)
        {
            Value(present);
        }
        else
        {
            Null();
        }
    }

    /// <summary>Writes an enum member by its name.</summary>
    /// <param name="value">The value; one that is not defined is a string of its number.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public void Enum<T>(T value)
        where T : struct, System.Enum
    {
        Separate();
        _prompt.Append('"');
        _prompt.AppendEnum(value);
        _prompt.Append('"');
    }

    /// <summary>Writes an enum member by its name.</summary>
    /// <param name="value">The value; null is <c>null</c>.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public void Enum<T>(T? value)
        where T : struct, System.Enum
    {
        if (value is { } present)
        {
            Enum(present);
        }
        else
        {
            Null();
        }
    }

    /// <summary>Writes a sequence as an array.</summary>
    /// <param name="items">The sequence; null is <c>null</c>.</param>
    /// <param name="write">Writes one element.</param>
    /// <typeparam name="T">The element type.</typeparam>
    public void Array<T>(IEnumerable<T>? items, Action<PromptJson, T> write)
    {
        if (items is null or ImmutableArray<T> { IsDefault: true })
        {
            Null();
            return;
        }

        StartArray();
        foreach (var item in items)
        {
            write(this, item);
        }

        EndArray();
    }

    /// <summary>Writes a dictionary as an object.</summary>
    /// <param name="pairs">The dictionary; null is <c>null</c>.</param>
    /// <param name="writeName">Writes the name of a member.</param>
    /// <param name="write">Writes its value.</param>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TValue">The value type.</typeparam>
    public void Object<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>>? pairs, Action<PromptJson, TKey> writeName, Action<PromptJson, TValue> write)
    {
        if (pairs is null)
        {
            Null();
            return;
        }

        StartObject();
        foreach (var pair in pairs)
        {
            writeName(this, pair.Key);
            write(this, pair.Value);
        }

        EndObject();
    }

    internal void Start(int indent)
    {
        _indent = indent;
        _depth = 0;
        _isFirst = true;
        _isNamed = false;
    }

    private static bool IsNumber<T>() =>
        typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(double) || typeof(T) == typeof(decimal)
        || typeof(T) == typeof(float) || typeof(T) == typeof(short) || typeof(T) == typeof(byte) || typeof(T) == typeof(uint)
        || typeof(T) == typeof(ulong) || typeof(T) == typeof(ushort) || typeof(T) == typeof(sbyte);

    /// <summary>Whether the type's text needs no escaping.</summary>
    private static bool IsPlain<T>() =>
        typeof(T) == typeof(Guid) || typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly)
        || typeof(T) == typeof(TimeOnly) || typeof(T) == typeof(TimeSpan);

    private void StartNested(char bracket)
    {
        Separate();
        if (++_depth > MaxDepth)
        {
            throw new PromptException(PromptErrorCode.Configuration, $"A value written by {{{{json}}}} nests deeper than {MaxDepth} levels: it may contain itself.");
        }

        _prompt.Append(bracket);
        _isFirst = true;
    }

    private void EndNested(char bracket)
    {
        _depth--;
        if (!_isFirst)
        {
            NewLine();
        }

        _prompt.Append(bracket);
        _isFirst = false;
    }

    /// <summary>Writes the separator between the previous value and the next one.</summary>
    private void Separate()
    {
        if (_isNamed)
        {
            _isNamed = false;
            return;
        }

        if (!_isFirst)
        {
            _prompt.Append(',');
        }

        _isFirst = false;
        if (_depth > 0)
        {
            NewLine();
        }
    }

    private void EndName()
    {
        _prompt.Append(_indent > 0 ? ": " : ":");
        _isNamed = true;
    }

    private void NewLine()
    {
        if (_indent > 0)
        {
            _prompt.Append('\n');
            _prompt.Append(' ', _indent * _depth);
        }
    }

    private void WriteString(string value)
    {
        _prompt.Append('"');
        var rest = value.AsSpan();
        for (var i = IndexOfEscape(rest); i >= 0; i = IndexOfEscape(rest))
        {
            _prompt.Append(rest[..i]);
            WriteEscape(rest[i]);
            rest = rest[(i + 1)..];
        }

        _prompt.Append(rest);
        _prompt.Append('"');
    }

    private static int IndexOfEscape(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or '"' or '\\')
            {
                return i;
            }
        }

        return -1;
    }

    private void WriteEscape(char c)
    {
        switch (c)
        {
            case '"': _prompt.Append("\\\""); break;
            case '\\': _prompt.Append("\\\\"); break;
            case '\n': _prompt.Append("\\n"); break;
            case '\r': _prompt.Append("\\r"); break;
            case '\t': _prompt.Append("\\t"); break;
            default:
                _prompt.Append("\\u00");
                _prompt.Append("0123456789abcdef"[c >> 4]);
                _prompt.Append("0123456789abcdef"[c & 15]);
                break;
        }
    }
}
