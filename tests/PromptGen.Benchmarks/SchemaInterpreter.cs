using System.Text;
using System.Text.Json;

namespace PromptGen.Benchmarks;

/// <summary>
/// A validator that walks a schema, read once, side by side with a parsed document. It knows the keywords that the schema of <see cref="Assessment"/>
/// has and no more, and allocates only where the document's API makes it: what an interpreter costs at the least.
/// </summary>
internal sealed class SchemaInterpreter
{
    private readonly string[] _types;
    private readonly (byte[] Name, SchemaInterpreter Schema, bool IsRequired)[] _properties;
    private readonly bool _isClosed;
    private readonly SchemaInterpreter? _items;
    private readonly byte[][]? _enum;
    private readonly bool _allowsNull;
    private readonly double _minimum;
    private readonly double _maximum;
    private readonly int _minLength;
    private readonly int _maxLength;

    public SchemaInterpreter(JsonElement schema)
        : this(schema, schema)
    {
    }

    private SchemaInterpreter(JsonElement root, JsonElement schema)
    {
        schema = schema.TryGetProperty("$ref", out var reference) ? root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]) : schema;
        var type = schema.GetProperty("type");
        _types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static one => one.GetString()!)] : [type.GetString()!];
        _allowsNull = _types.Contains("null");
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).ToArray() : [];
        _properties = schema.TryGetProperty("properties", out var properties)
            ? [.. properties.EnumerateObject().Select(one => (Encoding.UTF8.GetBytes(one.Name), new SchemaInterpreter(root, one.Value), required.Contains(one.Name)))]
            : [];
        _isClosed = schema.TryGetProperty("additionalProperties", out var further) && further.ValueKind == JsonValueKind.False;
        _items = schema.TryGetProperty("items", out var items) ? new SchemaInterpreter(root, items) : null;
        _enum = schema.TryGetProperty("enum", out var values)
            ? [.. values.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.String).Select(static one => Encoding.UTF8.GetBytes(one.GetString()!))]
            : null;
        _minimum = schema.TryGetProperty("minimum", out var least) ? least.GetDouble() : double.MinValue;
        _maximum = schema.TryGetProperty("maximum", out var most) ? most.GetDouble() : double.MaxValue;
        _minLength = schema.TryGetProperty("minLength", out var shortest) ? shortest.GetInt32() : 0;
        _maxLength = schema.TryGetProperty("maxLength", out var longest) ? longest.GetInt32() : int.MaxValue;
    }

    public bool IsValid(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => _allowsNull,
        JsonValueKind.True or JsonValueKind.False => Takes("boolean"),
        JsonValueKind.Number => (Takes("number") || (Takes("integer") && value.TryGetInt64(out _))) && value.GetDouble() >= _minimum && value.GetDouble() <= _maximum,
        JsonValueKind.String => Takes("string") && IsValidText(value),
        JsonValueKind.Array => Takes("array") && AreValidItems(value),
        _ => Takes("object") && AreValidMembers(value),
    };

    private bool Takes(string type) => Array.IndexOf(_types, type) >= 0;

    private bool IsValidText(JsonElement value)
    {
        if (_enum is null)
        {
            return (_minLength == 0 && _maxLength == int.MaxValue) || (value.GetString()!.Length is var length && length >= _minLength && length <= _maxLength);
        }

        foreach (var one in _enum)
        {
            if (value.ValueEquals(one))
            {
                return true;
            }
        }

        return false;
    }

    private bool AreValidItems(JsonElement value)
    {
        foreach (var item in value.EnumerateArray())
        {
            if (_items?.IsValid(item) is false)
            {
                return false;
            }
        }

        return true;
    }

    private bool AreValidMembers(JsonElement value)
    {
        var seen = 0UL;
        foreach (var member in value.EnumerateObject())
        {
            var index = IndexOf(member);
            if (index < 0 ? _isClosed : !_properties[index].Schema.IsValid(member.Value))
            {
                return false;
            }

            seen |= index < 0 ? 0 : 1UL << index;
        }

        for (var i = 0; i < _properties.Length; i++)
        {
            if (_properties[i].IsRequired && (seen & (1UL << i)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(JsonProperty member)
    {
        for (var i = 0; i < _properties.Length; i++)
        {
            if (member.NameEquals(_properties[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
