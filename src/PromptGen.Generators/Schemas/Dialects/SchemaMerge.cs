using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Makes the parts of an <c>allOf</c> one schema, which no dialect has a way around.</summary>
internal static class SchemaMerge
{
    private const int MaxDepth = 16;

    /// <summary>One schema that says what the parts and the keywords beside them say; null where two of them say different things of the same.</summary>
    public static JsonNode? Of(JsonNode schema, IReadOnlyList<JsonNode> parts, SchemaReferences references) =>
        Of(schema, parts, references, 0);

    private static JsonNode? Of(JsonNode schema, IReadOnlyList<JsonNode> parts, SchemaReferences references, int depth)
    {
        JsonNode? merged = schema.Without("allOf");
        foreach (var part in parts)
        {
            var whole = part;
            if (part["$ref"] is { } reference && part.Members.Count == 1)
            {
                whole = references.Find(reference.Text);
            }

            if (whole?["allOf"] is { } inner)
            {
                whole = depth < MaxDepth ? Of(whole, inner.Items, references, depth + 1) : null;
            }

            merged = whole is null || merged is null ? null : Merge(merged, whole);
        }

        return merged;
    }

    private static JsonNode? Merge(JsonNode one, JsonNode other)
    {
        foreach (var member in other.Members)
        {
            var value = one[member.Name] is { } own ? Merge(member.Name, own, member.Value) : member.Value;
            if (value is null)
            {
                return null;
            }

            one = one.With(member.Name, value);
        }

        return one;
    }

    private static JsonNode? Merge(string keyword, JsonNode one, JsonNode other) => keyword switch
    {
        "description" or "title" or "$comment" => one,
        "required" => JsonNode.Array(one.Items.Concat(other.Items).Distinct(SameJson.Comparer)),
        "properties" or "$defs" or "definitions" => Merge(one, other, static (own, others) => SameJson.Comparer.Equals(own, others) ? own : null),
        _ => SameJson.Comparer.Equals(one, other) ? one : null,
    };

    private static JsonNode? Merge(JsonNode one, JsonNode other, System.Func<JsonNode, JsonNode, JsonNode?> merge)
    {
        foreach (var member in other.Members)
        {
            var value = one[member.Name] is { } own ? merge(own, member.Value) : member.Value;
            if (value is null)
            {
                return null;
            }

            one = one.With(member.Name, value);
        }

        return one;
    }
}
