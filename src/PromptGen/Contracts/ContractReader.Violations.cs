using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

public ref partial struct ContractReader
{
    /// <summary>Records that the value is not what the contract asks for, and skips it.</summary>
    /// <param name="expected">What the contract asks for.</param>
    public void Mismatch(string expected)
    {
        if (_isTrial)
        {
            GiveUp();
            return;
        }

        var start = (int)_tokens.TokenStartIndex;
        var pointer = Pointer();
        Skip();
        if (!Ended)
        {
            Add(pointer, expected, Snippet(_json[start..(int)_tokens.BytesConsumed], _isAscii));
        }
    }

    /// <inheritdoc cref="Mismatch(string)" />
    /// <typeparam name="T">The type of the value that there would have been.</typeparam>
    /// <returns>A default that is never returned, since an answer with violations has no value.</returns>
    public T Mismatch<T>(string expected)
    {
        IsBeyondRepair |= typeof(T).IsEnum && _tokens.TokenType == JsonTokenType.String && !MayBeName(_tokens.ValueSpan, expected);
        Mismatch(expected);
        return default!;
    }

    /// <summary>Records a member that the contract does not have, and skips its value.</summary>
    /// <param name="known">The members that it has, in words.</param>
    public void Unknown(string known) => Mismatch(SchemaViolation.Unknown + known);

    /// <summary>Records a duplicate member. Its value still has to be read.</summary>
    public void Duplicate()
    {
        if (_isTrial)
        {
            GiveUp();
            return;
        }

        Add(Pointer(), "the member only once", SchemaViolation.Again);
    }

    /// <summary>Records a required member that was not there.</summary>
    /// <param name="seen">One bit for each member of the object that has been read.</param>
    /// <param name="bit">The number of this member's bit.</param>
    /// <param name="name">Its name.</param>
    /// <param name="expected">What the contract asks for.</param>
    public void Require(ulong seen, int bit, string name, string expected)
    {
        if ((seen & (1UL << bit)) != 0 || Ended)
        {
            return;
        }

        if (_isTrial)
        {
            GiveUp();
        }
        else
        {
            Add($"{Pointer()}/{JsonPointer.Escape(name)}", expected, SchemaViolation.Nothing);
        }
    }

    /// <summary>Records that the array or object which was just left has too few or too many items.</summary>
    /// <param name="count">How many it has.</param>
    /// <param name="minimum">The fewest allowed.</param>
    /// <param name="maximum">The most allowed.</param>
    /// <param name="expected">What the contract asks for.</param>
    public void CheckCount(int count, int minimum, int maximum, string expected)
    {
        if ((count >= minimum && count <= maximum) || Ended)
        {
            return;
        }

        if (_isTrial)
        {
            GiveUp();
        }
        else
        {
            Add(Pointer(), expected, count == 1 ? "1 item" : string.Create(CultureInfo.InvariantCulture, $"{count} items"));
        }
    }

    /// <summary>Records where the JSON itself is broken.</summary>
    internal void BreakOff()
    {
        var depth = _tokens.CurrentDepth;
        var hasEntered = _tokens.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        var expected = hasEntered && depth == ContractLimits.Depth - 1
            ? string.Create(CultureInfo.InvariantCulture, $"JSON that is nested at most {ContractLimits.Depth} levels deep")
            : "valid JSON from here on";
        // After a complete value, the error is in its container. Inside a skipped value, the path is not recorded.
        var known = _skipped ?? (hasEntered || _tokens.TokenType == JsonTokenType.PropertyName ? depth : Math.Max(0, depth - 1));
        Add(Pointer(known), expected, Snippet(_json[(int)_tokens.BytesConsumed..].TrimStart(" \t\r\n"u8)));
    }

    /// <summary>Records that the type itself refused what the contract allows.</summary>
    internal void Refuse(string reason) => Add("", $"a value that the type accepts ({reason})", Snippet(_json));

    internal static string Snippet(ReadOnlySpan<byte> json, bool isAscii = false)
    {
        json = json.TrimEnd(" \t\r\n"u8);
        if (isAscii && json.Length <= ContractLimits.Snippet)
        {
            return Encoding.Latin1.GetString(json);
        }

        // No character takes more bytes than 3 per UTF-16 unit, so this many bytes overfill a snippet; the last one may be torn.
        var text = Encoding.UTF8.GetString(json[..Math.Min(json.Length, 3 * (ContractLimits.Snippet + 1))]);
        if (text.Length <= ContractLimits.Snippet)
        {
            return text;
        }

        var end = ContractLimits.Snippet - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    private void Skip()
    {
        if (_tokens.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _skipped = _tokens.CurrentDepth;
            if (!(_json.Length < ReadingGuard.Slice ? _tokens.TrySkip() : TrySkipLong()))
            {
                // Utf8JsonReader.TrySkip does not move the reader when it fails: reading would continue inside the value to skip.
                End();
            }

            _skipped = null;
        }
    }

    /// <summary>Skips an object or array and counts the work.</summary>
    private bool TrySkipLong()
    {
        Charge();
        var isWhole = _tokens.TrySkip(_guard);
        _charged = Consumed;
        return isWhole;
    }

    private void End()
    {
        Ended = true;
        _tokens = new Utf8JsonReader((ReadOnlySpan<byte>)[], isFinalBlock: false, new JsonReaderState(Options));
    }

    private void Add(string pointer, string expected, string actual)
    {
        // Most broken answers break one thing.
        _violations ??= new(1);
        if (HasStopped)
        {
            return;
        }

        if (_violations.Count < ContractLimits.Violations - 1)
        {
            _violations.Add(new SchemaViolation(Shortened(pointer), expected, actual));
            return;
        }

        // More violations would not help the model, and a hostile answer can have any number of them.
        Charge();
        _violations.Add(SchemaViolation.More);
        HasStopped = true;
        End();
    }

    private static string Shortened(string pointer)
    {
        if (pointer.Length <= ContractLimits.Pointer)
        {
            return pointer;
        }

        var end = ContractLimits.Pointer - 1;
        return string.Concat(pointer.AsSpan(0, char.IsHighSurrogate(pointer[end - 1]) ? end - 1 : end), "…");
    }

    private readonly string Pointer() => Pointer(_tokens.CurrentDepth);

    private readonly string Pointer(int depth)
    {
        // Nearly every pointer is short and plain, and a broken answer is to cost little.
        Span<char> pointer = stackalloc char[96];
        var length = 0;
        for (var i = 0; i < depth; i++)
        {
            if (!TryAppend(pointer, ref length, _path[i]))
            {
                return AnyPointer(depth);
            }
        }

        return new string(pointer[..length]);
    }

    /// <summary>Appends the way into one container: an index, or a name of ASCII that needs no escapes.</summary>
    private readonly bool TryAppend(Span<char> pointer, ref int length, int way)
    {
        if (length == pointer.Length)
        {
            return false;
        }

        pointer[length++] = '/';
        if (way < 0)
        {
            var isWritten = (~way).TryFormat(pointer[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            return isWritten;
        }

        for (var i = way + 1; _json[i] != '"'; i++)
        {
            var c = _json[i];
            if (c is >= 0x80 or (byte)'\\' or (byte)'~' or (byte)'/' || length == pointer.Length)
            {
                return false;
            }

            pointer[length++] = (char)c;
        }

        return true;
    }

    private readonly string AnyPointer(int depth)
    {
        var pointer = new StringBuilder();
        for (var i = 0; i < depth && pointer.Length <= ContractLimits.Pointer; i++)
        {
            pointer.Append('/');
            _ = _path[i] < 0 ? pointer.Append(~_path[i]) : pointer.Append(JsonPointer.Escape(Encoding.UTF8.GetString(Unescape(Name(_path[i]), _guard))));
        }

        return pointer.ToString();
    }

    /// <summary>The name whose quotation mark is at an offset, as written, truncated to the length of a pointer. It was read before, so it has a closing mark.</summary>
    private readonly ReadOnlySpan<byte> Name(int offset)
    {
        const int longest = 12 * ContractLimits.Pointer;
        const int longestEscape = 6;
        var name = _json[(offset + 1)..Math.Min(_json.Length, offset + 1 + longest + longestEscape)];
        var end = name.IndexOfAny((byte)'"', (byte)'\\');
        if (end is < 0 or >= longest)
        {
            return name[..longest];
        }

        while (end < longest && name[end] != '"')
        {
            end += name[end] != '\\' ? 1 : name[end + 1] == 'u' ? longestEscape : 2;
        }

        return name[..end];
    }
}
