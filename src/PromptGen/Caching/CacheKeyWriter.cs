using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Unicode;
using Microsoft.Extensions.AI;

namespace PromptGen.Caching;

/// <summary>
/// Writes what an answer depends on in one form for equal values, and makes a key of it. Every piece has its kind and its length, so that no two lists of values are written
/// alike. Generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CacheKeyWriter
{
    private const int MaxDepth = 64;

    /// <summary>How many bytes of the digest a key has: 192 bits, so many that no two texts with the same key can be found.</summary>
    private const int DigestLength = 24;

    /// <summary>Kind and length of a piece.</summary>
    private const int Head = sizeof(byte) + sizeof(int);

    // Keys are written one after another: what they are written with is used again.
    [ThreadStatic]
    private static CacheKeyWriter? t_spare;

    private byte[] _bytes = new byte[512];
    private int _length;
    private int _depth;

    private CacheKeyWriter()
    {
    }

    private enum Kind : byte
    {
        Null,
        Name,
        Text,
        Utf16,
        Value,
        Bytes,
        Digest,
        Start,
        End,
    }

    /// <summary>A writer without text. <see cref="Finish"/> gives it back.</summary>
    internal static CacheKeyWriter Rent()
    {
        var writer = t_spare ?? new CacheKeyWriter();
        t_spare = null;
        return writer;
    }

    /// <summary>Begins the members of an object.</summary>
    /// <exception cref="PromptException">Objects are nested too deeply, because one contains itself (<see cref="PromptErrorCode.Configuration"/>).</exception>
    public void StartObject()
    {
        if (++_depth > MaxDepth)
        {
            throw new PromptException(PromptErrorCode.Configuration, $"A parameter of a [Cached] prompt nests deeper than {MaxDepth} levels: it may contain itself.");
        }

        Begin(Kind.Start, 0);
    }

    /// <summary>Ends the members of an object.</summary>
    public void EndObject()
    {
        _depth--;
        Begin(Kind.End, 0);
    }

    /// <summary>Writes the name of a parameter or member.</summary>
    /// <param name="name">The name.</param>
    public void Name(string name) => Write(Kind.Name, name);

    /// <summary>Writes null.</summary>
    public void Null() => Begin(Kind.Null, 0);

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
            Write(Kind.Text, value);
        }
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">The value; null is written as such.</param>
    public void Boolean(bool? value) => Text(value switch { true => "true", false => "false", null => null });

    /// <summary>Writes the name of an enum member.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="value">The value; null is written as such.</param>
    public void Enum<T>(T? value)
        where T : struct, Enum
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

    /// <inheritdoc cref="Enum{T}(T?)"/>
    public void Enum<T>(T value)
        where T : struct, Enum
    {
        Span<char> text = stackalloc char[128];
        if (System.Enum.TryFormat(value, text, out var length))
        {
            Write(Kind.Text, text[..length]);
        }
        else
        {
            Text(value.ToString());
        }
    }

    /// <summary>Writes a number, date or id in the invariant culture.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value; null is written as such.</param>
    public void Value<T>(T? value)
        where T : ISpanFormattable
    {
        if (value is null)
        {
            Null();
            return;
        }

        Span<char> text = stackalloc char[128];
        if (value.TryFormat(text, out var length, FormatOf<T>(), CultureInfo.InvariantCulture))
        {
            Write(Kind.Value, text[..length]);
        }
        else
        {
            Write(Kind.Value, value.ToString(FormatOf<T>(), CultureInfo.InvariantCulture));
        }
    }

    /// <inheritdoc cref="Value{T}(T)"/>
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

    /// <summary>Writes the digest of bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void Bytes(ReadOnlySpan<byte> value) => SHA256.HashData(value, Begin(Kind.Digest, SHA256.HashSizeInBytes));

    /// <summary>Writes the digest of bytes.</summary>
    /// <param name="value">The bytes; null is written as such.</param>
    public void Bytes(byte[]? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            Bytes(value.AsSpan());
        }
    }

    /// <inheritdoc cref="Bytes(byte[])"/>
    public void Bytes(ReadOnlyMemory<byte>? value)
    {
        if (value is { } present)
        {
            Bytes(present.Span);
        }
        else
        {
            Null();
        }
    }

    /// <summary>Writes the digest of a medium, with what it is.</summary>
    /// <param name="value">The medium; null is written as such.</param>
    public void Content(DataContent? value)
    {
        Text(value?.MediaType);
        if (value is not null)
        {
            Bytes(value.Data.Span);
        }
    }

    /// <summary>Writes the address of a medium, with what it is.</summary>
    /// <param name="value">The medium; null is written as such.</param>
    public void Content(UriContent? value)
    {
        Text(value?.MediaType);
        Text(value?.Uri.OriginalString);
    }

    /// <summary>Writes the items of a list in order.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items; null is written as such.</param>
    /// <param name="write">Writes one of them.</param>
    public void Array<T>(IEnumerable<T>? items, Action<CacheKeyWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (items is null or ImmutableArray<T> { IsDefault: true })
        {
            Null();
            return;
        }

        StartObject();
        foreach (var item in items)
        {
            write(this, item);
        }

        EndObject();
    }

    /// <summary>Writes entries whose order means nothing.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="entries">The entries; null is written as such.</param>
    /// <param name="writeKey">Writes a key.</param>
    /// <param name="writeValue">Writes a value.</param>
    public void Map<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>>? entries, Action<CacheKeyWriter, TKey> writeKey, Action<CacheKeyWriter, TValue> writeValue)
    {
        ArgumentNullException.ThrowIfNull(writeKey);
        ArgumentNullException.ThrowIfNull(writeValue);
        if (entries is null)
        {
            Null();
            return;
        }

        StartObject();
        var start = _length;
        var written = new List<byte[]>();
        foreach (var (key, value) in entries)
        {
            writeKey(this, key);
            writeValue(this, value);
            written.Add(_bytes[start.._length]);
            _length = start;
        }

        written.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        foreach (var entry in written)
        {
            entry.CopyTo(Begin(Kind.Bytes, entry.Length));
        }

        EndObject();
    }

    /// <returns>The key of what was written, for an answer of a prompt. Nothing can be written after it.</returns>
    internal string Finish(string prompt)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _length), digest);
        Span<char> text = stackalloc char[DigestLength * 4 / 3];
        Convert.TryToBase64Chars(digest[..DigestLength], text, out _);
        Return();
        return string.Concat(prompt, ":", text);
    }

    /// <summary>Gives the writer back; one that has held much is not kept.</summary>
    internal void Return()
    {
        (_length, _depth) = (0, 0);
        if (_bytes.Length <= 65_536)
        {
            t_spare = this;
        }
    }

    private static string? FormatOf<T>() =>
        typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly) ? "O" : null;

    private void Write(Kind kind, ReadOnlySpan<char> text)
    {
        Reserve(3L * text.Length);
        if (Utf8.FromUtf16(text, _bytes.AsSpan(_length + Head), out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Begin(kind, length);
        }
        else
        {
            // Half of a surrogate pair has no UTF-8 of its own.
            var bytes = MemoryMarshal.AsBytes(text);
            bytes.CopyTo(Begin(Kind.Utf16, bytes.Length));
        }
    }

    /// <returns>Where a piece of that kind and length is to be written.</returns>
    private Span<byte> Begin(Kind kind, int length)
    {
        Reserve(length);
        _bytes[_length] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length + 1), length);
        _length += Head + length;
        return _bytes.AsSpan(_length - length, length);
    }

    private void Reserve(long length)
    {
        if (_bytes.Length - _length < Head + length)
        {
            System.Array.Resize(ref _bytes, (int)Math.Min(System.Array.MaxLength, Math.Max(2L * _bytes.Length, _length + Head + length)));
        }
    }
}
