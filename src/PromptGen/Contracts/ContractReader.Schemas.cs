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

    /// <summary>Checks that the value is of one of these types; any other is recorded and skipped.</summary>
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

    /// <summary>Checks that the value is a string with constraints; any other is recorded and skipped.</summary>
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
        var outcome = _tokens.TokenType != JsonTokenType.String ? PatternOutcome.NotFound : OutcomeOf(minLength, maxLength, pattern, format);
        Judge(expected, outcome);
    }

    /// <summary>Checks that the value is a number within bounds; any other is recorded and skipped.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="rule">The bounds.</param>
    public void ExpectNumber(string expected, NumberRule rule)
    {
        if (_tokens.TokenType != JsonTokenType.Number || !rule.Allows(ref _tokens))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Checks that the value is an integer within bounds; any other is recorded and skipped.</summary>
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
        if (_tokens.TokenType is JsonTokenType.None or JsonTokenType.String || !tokens.TrySkip(_guard))
        {
            return false;
        }

        var value = _json[start..(int)tokens.BytesConsumed];
        return JsonEquality.AreEqual(value, json, _guard);
    }

    /// <summary>Whether the value is one of these strings.</summary>
    /// <param name="texts">The strings.</param>
    /// <returns>True where it is.</returns>
    public readonly bool IsOneOf(TextSet texts) =>
        _tokens.TokenType == JsonTokenType.String && texts.Contains(_tokens.ValueIsEscaped ? Unescape(_tokens.ValueSpan, _guard) : _tokens.ValueSpan);

    /// <summary>Checks a number; any other value is ignored.</summary>
    /// <param name="expected">What the schema asks for.</param>
    /// <param name="rule">The bounds.</param>
    public void CheckNumber(string expected, NumberRule rule)
    {
        if (_tokens.TokenType == JsonTokenType.Number && !rule.Allows(ref _tokens))
        {
            Mismatch(expected);
        }
    }

    /// <summary>Checks a string; any other value is ignored.</summary>
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
        if (_tokens.TokenType == JsonTokenType.String)
        {
            Judge(expected, OutcomeOf(minLength, maxLength, pattern, format));
        }
    }

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
            _guard.ChargeToken(tokens.ValueSpan.Length + 1);
            if (TextOf(ref tokens, _guard).SequenceEqual(name))
            {
                return true;
            }

            if (!tokens.Read() || !tokens.TrySkip(_guard))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Checks that no two items of an array are equal; any other value is ignored.</summary>
    /// <param name="expected">What the schema asks for.</param>
    public void CheckUnique(string expected)
    {
        if (IsArray && JsonEquality.HasEqualItems(_json, _tokens, _guard))
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

    /// <summary>Skips the value.</summary>
    public void Pass() => Skip();

    /// <summary>The value as it is written in the answer.</summary>
    /// <returns>A copy that outlives the answer; undefined where something was recorded.</returns>
    public JsonElement Element()
    {
        if (HasFailed)
        {
            return default;
        }

        var pointer = Pointer();
        var value = System.Text.Json.JsonElement.ParseValue(ref _tokens);
        // Of a name that the schema knows this was reported already; of any other one only here.
        CheckDuplicates(pointer, value);
        return value;
    }

    /// <summary>A string or name, unescaped.</summary>
    internal static ReadOnlySpan<byte> TextOf(ref Utf8JsonReader tokens, ReadingGuard guard) => tokens.ValueIsEscaped ? Unescape(tokens.ValueSpan, guard) : tokens.ValueSpan;

    private readonly bool IsInteger() =>
        _tokens.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || new JsonNumber(_tokens.ValueSpan).IsInteger;
}
