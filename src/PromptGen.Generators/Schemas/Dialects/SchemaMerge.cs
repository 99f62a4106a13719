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
        var wholes = new List<JsonNode> { schema.Without("allOf") };
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

            if (whole is null)
            {
                return null;
            }

            wholes.Add(whole);
        }

        return Merge(wholes, Merge);
    }

    /// <summary>Objects as one that has the members of all; where several have one of a name, what is made of their values.</summary>
    private static JsonNode? Merge(IEnumerable<JsonNode> objects, System.Func<string, IReadOnlyList<JsonNode>, JsonNode?> merge)
    {
        var merged = new List<JsonMember>();
        foreach (var member in objects.SelectMany(static node => node.Members).GroupBy(static member => member.Name, System.StringComparer.Ordinal))
        {
            var values = member.Select(static same => same.Value).ToList();
            if ((values.Count == 1 ? values[0] : merge(member.Key, values)) is not { } value)
            {
                return null;
            }

            merged.Add(member.First() with { Value = value });
        }

        return JsonNode.Object(merged);
    }

    private static JsonNode? Merge(string keyword, IReadOnlyList<JsonNode> values) => keyword switch
    {
        "description" or "title" or "$comment" => values[0],
        "required" => JsonNode.Array(values.SelectMany(static value => value.Items).Distinct(SameJson.Comparer)),
        "properties" or "$defs" or "definitions" => Merge(values, static (_, members) => Same(members)),
        _ => Same(values),
    };

    private static JsonNode? Same(IReadOnlyList<JsonNode> values)
    {
        var first = values[0].ToString();
        return values.Skip(1).All(value => value.ToString() == first) ? values[0] : null;
    }
}
