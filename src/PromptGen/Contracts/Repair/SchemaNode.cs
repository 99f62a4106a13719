using System.Text.Json;

namespace PromptGen.Contracts.Repair;

/// <summary>
/// A node of a contract's JSON Schema, with references resolved, as the ladder uses it. Parsed once per answer, however many values it describes.
/// </summary>
internal sealed class SchemaNode
{
    private const int LongestChain = 16;

    private readonly JsonElement _root;
    private readonly JsonElement _node;
    private readonly Dictionary<string, SchemaNode> _references;

    private SchemaNode(JsonElement root, JsonElement node, Dictionary<string, SchemaNode> references)
    {
        _root = root;
        _node = node;
        _references = references;
    }

    /// <summary>
    /// The type of value that the schema requires: <c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>; empty
    /// where any or several are allowed.
    /// </summary>
    public string Type => field ??=
        TryGet("type", out var type)
            ? type.ValueKind == JsonValueKind.String ? type.GetString()! : Only(type)
            : HasProperties ? "object" : Names.Count > 0 ? "string" : "";

    /// <summary>Whether the members are named.</summary>
    public bool HasProperties => TryGet("properties", out _);

    /// <summary>The names of the members.</summary>
    public NameIndex Members => field ??= new([.. Properties.Keys]);

    /// <summary>The members that have to be there.</summary>
    public IReadOnlyList<string> Required => field ??= TryGet("required", out var required) && required.ValueKind == JsonValueKind.Array
        ? [.. required.EnumerateArray().Select(static name => name.GetString()!)]
        : [];

    /// <summary>The letters and digits of the names of required members.</summary>
    public IReadOnlyList<string> RequiredLetters => field ??= [.. Required.Select(static name => Words.Fold(name))];

    /// <summary>The members that allow a single string only: the letters and digits of their names, and the string.</summary>
    public IReadOnlyList<(string Letters, NameIndex Text)> Constants => field ??=
        [.. Properties.Where(static property => property.Value.Names.Count == 1).Select(static property => (Words.Fold(property.Key), property.Value.Names))];

    /// <summary>Whether members of other names are refused.</summary>
    public bool IsClosed => TryGet("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;

    /// <summary>What members of other names, or items, are.</summary>
    public SchemaNode? Values => TryGet("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object ? _values ??= At(values) : null;

    /// <summary>What the items of an array are.</summary>
    public SchemaNode? Items => TryGet("items", out var items) && items.ValueKind == JsonValueKind.Object ? _items ??= At(items) : null;

    /// <summary>The format of a string.</summary>
    public string Format => field ??= TryGet("format", out var format) && format.ValueKind == JsonValueKind.String ? format.GetString()! : "";

    /// <summary>The strings that are allowed; empty where any is.</summary>
    public NameIndex Names => field ??= new(
        TryGet("const", out var only) && only.ValueKind == JsonValueKind.String ? [only.GetString()!]
        : TryGet("enum", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!)]
            : []);

    /// <summary>The choices that a value has, null left out.</summary>
    public IReadOnlyList<SchemaNode> Choices => field ??= TryGet("anyOf", out var nodes) || TryGet("oneOf", out nodes)
        ? [.. nodes.EnumerateArray().Select(At).Where(static choice => choice.Type != "null")]
        : [];

    /// <summary>The most letters and digits in the name of a member of any choice.</summary>
    public int MostLettersOfChoices => _mostLettersOfChoices ??=
        Choices.SelectMany(static choice => choice.RequiredLetters.Select(static letters => letters.Length).Append(choice.Members.MostLetters)).DefaultIfEmpty().Max();

    private int? _mostLettersOfChoices;
    private SchemaNode? _values;
    private SchemaNode? _items;

    private Dictionary<string, SchemaNode> Properties
    {
        get
        {
            if (field is not null)
            {
                return field;
            }

            field = new(StringComparer.Ordinal);
            if (TryGet("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in properties.EnumerateObject())
                {
                    field[property.Name] = At(property.Value);
                }
            }

            return field;
        }
    }

    /// <summary>The root of a schema.</summary>
    public static SchemaNode Of(JsonElement schema) => new SchemaNode(schema, schema, new(StringComparer.Ordinal)).At(schema);

    /// <summary>What the member of a name is.</summary>
    public SchemaNode? Property(string name) => Properties.GetValueOrDefault(name);

    /// <summary>The names of all members of all objects in the schema; null where an object may have members of other names.</summary>
    public KnownNames? AllNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return TryCollect(_root, names) ? new KnownNames(names) : null;
    }

    /// <summary>A child node, or the node that it refers to: a recursive schema has no more nodes than its text.</summary>
    private SchemaNode At(JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty("$ref", out var reference))
        {
            return new SchemaNode(_root, node, _references);
        }

        var target = reference.GetString() ?? "";
        if (!_references.TryGetValue(target, out var known))
        {
            known = new SchemaNode(_root, Resolve(_root, node), _references);
            _references.Add(target, known);
        }

        return known;
    }

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
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(JsonPointer.Unescape(part), out root))
            {
                return default;
            }
        }

        return root;
    }
}
