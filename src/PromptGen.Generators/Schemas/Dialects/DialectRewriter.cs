using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>
/// Rewrites a JSON Schema to a provider's dialect. The result asks for no less structure than the original, so that what it lets through
/// has at most constraints broken, which the local reader checks in any case. What is in the dialect already stays as it is, letter for letter.
/// </summary>
internal sealed class DialectRewriter
{
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$anchor", "$comment", "$vocabulary", "title", "deprecated", "readOnly", "writeOnly", "propertyOrdering",
    };

    // These take part in what an object or a value is made of: left out, the rest would mean something else.
    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "patternProperties", "additionalItems", "$dynamicRef", "$recursiveRef",
    };

    /// <summary>What is written in place may be written in many: no schema of use comes near these.</summary>
    private const int MaxDepth = 300;
    private const int MaxVisits = 20_000;

    private readonly DialectRules _rules;
    private readonly bool _readsNullAsAbsent;
    private readonly SchemaReferences _references;
    private readonly DialectLimits _limits;
    private readonly List<DescribedConstraint> _described = [];
    private readonly List<DialectProblem> _problems = [];
    private readonly HashSet<string> _inlining = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pointers = new(StringComparer.Ordinal);
    private int _pointersKnown;
    private string _definition = "#";
    private int _depth;
    private int _visits;

    private DialectRewriter(JsonNode root, DialectRules rules, bool readsNullAsAbsent)
    {
        _rules = rules;
        _readsNullAsAbsent = readsNullAsAbsent;
        _references = new SchemaReferences(root);
        _limits = new DialectLimits(rules, _problems);
    }

    /// <summary>Rewrites a whole schema.</summary>
    /// <param name="root">The schema.</param>
    /// <param name="rules">The dialect.</param>
    /// <param name="readsNullAsAbsent">Whether the reader of the answer treats null as an absent optional member, as the readers of C# types do.</param>
    public static DialectSchema Rewrite(JsonNode root, DialectRules rules, bool readsNullAsAbsent = true)
    {
        var rewriter = new DialectRewriter(root, rules, readsNullAsAbsent);
        var rewritten = rewriter.RewriteRoot(root);
        rewriter._limits.Check();
        return new DialectSchema(rules, root, rewritten, rewriter._described, rewriter._problems);
    }

    private JsonNode RewriteRoot(JsonNode root)
    {
        if (root["type"] is not { Kind: JsonKind.String, Text: "object" } || root["anyOf"] is not null || root["oneOf"] is not null)
        {
            return Refuse(root, "", "its root is not one object");
        }

        var rewritten = RewriteSchema(root, new DialectPlace("", 0, false));
        var definitions = new List<JsonMember>();
        foreach (var keyword in new[] { "$defs", "definitions" })
        {
            foreach (var definition in root[keyword]?.Members ?? [])
            {
                _definition = "#/$defs/" + definition.Name;
                _limits.AddText(definition.Name);
                definitions.Add(definition with { Value = RewriteSchema(definition.Value, new DialectPlace($"/{keyword}/{definition.Name}", 0, false)) });
            }
        }

        return definitions.Count == 0 ? rewritten : rewritten.With("$defs", JsonNode.Object(definitions));
    }

    private JsonNode RewriteSchema(JsonNode schema, DialectPlace place)
    {
        if (_depth > MaxDepth || ++_visits > MaxVisits)
        {
            return Refuse(schema, "", "it is too large");
        }

        _depth++;
        var rewritten = RewriteAny(schema, place);
        _depth--;
        return rewritten;
    }

    private JsonNode RewriteAny(JsonNode schema, DialectPlace place)
    {
        if (schema.Kind != JsonKind.Object || schema.Members.Count == 0)
        {
            return _rules.ClosesObjects || schema.Text == "false" ? Refuse(schema, place.Pointer, "its value may be anything") : schema;
        }

        if (place.Depth > _rules.MaxDepth)
        {
            return Refuse(schema, place.Pointer, $"objects are nested more than {_rules.MaxDepth} levels deep");
        }

        if (schema["allOf"] is { Kind: JsonKind.Array } parts)
        {
            return RewriteParts(schema, parts, place);
        }

        return schema["$ref"] is { Kind: JsonKind.String } reference ? RewriteReference(schema, reference.Text, place) : RewriteKeywords(schema, place);
    }

    private JsonNode RewriteParts(JsonNode schema, JsonNode parts, DialectPlace place)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        if (SchemaMerge.Of(schema, parts.Items, _references, references) is not { } merged)
        {
            return Refuse(schema, place.Pointer, "the parts of its allOf can't be made one schema");
        }

        if (references.Overlaps(_inlining))
        {
            return Refuse(schema, place.Pointer, "its type holds itself in an allOf");
        }

        _inlining.UnionWith(references);
        var rewritten = RewriteSchema(merged, place);
        _inlining.ExceptWith(references);
        return rewritten;
    }

    private JsonNode RewriteKeywords(JsonNode schema, DialectPlace place)
    {
        var result = new SchemaDraft(schema);
        foreach (var member in schema.Members)
        {
            RewriteKeyword(result, member, place);
        }

        // Of the draft, where values that can't be listed have become a type.
        if (schema["properties"] is not null || SchemaType.Names(result["type"], "object"))
        {
            CloseObject(result, schema, place);
        }

        if (_rules.ClosesObjects && SchemaType.Names(result["type"], "array") && result["items"] is null)
        {
            Refuse(schema, place.Pointer, "its items may be anything");
        }

        if (_rules.ClosesObjects && result["type"] is null && result["anyOf"] is null && result["enum"] is null && result["const"] is null && result["$ref"] is null)
        {
            Refuse(schema, place.Pointer, "its value may be of any type");
        }

        var rewritten = result.Finish();
        _limits.AddUnion(rewritten);
        return rewritten;
    }

    private void RewriteKeyword(SchemaDraft result, JsonMember member, DialectPlace place)
    {
        var (keyword, value) = (member.Name, member.Value);
        switch (keyword)
        {
            case "required" or "additionalProperties" when SchemaType.MayBeObject(result.Original):
            case "$defs" or "definitions" or "$ref":
                break;
            case "properties":
                result.Set(keyword, RewriteMembers(result.Original, value, place));
                break;
            case "items":
                result.Set(keyword, RewriteSchema(value, place.At("/items")));
                break;
            case "prefixItems" when _rules.Keywords.Contains(keyword):
                result.Set(keyword, JsonNode.Array(value.Items.Select((item, i) => RewriteSchema(item, place.At($"/prefixItems/{i}")))));
                break;
            case "prefixItems":
                // The items in no order: the local reader knows it.
                var items = value.Items.Select((item, i) => RewriteSchema(item, place.At($"/prefixItems/{i}"))).GroupBy(static item => item.ToString()).Select(static group => group.First()).ToList();
                result.Set("items", items.Count == 1 ? items[0] : JsonNode.Object([new JsonMember("anyOf", JsonNode.Array(items), default)]));
                Describe(result, place, keyword, value);
                break;
            case "anyOf" or "oneOf":
                result.Set("anyOf", JsonNode.Array(value.Items.Select((branch, i) => RewriteSchema(branch, place.At($"/{keyword}/{i}")))));
                break;
            case "enum" or "const":
                RewriteValues(result, member, place);
                break;
            case var _ when IsTaken(keyword, value):
                result.Set(keyword, value);
                break;
            case var _ when Annotations.Contains(keyword):
                break;
            case var _ when Structural.Contains(keyword) && _rules.ClosesObjects:
                Refuse(value, place.Pointer, $"it uses {keyword}");
                break;
            default:
                Describe(result, place, keyword, value);
                break;
        }
    }

    private bool IsTaken(string keyword, JsonNode value) => _rules.Keywords.Contains(keyword) && keyword switch
    {
        "format" => _rules.KnownFormats is null || _rules.KnownFormats.Contains(value.Text),
        "pattern" => !_rules.HasPlainPatterns || !(PatternText.NeedsBacktracking(value.Text) || PatternText.HasWordBoundary(value.Text)),
        "minItems" => _rules.MaxMinItems == int.MaxValue || value.Text is "0" or "1",
        _ => true,
    };

    private void Describe(SchemaDraft result, DialectPlace place, string keyword, JsonNode value)
    {
        result.Note($"{keyword}: {(value.Kind == JsonKind.String ? value.Text : value.ToString())}");
        if (keyword is not ("default" or "examples" or "description"))
        {
            _described.Add(new DescribedConstraint(place.Pointer, keyword));
        }
    }

    private void RewriteValues(SchemaDraft result, JsonMember member, DialectPlace place)
    {
        var values = member.Name == "enum" ? member.Value.Items : [member.Value];
        var name = _rules.Keywords.Contains(member.Name) ? member.Name : "enum";
        _limits.AddValues(values, isEnum: member.Name == "enum", place.Pointer);
        if (_rules.FoldsEnumCase && Twins(values) is { } twins)
        {
            Refuse(member.Value, place.Pointer, $"\"{twins[0]}\" and \"{twins[1]}\" differ in case only, which {_rules.Provider} does not keep");
        }

        var isNullable = _rules.HasTextAndNumberEnums && values.Count > 1 && values.Any(static value => value.Kind == JsonKind.Null);
        var kept = isNullable ? values.Where(static value => value.Kind != JsonKind.Null).ToList() : values;
        if (kept.Any(IsTooMuch))
        {
            result.SetType(SchemaType.Of(kept));
            Describe(result, place, member.Name, member.Value);
        }
        else if (isNullable)
        {
            result.SplitNull(JsonNode.Array(kept));
        }
        else
        {
            result.Set(name, name == member.Name ? member.Value : JsonNode.Array(kept));
            if (name != member.Name)
            {
                result.SetType(SchemaType.Of(kept));
            }
        }
    }

    /// <summary>Texts that differ in case only; null where there are none.</summary>
    private static List<string>? Twins(IEnumerable<JsonNode> values) => values
        .Where(static value => value.Kind == JsonKind.String)
        .Select(static value => value.Text)
        .Distinct()
        .GroupBy(static text => text, StringComparer.OrdinalIgnoreCase)
        .FirstOrDefault(static group => group.Count() > 1)?
        .ToList();

    private bool IsTooMuch(JsonNode value) =>
        (_rules.HasPlainEnums && value.Kind is JsonKind.Object or JsonKind.Array) || (_rules.HasTextAndNumberEnums && value.Kind is not (JsonKind.String or JsonKind.Number));

    private JsonNode RewriteMembers(JsonNode schema, JsonNode properties, DialectPlace place)
    {
        var members = new List<JsonMember>(properties.Members.Count);
        var required = new HashSet<string>(schema["required"]?.Items.Select(static name => name.Text) ?? [], StringComparer.Ordinal);
        foreach (var member in properties.Members)
        {
            var isRequired = required.Contains(member.Name);
            _limits.AddMember(member.Name, isRequired);
            var value = RewriteSchema(member.Value, place.Into(member.Name, isOptional: !isRequired));
            if (_rules.RequiresAll && !isRequired && !SchemaType.AllowsNull(value))
            {
                value = _readsNullAsAbsent
                    ? SchemaType.OrNull(value)
                    : Refuse(value, place.Into(member.Name, isOptional: true).Pointer, "it may be left out, but must not be null");
                _limits.AddUnion(value);
            }

            members.Add(member with { Value = value });
        }

        return JsonNode.Object(members);
    }

    private void CloseObject(SchemaDraft result, JsonNode schema, DialectPlace place)
    {
        var additional = schema["additionalProperties"];
        if (!_rules.ClosesObjects)
        {
            result.Keep("required");
            if (additional is not null)
            {
                result.Set("additionalProperties", additional.Kind == JsonKind.Object ? RewriteSchema(additional, place.At("/additionalProperties")) : additional);
            }

            return;
        }

        if (additional?.Kind == JsonKind.Object || (schema["properties"] is null && additional?.Text != "false"))
        {
            Refuse(schema, place.Pointer, "its members' names are not known beforehand");
            return;
        }

        var names = schema["properties"]?.Members.Select(static member => member.Name).ToList() ?? [];
        var known = new HashSet<string>(names, StringComparer.Ordinal);
        if (schema["required"]?.Items.FirstOrDefault(name => !known.Contains(name.Text)) is { } missing)
        {
            Refuse(schema, place.Pointer, $"it requires \"{missing.Text}\", of which it says nothing");
        }

        if (_rules.RequiresAll)
        {
            result.Set("required", JsonNode.Array(names.Select(JsonNode.String)));
        }
        else
        {
            result.Keep("required");
        }

        result.Set("additionalProperties", JsonNode.False);
    }

    private JsonNode RewriteReference(JsonNode schema, string reference, DialectPlace place)
    {
        if (_references.Find(reference) is not { } target)
        {
            return Refuse(schema, place.Pointer, $"it refers to {reference}, which is not in the schema");
        }

        var local = SchemaReferences.Definition(reference);
        if (local is null && !_inlining.Add(reference))
        {
            return Refuse(schema, place.Pointer, "its type holds itself, but is not under $defs");
        }

        if (local is null)
        {
            var inlined = RewriteSchema(target, place);
            _inlining.Remove(reference);
            return inlined;
        }

        if (_rules.Recursion != Recursion.Anywhere
            && !(_rules.Recursion == Recursion.InOptionalMembers && place.IsOptional)
            && _references.IsCircle(_definition, local))
        {
            return Refuse(schema, place.Pointer, _rules.Recursion == Recursion.Nowhere ? "its type holds itself" : "its type holds itself in a required member");
        }

        var link = JsonNode.Object([new JsonMember("$ref", JsonNode.String(local), default)]);
        if (schema.Members.Count == 1)
        {
            return schema.Members[0].Value.Text == local ? schema : link;
        }

        // A reference must have no siblings.
        var siblings = schema.Without("$ref");
        return RewriteKeywords(JsonNode.Object([new JsonMember("anyOf", JsonNode.Array([link]), default), .. siblings.Members]), place);
    }

    private JsonNode Refuse(JsonNode schema, string pointer, string reason)
    {
        for (; _pointersKnown < _problems.Count; _pointersKnown++)
        {
            _pointers.Add(_problems[_pointersKnown].Pointer);
        }

        if (!_pointers.Contains(pointer))
        {
            _problems.Add(new DialectProblem(pointer, reason));
        }

        return schema;
    }
}
