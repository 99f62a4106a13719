using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0307 in schema files: what no value can keep. Only what a schema says itself counts, not how it goes together with others, so that what is reported is certain.</summary>
internal static class SchemaJudge
{
    private static readonly ConditionalWeakTable<SchemaProgram, (SchemaProblem Problem, bool IsCertain)[]> Known = new();

    /// <summary>What is impossible, each with its place; a default that an answer could not have is doubtful only. Judged once for all prompts of a file.</summary>
    public static IEnumerable<(SchemaProblem Problem, bool IsCertain)> Judge(SchemaProgram program) => Known.GetValue(program, static key =>
        [.. key.Schemas.Where(static schema => Metaschemas.Find(schema.Place.Resource.Document.Path) is null).SelectMany(Judge).Concat(EndlessSchemas.In(key).Select(static one => (one, true)))]);

    private static IEnumerable<(SchemaProblem Problem, bool IsCertain)> Judge(Schema schema)
    {
        var node = schema.Place.Node;
        foreach (var (least, most) in Crossed(schema))
        {
            yield return (At(schema, node[most]!.Span, $"no value can keep \"{least}\" {node[least]!.Text} and \"{most}\" {node[most]!.Text}: correct one of the two"), true);
        }

        if (schema.Values is { Count: > 0 } values && node["enum"] is { } list)
        {
            if (values.All(value => Excludes(schema, value)))
            {
                yield return (At(schema, list.Span, "each value of \"enum\" is excluded by \"type\" or by the bounds beside it: correct one of them"), true);
            }
            else if (schema.Constant is { } constant && node["const"] is { } only && !values.Any(value => AreEqual(value, constant)))
            {
                yield return (At(schema, only.Span, "the value of \"const\" is not in \"enum\": correct one of the two"), true);
            }
        }

        foreach (var problem in Required(schema))
        {
            yield return (problem, true);
        }

        if (node["default"] is { Kind: not JsonKind.Null } given && IsBounded(schema, given) && (Excludes(schema, given) || schema.Values?.Any(value => AreEqual(value, given)) == false))
        {
            yield return (At(schema, given.Span, "the default is none of the values that the schema allows: change the default or the constraint"), false);
        }
    }

    /// <summary>Properties that have to be there and cannot be.</summary>
    private static IEnumerable<SchemaProblem> Required(Schema schema)
    {
        var node = schema.Place.Node;
        var isClosed = schema.AdditionalProperties is { IsNever: true } && schema.PatternProperties.Count == 0;
        var properties = new Dictionary<string, Schema>();
        foreach (var property in schema.Properties)
        {
            properties[property.Key] = property.Value;
        }

        foreach (var name in node["required"]?.Items ?? [])
        {
            if (name.Kind == JsonKind.String && (properties.TryGetValue(name.Text, out var property) ? property.IsNever : isClosed))
            {
                yield return At(schema, name.Span, $"the property \"{name.Text}\" is required, but not allowed: add it to \"properties\", or remove it from \"required\"");
            }
        }

        if (schema.MaxProperties is { } most && schema.Required.Distinct().Count() is var count && count > most && node["maxProperties"] is { } limit)
        {
            yield return At(schema, limit.Span, $"{count.ToString(CultureInfo.InvariantCulture)} properties are required, more than \"maxProperties\" allows: correct one of the two");
        }
    }

    private static IEnumerable<(string Least, string Most)> Crossed(Schema schema)
    {
        var node = schema.Place.Node;
        var pairs = new (string Least, double? Low, string Most, double? High, bool IsStrict)[]
        {
            ("minimum", Number(schema.Minimum), "maximum", Number(schema.Maximum), false),
            ("exclusiveMinimum", Number(schema.Above), "maximum", Number(schema.Maximum), true),
            ("minimum", Number(schema.Minimum), "exclusiveMaximum", Number(schema.Below), true),
            ("exclusiveMinimum", Number(schema.Above), "exclusiveMaximum", Number(schema.Below), true),
            ("minLength", schema.MinLength, "maxLength", schema.MaxLength, false),
            ("minItems", schema.MinItems, "maxItems", schema.MaxItems, false),
            ("minProperties", schema.MinProperties, "maxProperties", schema.MaxProperties, false),
            ("minContains", schema.MinContains, "maxContains", schema.MaxContains, false),
        };

        // In draft 4 an exclusive bound is a flag beside the bound.
        return pairs
            .Where(pair => node[pair.Least]?.Kind == JsonKind.Number && node[pair.Most]?.Kind == JsonKind.Number && (pair.Low > pair.High || (pair.IsStrict && pair.Low == pair.High)))
            .Select(static pair => (pair.Least, pair.Most));
    }

    /// <summary>Whether the schema says something about values of that kind, so that a default can be outside of it.</summary>
    private static bool IsBounded(Schema schema, JsonNode value) => value.Kind is JsonKind.Number or JsonKind.String && Allows(schema.Kinds, value);

    /// <summary>Whether type or bounds exclude a value. Patterns and formats are not looked at.</summary>
    private static bool Excludes(Schema schema, JsonNode value)
    {
        if (!Allows(schema.Kinds, value))
        {
            return true;
        }

        return value.Kind switch
        {
            JsonKind.Number when Number(value.Text) is { } number => number < Number(schema.Minimum) || number <= Number(schema.Above) || number > Number(schema.Maximum) || number >= Number(schema.Below),
            JsonKind.String => new StringInfo(value.Text).LengthInTextElements is var length && value.Text.Length < schema.MinLength || length > schema.MaxLength,
            _ => false,
        };
    }

    private static bool Allows(SchemaKinds kinds, JsonNode value) => (kinds & (value.Kind switch
    {
        JsonKind.Null => SchemaKinds.Null,
        JsonKind.Boolean => SchemaKinds.Boolean,
        JsonKind.Number => Number(value.Text) is { } number && number == System.Math.Floor(number) ? SchemaKinds.Integer | SchemaKinds.Number : SchemaKinds.Number,
        JsonKind.String => SchemaKinds.String,
        JsonKind.Array => SchemaKinds.Array,
        _ => SchemaKinds.Object,
    })) != 0;

    // Objects and arrays are not compared: what is reported has to be certain.
    private static bool AreEqual(JsonNode one, JsonNode other) => one.Kind is JsonKind.Object or JsonKind.Array
        || (one.Kind == other.Kind && (one.Text == other.Text || (one.Kind == JsonKind.Number && Number(one.Text) == Number(other.Text))));

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static SchemaProblem At(Schema schema, TextSpan span, string message) => new(schema.Place.Resource.Document.Path, span, "The schema asks for what no answer can be: " + message);
}
