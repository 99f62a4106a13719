using System;
using System.Collections.Generic;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Names for the methods of schemas: after the place in the file, as far as that reads well.</summary>
internal static class SchemaNames
{
    private const int MaxParts = 3;
    private const int MaxLength = 60;

    /// <summary>Names every schema of a program.</summary>
    public static void Assign(SchemaProgram program)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var paths = new Dictionary<SchemaDocument, Dictionary<JsonNode, string>>();
        foreach (var schema in program.Schemas)
        {
            var document = schema.Place.Resource.Document;
            if (!paths.TryGetValue(document, out var names))
            {
                paths.Add(document, names = PathsOf(document));
            }

            var name = ReferenceEquals(schema, program.Root) ? "Root" : names.TryGetValue(schema.Place.Node, out var path) && path.Length > 0 ? path : "Schema";
            var unique = name;
            for (var number = numbers.TryGetValue(name, out var next) ? next : 2; !taken.Add(unique); number++)
            {
                unique = name + Literal.Int(number);
                numbers[name] = number + 1;
            }

            schema.Name = unique;
        }
    }

    private static Dictionary<JsonNode, string> PathsOf(SchemaDocument document)
    {
        var names = new Dictionary<JsonNode, string>();
        var stem = document.Path.Substring(document.Path.Replace('\\', '/').LastIndexOf('/') + 1).Split('.')[0];
        var open = new Stack<(JsonNode Node, string[] Parts)>();
        open.Push((document.Root, [CSharpName.Pascal(stem)]));
        while (open.Count > 0)
        {
            var (node, parts) = open.Pop();
            names[node] = NameOf(parts);
            foreach (var member in node.Members)
            {
                // The names of keywords that only hold names say nothing.
                var isHolder = member.Name is "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "allOf" or "anyOf" or "oneOf";
                open.Push((member.Value, isHolder ? parts : member.Name is "items" ? [.. parts, "Item"] : [.. parts, CSharpName.Pascal(member.Name)]));
            }

            for (var i = 0; i < node.Items.Count; i++)
            {
                open.Push((node.Items[i], parts));
            }
        }

        return names;
    }

    private static string NameOf(string[] parts)
    {
        var name = string.Concat(new ArraySegment<string>(parts, Math.Max(0, parts.Length - MaxParts), Math.Min(parts.Length, MaxParts)));
        return name.Length <= MaxLength ? name : name.Substring(0, MaxLength);
    }
}
