using System.Text.Json;
using System.Text.Json.Nodes;

namespace PromptGen.OpenAI.Schemas;

/// <summary>
/// Rewrites a JSON Schema to the subset that OpenAI's strict mode takes: objects closed, every member required (optional ones as a
/// union with null), keywords outside the subset moved into the description, where the model can still read them.
/// </summary>
internal sealed class StrictSchemaRewriter
{
    private const int MaxDepth = 10;
    private const int MaxProperties = 5_000;
    private const int MaxEnumValues = 1_000;
    private const int MaxCharacters = 120_000;
    private const int LargeEnum = 250;
    private const int MaxLargeEnumCharacters = 15_000;
    private const string DefinitionsPath = "#/$defs/";

    private static readonly HashSet<string> KeptKeywords = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "title", "description", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "minItems", "maxItems",
    };

    private static readonly HashSet<string> KeptFormats = new(StringComparer.Ordinal)
    {
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    };

    // These say nothing about the value.
    private static readonly HashSet<string> DroppedKeywords = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$anchor", "$comment", "deprecated", "readOnly", "writeOnly",
    };

    private static readonly HashSet<string> InexpressibleKeywords = new(StringComparer.Ordinal)
    {
        "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "patternProperties", "propertyNames", "unevaluatedProperties",
        "unevaluatedItems", "prefixItems", "additionalItems", "contains", "minContains", "maxContains", "$dynamicRef", "$dynamicAnchor", "definitions",
    };

    private readonly JsonObject _root;
    private readonly HashSet<string> _inlining = new(StringComparer.Ordinal);
    private int _properties;
    private int _enumValues;
    private int _characters;

    private StrictSchemaRewriter(JsonObject root) => _root = root;

    /// <summary>Rewrites a schema.</summary>
    /// <param name="root">The whole schema; not changed.</param>
    /// <returns>The rewritten schema; null where strict mode can't express it.</returns>
    public static JsonObject? Rewrite(JsonObject root)
    {
        try
        {
            var rewriter = new StrictSchemaRewriter(root);
            return root.ContainsKey("anyOf") || root.ContainsKey("oneOf") || !IsType(root, "object") ? null : rewriter.RewriteRoot();
        }
        catch (Exception exception) when (exception is InexpressibleException or InvalidOperationException)
        {
            // InvalidOperationException: a keyword has a value of the wrong kind, which the provider may judge.
            return null;
        }
    }

    private static bool IsType(JsonObject schema, string type) => schema["type"] is JsonValue value && value.TryGetValue(out string? name) && name == type;

    private JsonObject RewriteRoot()
    {
        var result = RewriteSchema(_root, 0);
        if (_root["$defs"] is JsonObject definitions)
        {
            var rewritten = new JsonObject();
            foreach (var (name, definition) in definitions)
            {
                rewritten[name] = RewriteSchema(definition, 0);
                _characters += name.Length;
            }

            result["$defs"] = rewritten;
        }

        return _properties > MaxProperties || _enumValues > MaxEnumValues || _characters > MaxCharacters ? throw new InexpressibleException() : result;
    }

    private JsonObject RewriteSchema(JsonNode? node, int depth)
    {
        if (node is not JsonObject { Count: > 0 } schema || depth > MaxDepth)
        {
            // true, {} and null allow anything.
            throw new InexpressibleException();
        }

        if (schema["$ref"] is JsonValue reference)
        {
            return RewriteReference(schema, reference.GetValue<string>(), depth);
        }

        if (schema["allOf"] is JsonArray parts)
        {
            return RewriteSchema(MergeOnlyPart(schema, parts), depth);
        }

        var result = new JsonObject();
        var notes = new List<string>();
        foreach (var (keyword, value) in schema)
        {
            CopyKeyword(result, notes, keyword, value, depth);
        }

        if (IsObject(schema))
        {
            CloseObject(result, schema, depth);
        }

        Describe(result, notes);
        return result.ContainsKey("type") || result.ContainsKey("anyOf") || result.ContainsKey("enum") || result.ContainsKey("const")
            ? result
            : throw new InexpressibleException();
    }

    private void CopyKeyword(JsonObject result, List<string> notes, string keyword, JsonNode? value, int depth)
    {
        switch (keyword)
        {
            case "properties" or "required" or "additionalProperties" or "$defs":
                break;
            case "items":
                result["items"] = RewriteSchema(value, depth);
                break;
            case "anyOf" or "oneOf":
                result["anyOf"] = new JsonArray([.. (value as JsonArray ?? throw new InexpressibleException()).Select(branch => RewriteSchema(branch, depth))]);
                break;
            case "format" when value is JsonValue format && KeptFormats.Contains(format.GetValue<string>()):
                result[keyword] = value.DeepClone();
                break;
            case var _ when KeptKeywords.Contains(keyword):
                CountValues(keyword, value);
                result[keyword] = value?.DeepClone();
                break;
            case var _ when InexpressibleKeywords.Contains(keyword):
                throw new InexpressibleException();
            case var _ when !DroppedKeywords.Contains(keyword):
                notes.Add($"{keyword}: {(value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value?.ToJsonString() ?? "null")}");
                break;
        }
    }

    private void CountValues(string keyword, JsonNode? value)
    {
        JsonNode?[] values = keyword switch { "enum" when value is JsonArray array => [.. array], "const" => [value], _ => [] };
        var characters = values.Sum(static one => one is JsonValue text && text.TryGetValue(out string? plain) ? plain.Length : 0);
        _enumValues += keyword == "enum" ? values.Length : 0;
        _characters += characters;
        if (values.Length > LargeEnum && characters > MaxLargeEnumCharacters)
        {
            throw new InexpressibleException();
        }
    }

    private static bool IsFalse(JsonNode? value) => value is JsonValue flag && flag.GetValueKind() == JsonValueKind.False;

    private static bool IsObject(JsonObject schema) =>
        schema.ContainsKey("properties")
        || IsType(schema, "object")
        || (schema["type"] is JsonArray types && types.Any(type => type?.GetValue<string>() == "object"));

    private void CloseObject(JsonObject result, JsonObject schema, int depth)
    {
        // A map, and an object of which nothing is known, hold members that strict mode would forbid.
        if (schema["additionalProperties"] is { } additional && !IsFalse(additional))
        {
            throw new InexpressibleException();
        }

        if (schema["properties"] is not JsonObject properties)
        {
            throw new InexpressibleException();
        }

        var required = schema["required"] is JsonArray names ? names.Select(name => name?.GetValue<string>() ?? "").ToHashSet(StringComparer.Ordinal) : [];
        var members = new JsonObject();
        var all = new JsonArray();
        foreach (var (name, member) in properties)
        {
            var rewritten = RewriteSchema(member, depth + 1);
            members[name] = required.Contains(name) ? rewritten : OrNull(rewritten);
            all.Add((JsonNode)name);
            _properties++;
            _characters += name.Length;
        }

        result["properties"] = members;
        result["required"] = all;
        result["additionalProperties"] = false;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray branches)
        {
            if (!branches.Any(branch => branch is JsonObject option && IsType(option, "null")))
            {
                branches.Add((JsonNode)new JsonObject { ["type"] = "null" });
            }

            return schema;
        }

        if (schema["type"] is null || schema.ContainsKey("const"))
        {
            return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        }

        if (schema["type"] is JsonArray types)
        {
            if (types.Any(type => type?.GetValue<string>() == "null"))
            {
                return schema;
            }

            types.Add((JsonNode)"null");
        }
        else
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        }

        if (schema["enum"] is JsonArray values && !values.Contains(null))
        {
            values.Add((JsonNode?)null);
        }

        return schema;
    }

    /// <summary>A reference may have no siblings: what it refers to is written in place with them, unless it would contain itself.</summary>
    private JsonObject RewriteReference(JsonObject schema, string target, int depth)
    {
        if (target == "#")
        {
            return new JsonObject { ["$ref"] = target };
        }

        if (!target.StartsWith(DefinitionsPath, StringComparison.Ordinal)
            || _root["$defs"] is not JsonObject definitions
            || definitions[Unescape(target[DefinitionsPath.Length..])] is not JsonObject definition)
        {
            throw new InexpressibleException();
        }

        if (schema.Count == 1 || !_inlining.Add(target))
        {
            return new JsonObject { ["$ref"] = target };
        }

        var merged = definition.DeepClone().AsObject();
        foreach (var (keyword, value) in schema.Where(pair => pair.Key != "$ref"))
        {
            merged[keyword] = value?.DeepClone();
        }

        var result = RewriteSchema(merged, depth);
        _inlining.Remove(target);
        return result;
    }

    private static string Unescape(string pointer) =>
        Uri.UnescapeDataString(pointer).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JsonObject MergeOnlyPart(JsonObject schema, JsonArray parts)
    {
        if (parts is not [JsonObject part])
        {
            throw new InexpressibleException();
        }

        var merged = part.DeepClone().AsObject();
        foreach (var (keyword, value) in schema.Where(pair => pair.Key != "allOf"))
        {
            merged[keyword] = merged.ContainsKey(keyword) && keyword != "description" ? throw new InexpressibleException() : value?.DeepClone();
        }

        return merged;
    }

    private static void Describe(JsonObject result, List<string> notes)
    {
        if (notes.Count > 0)
        {
            var note = string.Join(", ", notes);
            result["description"] = result["description"] is JsonValue description ? $"{description.GetValue<string>()} ({note})" : note;
        }
    }

    /// <summary>Ends the rewriting of a schema that strict mode can't express.</summary>
    private sealed class InexpressibleException : Exception;
}
