using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Contracts;

// What the readers of JSON Schema files ask. Nothing here builds a value: a schema only says whether one is right.
public ref partial struct ContractReader
{
    /// <summary>Whether the value is an object.</summary>
    public readonly bool IsObject => _tokens.TokenType == JsonTokenType.StartObject;

    /// <summary>Whether the value is an array.</summary>
    public readonly bool IsArray => _tokens.TokenType == JsonTokenType.StartArray;

    /// <summary>Whether the value is a string.</summary>
    public readonly bool IsString => _tokens.TokenType == JsonTokenType.String;

    /// <summary>Whether the value is a number.</summary>
    public readonly bool IsNumber => _tokens.TokenType == JsonTokenType.Number;

    /// <summary>Whether this is a trial: breaches end it and are not recorded.</summary>
    internal readonly bool IsTrial => _isTrial;

    /// <summary>Whether the value is of one of these types.</summary>
    /// <param name="types">The types.</param>
    /// <returns>True where it is.</returns>
    public readonly bool IsOf(SchemaTypes types) => _tokens.TokenType switch
    {
        JsonTokenType.StartObject => (types & SchemaTypes.Object) != 0,
        JsonTokenType.StartArray => (types & SchemaTypes.Array) != 0,
        JsonTokenType.String => (types & SchemaTypes.String) != 0,
        JsonTokenType.Number => (types & SchemaTypes.Number) != 0 || ((types & SchemaTypes.Integer) != 0 && IsInteger()),
        JsonTokenType.True or JsonTokenType.False => (types & SchemaTypes.Boolean) != 0,
        JsonTokenType.Null => (types & SchemaTypes.Null) != 0,
        _ => false,
    };

    /// <summary>Checks that the value is of one of these types; any other is recorded and passed over.</summary>
    /// <param name="types">The types.</param>
    /// <param name="expected">What the schema asks for.</param>
    /// <returns>True where it is.</returns>
    public bool Expect(SchemaTypes types, string expected)
    {
        if (IsOf(types))
        {
            return true;
        }

        Mismatch(expected);
        return false;
    }

    /// <summary>Checks that the value is a string with constraints; any other is recorded and passed over.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="minLength">The fewest characters, as Unicode code points.</param>
    /// <param name="maxLength">The most characters, as Unicode code points.</param>
    /// <param name="pattern">What is to be found in the string.</param>
    /// <param name="format">What the string has to be.</param>
    public void ExpectText(
        string expected,
        int minLength = 0,
        int maxLength = int.MaxValue,
        Regex? pattern = null,
        SchemaFormat format = SchemaFormat.Any)
    {
        if (_tokens.TokenType != JsonTokenType.String || !HasText(minLength, maxLength, pattern, format))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Checks that the value is a number within bounds; any other is recorded and passed over.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="rule">The bounds.</param>
    public void ExpectNumber(string expected, NumberRule rule)
    {
        if (_tokens.TokenType != JsonTokenType.Number || !rule.Allows(ref _tokens))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Checks that the value is an integer within bounds; any other is recorded and passed over.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="rule">The bounds.</param>
    public void ExpectInteger(string expected, NumberRule rule)
    {
        if (_tokens.TokenType != JsonTokenType.Number || !IsInteger() || !rule.Allows(ref _tokens))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Whether the value is <c>true</c> or <c>false</c>, as asked.</summary>
    /// <param name="value">Which one.</param>
    /// <returns>True where it is.</returns>
    public readonly bool IsBoolean(bool value) => _tokens.TokenType == (value ? JsonTokenType.True : JsonTokenType.False);

    /// <summary>Whether the value equals a JSON value: numbers by value, objects in any order of members.</summary>
    /// <param name="json">The JSON of a number, array or object.</param>
    /// <returns>True where it does.</returns>
    public readonly bool IsValue(ReadOnlySpan<byte> json)
    {
        var start = (int)_tokens.TokenStartIndex;
        var tokens = _tokens;
        return _tokens.TokenType is not (JsonTokenType.None or JsonTokenType.String) && tokens.TrySkip()
            && JsonEquality.AreEqual(_json[start..(int)tokens.BytesConsumed], json);
    }

    /// <summary>Whether the value is one of these strings.</summary>
    /// <param name="texts">The strings.</param>
    /// <returns>True where it is.</returns>
    public readonly bool IsOneOf(TextSet texts) =>
        _tokens.TokenType == JsonTokenType.String && texts.Contains(_tokens.ValueIsEscaped ? Unescape(_tokens.ValueSpan) : _tokens.ValueSpan);

    /// <summary>Checks a number; any other value is none of its business.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="rule">The bounds.</param>
    public void CheckNumber(string expected, NumberRule rule)
    {
        if (_tokens.TokenType == JsonTokenType.Number && !rule.Allows(ref _tokens))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Checks a string; any other value is none of its business.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="minLength">The fewest characters, as Unicode code points.</param>
    /// <param name="maxLength">The most characters, as Unicode code points.</param>
    /// <param name="pattern">What is to be found in the string.</param>
    /// <param name="format">What the string has to be.</param>
    public void CheckText(
        string expected,
        int minLength = 0,
        int maxLength = int.MaxValue,
        Regex? pattern = null,
        SchemaFormat format = SchemaFormat.Any)
    {
        if (_tokens.TokenType == JsonTokenType.String && !HasText(minLength, maxLength, pattern, format))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Whether a pattern is found in the name of the current member.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>True where it is.</returns>
    public readonly bool NameMatches(Regex pattern) => IsFound(pattern, _name);

    /// <summary>Whether the object has a member of this name.</summary>
    /// <param name="name">The name as UTF-8.</param>
    /// <returns>True where it has; false where there is no object.</returns>
    public readonly bool HasMember(ReadOnlySpan<byte> name)
    {
        var tokens = _tokens;
        if (tokens.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (tokens.Read() && tokens.TokenType == JsonTokenType.PropertyName)
        {
            if (TextOf(ref tokens).SequenceEqual(name))
            {
                return true;
            }

            if (!tokens.Read() || !tokens.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Checks that no two items of an array are equal; any other value is none of its business.</summary>
    /// <param name="expected">What the schema asks for.</param>
    public void CheckUnique(string expected)
    {
        if (IsArray && JsonEquality.HasEqualItems(_json, _tokens))
        {
            Note(expected);
        }
    }

    /// <summary>Records that the value is not what the schema asks for, and stays on it.</summary>
    /// <param name="expected">What the schema asks for.</param>
    public void Note(string expected)
    {
        var mark = Mark();
        Mismatch(expected);
        Rewind(in mark);
    }

    /// <summary>Records that the name of the current member is not what the schema asks for.</summary>
    /// <param name="expected">What the schema asks for.</param>
    public void BadName(string expected)
    {
        if (_isTrial)
        {
            GiveUp();
        }
        else if (!Ended)
        {
            Add(Pointer(), $"a member whose name is {expected}", Snippet(_name));
        }
    }

    /// <summary>Passes over the value.</summary>
    public void Pass() => Skip();

    /// <summary>Remembers the value on whose first token the reader stands.</summary>
    /// <returns>The way back to it.</returns>
    public readonly SchemaMark Mark() => new(_tokens, _name, _isTrial, _hasFailedTrial, Ended);

    /// <summary>Goes back to a value after it was read; what was recorded stays.</summary>
    /// <param name="mark">The value.</param>
    public void Rewind(in SchemaMark mark)
    {
        if (!_hasFailedTrial && !Ended)
        {
            Count(in mark, Consumed);
            _tokens = mark.Tokens;
            _name = mark.Name;
        }
    }

    /// <summary>Goes to a value to find out whether a schema holds for it.</summary>
    /// <param name="mark">The value.</param>
    public void Try(in SchemaMark mark)
    {
        _tokens = mark.Tokens;
        _name = mark.Name;
        _isTrial = true;
        _hasFailedTrial = false;
    }

    /// <summary>The same for the name of the current member instead of its value.</summary>
    /// <param name="mark">The value.</param>
    public void TryName(in SchemaMark mark)
    {
        var start = _tokens.CurrentDepth == 0 ? 0 : _path[_tokens.CurrentDepth - 1];
        Try(in mark);
        var tokens = new Utf8JsonReader(_json[start..], isFinalBlock: false, new JsonReaderState(Options));
        _ = tokens.Read();
        _tokens = tokens;
    }

    /// <summary>Ends a trial and goes back to the value.</summary>
    /// <param name="mark">The value.</param>
    /// <returns>Whether the schema holds.</returns>
    public bool Held(in SchemaMark mark) => Held(in mark, out _);

    internal bool Held(in SchemaMark mark, out int reached)
    {
        var holds = !_hasFailedTrial && !Ended;
        reached = _hasFailedTrial ? _reached : Consumed;
        Count(in mark, reached);
        _tokens = mark.Tokens;
        _name = mark.Name;
        _isTrial = mark.IsTrial;
        _hasFailedTrial = mark.HasFailed;
        Ended = mark.HasEnded;
        return holds;
    }

    /// <summary>Begins with the schemas of an <c>anyOf</c> or <c>oneOf</c>.</summary>
    /// <param name="branches">How many there are.</param>
    /// <param name="enough">How many have to hold until the others need not be read.</param>
    /// <returns>The way through them.</returns>
    public readonly SchemaFork Fork(int branches, int enough) => new(Mark(), branches, enough);

    /// <summary>Records that none of the schemas holds, unless one has said why.</summary>
    /// <param name="fork">The schemas.</param>
    /// <param name="expected">What they ask for.</param>
    public void CheckAny(in SchemaFork fork, string expected)
    {
        if (fork.Holding == 0 && !fork.HasExplained)
        {
            Note(expected);
        }
    }

    /// <summary>Records that none or more than one of the schemas holds.</summary>
    /// <param name="fork">The schemas.</param>
    /// <param name="expected">What they ask for.</param>
    public void CheckOne(in SchemaFork fork, string expected)
    {
        CheckAny(in fork, expected);
        if (fork.Holding > 1)
        {
            Note("exactly one of the alternatives, and this fits several: " + expected);
        }
    }

    /// <summary>The value as it stands in the answer.</summary>
    /// <returns>A copy that outlives the answer; undefined where something was recorded.</returns>
    public JsonElement Element()
    {
        if (HasFailed)
        {
            return default;
        }

        var pointer = Pointer();
        var value = System.Text.Json.JsonElement.ParseValue(ref _tokens);
        if (FindDuplicate(value) is { } duplicate)
        {
            // Of a name that the schema knows this was told already; of any other one only here.
            Add(pointer + duplicate, "the member only once", SchemaViolation.Again);
        }

        return value;
    }

    /// <summary>A string or name, unescaped.</summary>
    internal static ReadOnlySpan<byte> TextOf(ref Utf8JsonReader tokens) => tokens.ValueIsEscaped ? Unescape(tokens.ValueSpan) : tokens.ValueSpan;

    private readonly bool IsInteger() =>
        _tokens.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || new JsonNumber(_tokens.ValueSpan).IsInteger;

    private readonly bool HasText(int minLength, int maxLength, Regex? pattern, SchemaFormat format)
    {
        if (!IsWellFormedText())
        {
            return false;
        }

        // A character takes at most 4 bytes as it is and 12 escaped, so the number of bytes mostly decides.
        var most = _tokens.ValueSpan.Length;
        var fewest = most / (_tokens.ValueIsEscaped ? 12 : 4);
        if (!_tokens.ValueIsEscaped && (most > maxLength || fewest < minLength))
        {
            most = fewest = TextFormats.CodePoints(_tokens.ValueSpan);
        }

        if (most < minLength || fewest > maxLength)
        {
            return false;
        }

        var isLengthKnown = most <= maxLength && fewest >= minLength;
        if (isLengthKnown && pattern is null && format == SchemaFormat.Any)
        {
            return true;
        }

        var buffer = ArrayPool<char>.Shared.Rent(_tokens.ValueSpan.Length);
        try
        {
            ReadOnlySpan<char> text = buffer.AsSpan(0, _tokens.CopyString(buffer));
            return (isLengthKnown || TextFormats.HasLength(text, minLength, maxLength))
                && (format == SchemaFormat.Any || TextFormats.IsFormat(text, format))
                && (pattern is null || IsFound(pattern, text));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static bool IsFound(Regex pattern, ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            return IsFound(pattern, buffer.AsSpan(0, System.Text.Encoding.UTF8.GetChars(text, buffer)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static bool IsFound(Regex pattern, ReadOnlySpan<char> text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that keeps the pattern busy this long is not one that its author had in mind.
            return false;
        }
    }

    /// <summary>Ends a trial: there is nothing left to read, so that whatever reads on behalf of the schema comes to its end at once.</summary>
    private void GiveUp()
    {
        if (!_hasFailedTrial)
        {
            _hasFailedTrial = true;
            _reached = (int)_tokens.TokenStartIndex;
            _tokens = new Utf8JsonReader(ReadOnlySpan<byte>.Empty, isFinalBlock: false, default);
        }
    }

    /// <summary>Schemas that look at one value again and again can multiply with its depth; an honest answer comes nowhere near this.</summary>
    private void Count(in SchemaMark mark, int reached)
    {
        _work += 16 + Math.Max(0, reached - (int)mark.Tokens.TokenStartIndex);
        if (_work > ContractLimits.SchemaWork + (ContractLimits.SchemaWorkPerByte * _json.Length))
        {
            throw new ArgumentException("it has fewer alternatives to tell apart");
        }
    }
}
