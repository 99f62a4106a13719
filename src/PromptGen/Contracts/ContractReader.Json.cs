using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PromptGen.Contracts;

// JSON whose content no contract describes. The value is a copy, which does not depend on the answer's buffer. A duplicate member or an unpaired
// surrogate breaks the contract here, because code that reads the value later does not expect either.
public ref partial struct ContractReader
{
    /// <summary>Reads any JSON value, null included.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public JsonElement JsonElement(string expected)
    {
        var pointer = Pointer();
        var start = (int)_tokens.TokenStartIndex;
        Skip();
        if (Ended)
        {
            return default;
        }

        var json = _json[start..(int)_tokens.BytesConsumed];
        if (!HasWellFormedEscapes(json, _guard))
        {
            Add(pointer, expected, Snippet(json));
            return default;
        }

        _guard.ChargeToken(json.Length);
        var tokens = new Utf8JsonReader(json, Options);
        var value = System.Text.Json.JsonElement.ParseValue(ref tokens);
        CheckDuplicates(pointer, value);
        return value;
    }

    /// <summary>Reads any JSON value but null.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value, a <see cref="System.Text.Json.JsonElement"/>.</returns>
    public object AnyValue(string expected) => IsNull() ? Mismatch<object>(expected) : JsonElement(expected);

    /// <summary>Reads any JSON value but null.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public JsonNode JsonNode(string expected)
    {
        if (IsNull())
        {
            return Mismatch<JsonNode>(expected);
        }

        var value = JsonElement(expected);
        return HasFailed ? default! : value.ValueKind switch
        {
            JsonValueKind.Object => System.Text.Json.Nodes.JsonObject.Create(value)!,
            JsonValueKind.Array => System.Text.Json.Nodes.JsonArray.Create(value)!,
            _ => JsonValue.Create(value)!,
        };
    }

    /// <summary>Reads any object.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The object.</returns>
    public JsonObject JsonObject(string expected) =>
        _tokens.TokenType == JsonTokenType.StartObject ? (JsonObject)JsonNode(expected) : Mismatch<JsonObject>(expected);

    /// <summary>Reads any array.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The array.</returns>
    public JsonArray JsonArray(string expected) =>
        _tokens.TokenType == JsonTokenType.StartArray ? (JsonArray)JsonNode(expected) : Mismatch<JsonArray>(expected);

    private void CheckDuplicates(string pointer, JsonElement value)
    {
        if (FindDuplicate(value, _guard) is { } duplicate)
        {
            Add(pointer + duplicate, "the member only once", SchemaViolation.Again);
        }
    }

    /// <summary>The pointer, within the value, of a duplicate member; null where there is none.</summary>
    private static string? FindDuplicate(JsonElement value, ReadingGuard guard)
    {
        guard.Charge(1);
        if (value.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject())
            {
                var name = member.Name;
                guard.ChargeToken(name.Length);
                if (!names.Add(name))
                {
                    return "/" + JsonPointer.Escape(name);
                }

                if (FindDuplicate(member.Value, guard) is { } inner)
                {
                    return $"/{JsonPointer.Escape(name)}{inner}";
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (FindDuplicate(item, guard) is { } inner)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"/{index}{inner}");
                }

                index++;
            }
        }

        return null;
    }
}
