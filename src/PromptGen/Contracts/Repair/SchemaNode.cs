using System.Text.Json;

namespace PromptGen.Contracts.Repair;

/// <summary>A place of a contract's JSON Schema, references followed: what the ladder needs to know of it.</summary>
internal readonly struct SchemaNode
{
    private const int LongestChain = 16;

    private readonly JsonElement _root;
    private readonly JsonElement _node;

    private SchemaNode(JsonElement root, JsonElement node)
    {
        _root = root;
        _node = Resolve(root, node);
    }

    /// <summary>What type of value is asked for: <c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>; empty where any or several may stand.</summary>
    public string Type =>
        TryGet("type", out var type)
            ? type.ValueKind == JsonValueKind.String ? type.GetString()! : Only(type)
            : HasProperties ? "object" : Names.Count > 0 ? "string" : "";

    /// <summary>Whether the members are named.</summary>
    public bool HasProperties => TryGet("properties", out _);

    /// <summary>The named members.</summary>
    public IEnumerable<(string Name, SchemaNode Node)> Properties
    {
        get
        {
            if (TryGet("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in properties.EnumerateObject())
                {
                    yield return (property.Name, new SchemaNode(_root, property.Value));
                }
            }
        }
    }

    /// <summary>The members that have to be there.</summary>
    public IEnumerable<string> Required =>
        TryGet("required", out var required) && required.ValueKind == JsonValueKind.Array ? required.EnumerateArray().Select(static name => name.GetString()!) : [];

    /// <summary>Whether members of other names are refused.</summary>
    public bool IsClosed => TryGet("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;

    /// <summary>What members of other names, or items, are.</summary>
    public SchemaNode? Values => TryGet("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object ? new SchemaNode(_root, values) : null;

    /// <summary>What the items of an array are.</summary>
    public SchemaNode? Items => TryGet("items", out var items) && items.ValueKind == JsonValueKind.Object ? new SchemaNode(_root, items) : null;

    /// <summary>The format of a string.</summary>
    public string Format => TryGet("format", out var format) && format.ValueKind == JsonValueKind.String ? format.GetString()! : "";

    /// <summary>The strings that are allowed; empty where any is.</summary>
    public List<string> Names =>
        TryGet("const", out var only) && only.ValueKind == JsonValueKind.String ? [only.GetString()!]
        : TryGet("enum", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!)]
            : [];

    /// <summary>The names of all members of all objects in the schema, as UTF-8; null where an object may have members of other names.</summary>
    public byte[][]? AllNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return TryCollect(_root, names) ? [.. names.Select(System.Text.Encoding.UTF8.GetBytes)] : null;
    }

    /// <summary>The choices that a value has, null left out.</summary>
    public List<SchemaNode> Choices
    {
        get
        {
            var choices = new List<SchemaNode>();
            if (TryGet("anyOf", out var nodes) || TryGet("oneOf", out nodes))
            {
                foreach (var node in nodes.EnumerateArray())
                {
                    var choice = new SchemaNode(_root, node);
                    if (choice.Type != "null")
                    {
                        choices.Add(choice);
                    }
                }
            }

            return choices;
        }
    }

    /// <summary>The root of a schema.</summary>
    public static SchemaNode Of(JsonElement schema) => new(schema, schema);

    /// <summary>What the member of a name is.</summary>
    public SchemaNode? Property(string name) =>
        TryGet("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var node)
            ? new SchemaNode(_root, node)
            : null;

    private static bool TryCollect(JsonElement node, HashSet<string> names)
    {
        if (node.ValueKind == JsonValueKind.Object)
        {
            var isObject = node.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
            if (isObject)
            {
                names.UnionWith(properties.EnumerateObject().Select(static property => property.Name));
            }

            var isOpen = node.TryGetProperty("additionalProperties", out var others) ? others.ValueKind != JsonValueKind.False : isObject;
            return !isOpen && node.EnumerateObject().All(member => TryCollect(member.Value, names));
        }

        return node.ValueKind != JsonValueKind.Array || node.EnumerateArray().All(item => TryCollect(item, names));
    }

    private bool TryGet(string keyword, out JsonElement value)
    {
        value = default;
        return _node.ValueKind == JsonValueKind.Object && _node.TryGetProperty(keyword, out value);
    }

    private static string Only(JsonElement types)
    {
        string? only = null;
        foreach (var type in types.EnumerateArray())
        {
            if (type.GetString() is { } name && name != "null")
            {
                if (only is not null)
                {
                    return "";
                }

                only = name;
            }
        }

        return only ?? "null";
    }

    private static JsonElement Resolve(JsonElement root, JsonElement node)
    {
        for (var i = 0; i < LongestChain && node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out var reference); i++)
        {
            node = Find(root, reference.GetString() ?? "");
        }

        return node;
    }

    private static JsonElement Find(JsonElement root, string reference)
    {
        if (reference is not ['#', .. var path])
        {
            return default;
        }

        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return default;
            }
        }

        return root;
    }
}
