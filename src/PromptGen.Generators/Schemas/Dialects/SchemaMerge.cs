using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Makes the parts of an <c>allOf</c> one schema, which no dialect has a way around.</summary>
internal static class SchemaMerge
{
    private const int MaxDepth = 4;

    /// <summary>One schema that says what the parts and the keywords beside them say; null where two of them say different things of the same.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="references">Finds what parts refer to.</param>
    /// <param name="followed">Receives the references that were followed.</param>
    public static JsonNode? Of(JsonNode schema, IReadOnlyList<JsonNode> parts, SchemaReferences references, HashSet<string> followed) =>
        Of(schema, parts, references, followed, 0);

    private static JsonNode? Of(JsonNode schema, IReadOnlyList<JsonNode> parts, SchemaReferences references, HashSet<string> followed, int depth)
    {
        JsonNode? merged = schema.Without("allOf");
        foreach (var part in parts)
        {
            var whole = part;
            if (part["$ref"] is { } reference && part.Members.Count == 1)
            {
                followed.Add(reference.Text);
                whole = references.Find(reference.Text);
            }

            if (whole?["allOf"] is { } inner)
            {
                whole = depth < MaxDepth ? Of(whole, inner.Items, references, followed, depth + 1) : null;
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
