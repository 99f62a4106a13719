using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PromptGen.Ensembles;

/// <summary>Writes a value as JSON in one form for equal values. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChoiceWriter
{
    // Votes are written one after another: what they are written with is used again.
    [ThreadStatic]
    private static ChoiceWriter? t_spare;

    /// <summary>What JSON does not escape: the printable characters of ASCII except quotation mark and backslash.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static character => (char)character).Where(static character => character is not ('"' or '\\'))]);

    private char[] _text = new char[128];
    private int _length;

    /// <summary>A writer without text. <see cref="Finish"/> gives it back.</summary>
    internal static ChoiceWriter Rent()
    {
        var writer = t_spare ?? new ChoiceWriter();
        t_spare = null;
        return writer;
    }

    /// <summary>Begins an object.</summary>
    public void StartObject() => Separate('{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => Append('}');

    /// <summary>Begins a list.</summary>
    public void StartArray() => Separate('[');

    /// <summary>Ends a list.</summary>
    public void EndArray() => Append(']');

    /// <summary>Writes the name of a member.</summary>
    /// <param name="name">The name.</param>
    public void Name(string name)
    {
        Quote(name);
        Append(':');
    }

    /// <summary>Writes null.</summary>
    public void Null() => Separate("null");

    /// <summary>Writes text.</summary>
    /// <param name="value">The text; null is written as such.</param>
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            Quote(value);
        }
    }

    /// <summary>Writes a member of an enum by its name, or by the names of its flags.</summary>
    /// <typeparam name="TEnum">The type of the enum.</typeparam>
    /// <param name="value">The value.</param>
    public void Enum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        Separate('"');
        int written;
        while (!System.Enum.TryFormat(value, _text.AsSpan(_length), out written))
        {
            Reserve(_text.Length);
        }

        _length += written;
        Append('"');
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void Boolean(bool value) => Separate(value ? "true" : "false");

    /// <summary>Writes a number. Numbers of one value are written alike, whatever zeros they end with.</summary>
    /// <typeparam name="TNumber">The type of the number.</typeparam>
    /// <param name="value">The number.</param>
    public void Number<TNumber>(TNumber value)
        where TNumber : INumberBase<TNumber>
    {
        var text = TNumber.IsZero(value) ? "0" : value.ToString(null, CultureInfo.InvariantCulture);
        Separate(value is decimal && text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text);
    }

    /// <summary>Writes a value by its round-trip text: dates, times, ids.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public void Value<TValue>(TValue value)
        where TValue : IFormattable => Quote(value.ToString(value is Guid or TimeSpan ? null : "O", CultureInfo.InvariantCulture));

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void Bytes(ReadOnlySpan<byte> value) => Quote(Convert.ToBase64String(value));

    /// <summary>Writes the items of a list in order.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="items">The items; null is written as such.</param>
    /// <param name="write">Writes one of them.</param>
    public void Array<TItem>(IEnumerable<TItem>? items, Action<ChoiceWriter, TItem> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (items is null)
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

    /// <summary>Writes items whose order means nothing: those of a set, the entries of a map.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="items">The items; null is written as such.</param>
    /// <param name="write">Writes one of them.</param>
    public void Set<TItem>(IEnumerable<TItem>? items, Action<ChoiceWriter, TItem> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var texts = items?.Select(item => Of(write, item)).Order(StringComparer.Ordinal);
        Array(texts, static (writer, text) => writer.Separate(text));
    }

    /// <returns>What was written.</returns>
    public override string ToString() => new(_text.AsSpan(0, _length));

    /// <param name="known">What was written before; null = nothing was.</param>
    /// <returns>What was written: <paramref name="known"/> where that is equal. Nothing can be written after it.</returns>
    internal string Finish(string? known = null)
    {
        var text = _text.AsSpan(0, _length);
        var written = text.SequenceEqual(known) && known is not null ? known : text.ToString();
        if (_text.Length <= 4_096)
        {
            _length = 0;
            t_spare = this;
        }

        return written;
    }

    private static string Of<TItem>(Action<ChoiceWriter, TItem> write, TItem item)
    {
        var writer = Rent();
        write(writer, item);
        return writer.Finish();
    }

    private void Quote(string text)
    {
        Separate('"');
        Append(text.AsSpan().ContainsAnyExcept(s_plain) ? JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value : text);
        Append('"');
    }

    private void Separate(char next)
    {
        Separate();
        Append(next);
    }

    private void Separate(string next)
    {
        Separate();
        Append(next);
    }

    private void Separate()
    {
        if (_length > 0 && _text[_length - 1] is not ('{' or '[' or ':'))
        {
            Append(',');
        }
    }

    private void Append(char next)
    {
        Reserve(1);
        _text[_length++] = next;
    }

    private void Append(string next)
    {
        Reserve(next.Length);
        next.CopyTo(_text.AsSpan(_length));
        _length += next.Length;
    }

    private void Reserve(int more)
    {
        if (_text.Length - _length < more)
        {
            System.Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + more));
        }
    }
}
