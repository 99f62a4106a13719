using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;
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

    private readonly StringBuilder _text = new();

    /// <summary>A writer without text. <see cref="Finish"/> gives it back.</summary>
    internal static ChoiceWriter Rent()
    {
        var writer = t_spare ?? new ChoiceWriter();
        t_spare = null;
        return writer;
    }

    /// <summary>Begins an object.</summary>
    public void StartObject() => Separate().Append('{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => _text.Append('}');

    /// <summary>Begins a list.</summary>
    public void StartArray() => Separate().Append('[');

    /// <summary>Ends a list.</summary>
    public void EndArray() => _text.Append(']');

    /// <summary>Writes the name of a member.</summary>
    /// <param name="name">The name.</param>
    public void Name(string name) => Quote(name).Append(':');

    /// <summary>Writes null.</summary>
    public void Null() => Separate().Append("null");

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

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void Boolean(bool value) => Separate().Append(value ? "true" : "false");

    /// <summary>Writes a number. Numbers of one value are written alike, whatever zeros they end with.</summary>
    /// <typeparam name="TNumber">The type of the number.</typeparam>
    /// <param name="value">The number.</param>
    public void Number<TNumber>(TNumber value)
        where TNumber : INumberBase<TNumber>
    {
        var text = TNumber.IsZero(value) ? "0" : value.ToString(null, CultureInfo.InvariantCulture);
        Separate().Append(value is decimal && text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text);
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
        Array(texts, static (writer, text) => writer.Separate().Append(text));
    }

    /// <returns>What was written.</returns>
    public override string ToString() => _text.ToString();

    /// <returns>What was written. Nothing can be written after it.</returns>
    internal string Finish()
    {
        var text = _text.ToString();
        if (_text.Capacity <= 4_096)
        {
            _text.Clear();
            t_spare = this;
        }

        return text;
    }

    private static string Of<TItem>(Action<ChoiceWriter, TItem> write, TItem item)
    {
        var writer = Rent();
        write(writer, item);
        return writer.Finish();
    }

    private StringBuilder Quote(string text) => Separate().Append('"').Append(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value).Append('"');

    private StringBuilder Separate() => _text.Length == 0 || _text[^1] is '{' or '[' or ':' ? _text : _text.Append(',');
}
