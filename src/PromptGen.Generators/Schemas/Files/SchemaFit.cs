using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// Whether an output type can take what a schema allows, as far as that is known without an answer: members, null, kinds and names of
/// enums. What only an answer shows is found then, by the type's own reader.
/// </summary>
internal sealed class SchemaFit
{
    // The deepest nesting of types. Only recursive types nest deeper, and only an answer shows how deep.
    private const int MaxDepth = 64;

    private readonly ContractModel _contract;
    private readonly List<string> _misfits = [];
    private readonly HashSet<(Schema Schema, ValueModel Value)> _seen = [];

    private SchemaFit(ContractModel contract) => _contract = contract;

    /// <summary>Whether a schema allows objects alone.</summary>
    public static bool IsObject(Schema schema) => IsObject(schema, []);

    /// <summary>What the type cannot take.</summary>
    /// <param name="schema">The schema of the answer.</param>
    /// <param name="contract">The type; null where the JSON itself is the output, which takes anything.</param>
    public static IReadOnlyList<string> Misfits(Schema schema, ContractModel? contract)
    {
        if (contract is not { CanEmit: true })
        {
            return [];
        }

        var fit = new SchemaFit(contract);
        fit.Check(schema, contract.Root, contract.DisplayName, 0);
        return fit._misfits;
    }

    // Schemas share their parts: each is asked once.
    private static bool IsObject(Schema schema, Dictionary<Schema, bool> known)
    {
        if (!known.TryGetValue(schema, out var isObject))
        {
            isObject = schema.Kinds == SchemaKinds.Object
                || schema.AllOf.Exists(inner => IsObject(inner, known))
                || (schema.AnyOf.Count > 0 && schema.AnyOf.TrueForAll(inner => IsObject(inner, known)))
                || (schema.OneOf.Count > 0 && schema.OneOf.TrueForAll(inner => IsObject(inner, known)));
            known[schema] = isObject;
        }

        return isObject;
    }

    private void Check(Schema schema, ValueModel value, string path, int depth)
    {
        if (depth > MaxDepth || !_seen.Add((schema, value)))
        {
            return;
        }

        var parts = Parts(schema);
        var kinds = parts.Aggregate(Schema.AnyKind, static (kinds, part) => kinds & KindsOf(part));
        if (kinds != Schema.AnyKind)
        {
            CheckKinds(kinds, value, path);
            if ((kinds & Taken(value.Kind)) == 0)
            {
                return;
            }
        }

        if (value.Kind == ValueKind.Object)
        {
            CheckObject(parts, value, path, depth);
        }
        else if (value.Kind == ValueKind.Enum)
        {
            CheckEnum(parts, value, path);
        }
        else if (value.Kind == ValueKind.Array)
        {
            foreach (var items in parts.Select(static part => part.Items).OfType<Schema>())
            {
                Check(items, value.Item, path + "[]", depth + 1);
            }
        }
        else if (value.Kind == ValueKind.Map)
        {
            foreach (var inner in parts.SelectMany(static part => part.Properties.Select(static property => property.Value)
                .Concat(part.PatternProperties.Select(static property => property.Value)).Append(part.AdditionalProperties)).OfType<Schema>())
            {
                Check(inner, value.Item, path + "[]", depth + 1);
            }
        }
    }

    /// <summary>The schemas that all hold for a value: <c>allOf</c> and references with neighbours, and the one that is not null of two.</summary>
    private static List<Schema> Parts(Schema schema)
    {
        var parts = new List<Schema> { schema };
        var known = new HashSet<Schema> { schema };
        for (var i = 0; i < parts.Count; i++)
        {
            var alternatives = parts[i].AnyOf.Count > 0 ? parts[i].AnyOf : parts[i].OneOf;
            var others = alternatives.Where(static inner => inner.Kinds != SchemaKinds.Null).ToList();
            parts.AddRange(parts[i].AllOf.Concat(others.Count == 1 ? others : []).Where(known.Add));
        }

        return parts;
    }

    /// <summary>The kinds that a part allows; one of two alternatives says nothing of null by itself.</summary>
    private static SchemaKinds KindsOf(Schema schema)
    {
        var values = schema.Constant is { } constant ? [constant] : schema.Values;
        return values is null ? schema.Kinds : schema.Kinds & values.Aggregate(SchemaKinds.None, static (kinds, value) => kinds | value.Kind switch
        {
            JsonKind.Null => SchemaKinds.Null,
            JsonKind.Boolean => SchemaKinds.Boolean,
            JsonKind.Number => SchemaKinds.Integer | SchemaKinds.Number,
            JsonKind.String => SchemaKinds.String,
            JsonKind.Array => SchemaKinds.Array,
            _ => SchemaKinds.Object,
        });
    }

