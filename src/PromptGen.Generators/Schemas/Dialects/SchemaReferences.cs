using System;
using System.Collections.Generic;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Follows the references of a schema within itself.</summary>
internal sealed class SchemaReferences(JsonNode root)
{
    private readonly Dictionary<string, HashSet<string>> _reachable = new(StringComparer.Ordinal);

    /// <summary>The reference as the dialects write it; null where it is neither to the root nor to a definition.</summary>
    public static string? Definition(string reference)
    {
        foreach (var prefix in new[] { "#/$defs/", "#/definitions/" })
        {
            if (reference.StartsWith(prefix, StringComparison.Ordinal) && reference.IndexOf('/', prefix.Length) < 0)
            {
                return "#/$defs/" + reference.Substring(prefix.Length);
            }
        }

        return reference == "#" ? reference : null;
    }

    /// <summary>What a reference refers to; null where that is not in the schema.</summary>
    public JsonNode? Find(string reference)
    {
        if (!reference.StartsWith("#", StringComparison.Ordinal) || (reference.Length > 1 && reference[1] != '/'))
        {
            return null;
        }

        var node = (JsonNode?)root;
        foreach (var step in reference.Length == 1 ? [] : Uri.UnescapeDataString(reference).Substring(2).Split('/'))
        {
            var name = step.Replace("~1", "/").Replace("~0", "~");
            node = node is { Kind: JsonKind.Array } && int.TryParse(name, out var index) ? index >= 0 && index < node.Items.Count ? node.Items[index] : null : node?[name];
        }

        return node;
    }

    /// <summary>Whether one definition leads to another, or to itself.</summary>
    public bool Reaches(string from, string to)
    {
        if (!_reachable.TryGetValue(from, out var reachable))
        {
            reachable = new HashSet<string>(StringComparer.Ordinal);
            _reachable.Add(from, reachable);
            var pending = new Stack<string>();
            pending.Push(from);
            while (pending.Count > 0)
            {
                var next = pending.Pop();
                if ((Find(next) ?? Find(next.Replace("#/$defs/", "#/definitions/"))) is { } node)
                {
                    Collect(node, isRoot: ReferenceEquals(node, root), reachable, pending);
                }
            }
        }

        return from == to || reachable.Contains(to);
    }

    private static void Collect(JsonNode node, bool isRoot, HashSet<string> reachable, Stack<string> pending)
    {
        foreach (var item in node.Items)
        {
            Collect(item, false, reachable, pending);
        }

        foreach (var member in node.Members)
        {
            if (member.Name == "$ref" && Definition(member.Value.Text) is { } definition)
            {
                if (reachable.Add(definition))
                {
                    pending.Push(definition);
                }
            }
            else if (!(isRoot && member.Name is "$defs" or "definitions"))
            {
                Collect(member.Value, false, reachable, pending);
            }
        }
    }
}
