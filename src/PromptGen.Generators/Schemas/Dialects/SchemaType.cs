using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>What a schema says of types, of null and of required members.</summary>
internal static class SchemaType
{
    public static JsonNode Null { get; } = JsonNode.Object([new("type", JsonNode.String("null"), default)]);

    /// <summary>Whether the schema names the type, alone or among others.</summary>
    public static bool Includes(JsonNode schema, string type) => Names(schema["type"], type);

    /// <summary>Whether the value of <c>type</c> names the type.</summary>
    public static bool Names(JsonNode? types, string type) => types is not null && (types.Text == type || types.Items.Any(item => item.Text == type));

    /// <summary>Whether the schema describes objects.</summary>
    public static bool MayBeObject(JsonNode schema) => schema["properties"] is not null || Includes(schema, "object");

    /// <summary>The type that all of the values have; null where they differ.</summary>
    public static string? Of(IEnumerable<JsonNode> values)
    {
        var types = values.Select(static value => value.Kind.ToString().ToLowerInvariant()).Distinct().ToList();
        return types.Count == 1 ? types[0] : null;
    }

    public static bool AllowsNull(JsonNode schema) =>
        schema["const"] is { } constant ? constant.Kind == JsonKind.Null
        : schema["enum"] is { } values ? values.Items.Any(static value => value.Kind == JsonKind.Null) && (schema["type"] is null || Includes(schema, "null"))
        : schema["anyOf"] is { } branches ? schema["type"] is null && branches.Items.Any(AllowsNull)
        : Includes(schema, "null");

    /// <summary>The schema with null allowed.</summary>
    public static JsonNode OrNull(JsonNode schema)
    {
        if (schema["anyOf"] is { } branches && schema.Members.All(static member => member.Name is "anyOf" or "description" or "title"))
        {
            return schema.With("anyOf", JsonNode.Array([.. branches.Items, Null]));
        }

        if (schema["type"] is not { } type || schema["const"] is not null || schema["anyOf"] is not null)
        {
            return JsonNode.Object([new("anyOf", JsonNode.Array([schema, Null]), default)]);
        }

        if (!Includes(schema, "null"))
        {
            schema = schema.With("type", JsonNode.Array([.. type.Kind == JsonKind.Array ? type.Items : [type], JsonNode.String("null")]));
        }

        return schema["enum"] is { } values && values.Items.All(static value => value.Kind != JsonKind.Null)
            ? schema.With("enum", JsonNode.Array([.. values.Items, JsonNode.Null]))
            : schema;
    }

    /// <summary>The type without null; null where there is none.</summary>
    public static JsonNode? WithoutNull(JsonNode? type)
    {
        if (type is not { Kind: JsonKind.Array })
        {
            return type;
        }

        var others = type.Items.Where(static item => item.Text != "null").ToList();
        return others.Count == 1 ? others[0] : JsonNode.Array(others);
    }
}