    private void CheckKinds(SchemaKinds kinds, ValueModel value, string path)
    {
        var taken = Taken(value.Kind);
        if ((kinds & SchemaKinds.Null) != 0 && !value.IsNullable && (taken & SchemaKinds.Null) == 0)
        {
            _misfits.Add($"the schema allows null for {path}, which cannot be null: make the type nullable, or remove null from the schema");
        }

        var others = kinds & ~taken & ~SchemaKinds.Null;
        if (others == SchemaKinds.Number && (kinds & SchemaKinds.Integer) != 0)
        {
            _misfits.Add($"the schema allows numbers with a fraction for {path}, which takes integers: use double or decimal, or write \"type\": \"integer\"");
        }
        else if (others != SchemaKinds.None)
        {
            _misfits.Add($"the schema allows {Wording(others)} for {path}, which takes {Wording(taken & ~SchemaKinds.Null)}: change the type of one of the two");
        }
    }

    private void CheckObject(List<Schema> parts, ValueModel value, string path, int depth)
    {
        var type = _contract.Objects[value.Reference];
        var properties = parts.SelectMany(static part => part.Properties).ToLookup(static property => property.Key, static property => property.Value);
        var required = new HashSet<string>(parts.SelectMany(static part => part.Required));
        var isClosed = parts.Exists(static part => part.AdditionalProperties is { IsNever: true } || part.UnevaluatedProperties is { IsNever: true });
        if (properties.Count == 0 && parts.Exists(static part => part.AnyOf.Count > 0 || part.OneOf.Count > 0))
        {
            return;
        }

        foreach (var member in type.Members)
        {
            var isThere = properties.Contains(member.JsonName);
            if (!isThere && isClosed && member.IsRequired)
            {
                _misfits.Add($"the schema has no member \"{member.JsonName}\", which {path}.{member.Name} needs: add it to \"properties\", or remove the member from the type");
            }
            else if (member.IsRequired && !required.Contains(member.JsonName))
            {
                _misfits.Add($"the schema does not require \"{member.JsonName}\", which {path}.{member.Name} needs: add it to \"required\", or give the member a default");
            }

            foreach (var property in properties[member.JsonName])
            {
                Check(property, member.Value, $"{path}.{member.Name}", depth + 1);
            }
        }

        foreach (var property in properties.Where(property => property.All(static schema => !schema.IsNever) && MemberTable.FindJson(type, property.Key) is null))
        {
            _misfits.Add($"{path} has no member for \"{property.Key}\", which the schema allows: add the member, or remove the property from the schema");
        }
    }

    private void CheckEnum(List<Schema> parts, ValueModel value, string path)
    {
        var type = _contract.Enums[value.Reference];
        var values = parts.Select(static part => part.Constant is { } constant ? [constant] : part.Values).OfType<IReadOnlyList<JsonNode>>().FirstOrDefault();
        if (values is null)
        {
            _misfits.Add($"the schema allows any string for {path}, which takes the names of {type.Name}: list them in \"enum\", or make the member a string");
            return;
        }

        var known = new HashSet<string>(type.Members.Select(static member => member.JsonName), System.StringComparer.Ordinal);
        foreach (var name in values.Where(name => name.Kind == JsonKind.String && !known.Contains(name.Text)))
        {
            _misfits.Add($"the schema allows \"{name.Text}\" for {path}, which {type.Name} has no member for: add the member, or remove the value from \"enum\"");
        }
    }

    private static SchemaKinds Taken(ValueKind kind) => kind switch
    {
        ValueKind.Object or ValueKind.Map or ValueKind.JsonObject => SchemaKinds.Object,
        ValueKind.Array or ValueKind.Flags or ValueKind.JsonArray => SchemaKinds.Array,
        ValueKind.Boolean => SchemaKinds.Boolean,
        // What a union takes depends on its case, which is known only from an answer.
        ValueKind.Union or ValueKind.AnyValue or ValueKind.JsonElement or ValueKind.JsonNode => Schema.AnyKind,
        _ when kind.IsInteger() => SchemaKinds.Integer,
        _ when kind.IsNumber() => SchemaKinds.Integer | SchemaKinds.Number,
        _ => SchemaKinds.String,
    };

    private static string Wording(SchemaKinds kinds) =>
        string.Join(" and ", ((kinds & SchemaKinds.Number) != 0 ? kinds & ~SchemaKinds.Integer : kinds).ToString().Split(',').Select(static kind => kind.Trim() switch
        {
            "Boolean" => "true or false",
            "Integer" => "integers",
            "Null" => "null",
            var name => name.ToLowerInvariant() + "s",
        }));
}
