using System;
using System.Collections.Generic;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Follows the references of a schema within itself.</summary>
internal sealed class SchemaReferences(JsonNode root)
{
    private readonly Dictionary<string, Definitions> _definitions = new(StringComparer.Ordinal);
    private readonly Stack<Definitions> _open = new();

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

    /// <summary>
    /// Whether a definition holds itself by way of another that it refers to: whether the two are in one circle. The circles are found for all
    /// definitions at once, by Tarjan's algorithm.
    /// </summary>
    public bool IsCircle(string definition, string referredTo) =>
        definition == referredTo || ReferenceEquals(CircleOf(definition), CircleOf(referredTo));

    private Definitions CircleOf(string definition)
    {
        if (!_definitions.TryGetValue(definition, out var found))
        {
            Visit(definition);
            found = _definitions[definition];
        }

        return found.Circle!;
    }

    private void Visit(string start)
    {
        var path = new Stack<(Definitions Definition, IEnumerator<string> Next)>();
        Enter(start);
        while (path.Count > 0)
        {
            var (definition, next) = path.Peek();
            if (next.MoveNext())
            {
                if (!_definitions.TryGetValue(next.Current, out var known))
                {
                    Enter(next.Current);
                }
                else if (known.Circle is null)
                {
                    definition.Low = Math.Min(definition.Low, known.Number);
                }

                continue;
            }

            path.Pop();
            if (definition.Low == definition.Number)
            {
                Close(definition);
            }

            if (path.Count > 0)
            {
                var around = path.Peek().Definition;
                around.Low = Math.Min(around.Low, definition.Low);
            }
        }

        void Enter(string name)
        {
            var definition = new Definitions(_definitions.Count);
            _definitions.Add(name, definition);
            _open.Push(definition);
            path.Push((definition, ReferredToBy(name).GetEnumerator()));
        }
    }

    private void Close(Definitions first)
    {
        Definitions member;
        do
        {
            member = _open.Pop();
            member.Circle = first;
        }
        while (!ReferenceEquals(member, first));
    }

    private HashSet<string> ReferredToBy(string definition)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if ((Find(definition) ?? Find(definition.Replace("#/$defs/", "#/definitions/"))) is { } node)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<JsonNode>();
            open.Push(node);
            while (open.Count > 0)
            {
                Collect(open.Pop(), found, known, open);
            }
        }

        return found;
    }

    /// <summary>What a schema refers to, by itself or in what is written in its place.</summary>
    private void Collect(JsonNode node, HashSet<string> found, HashSet<string> known, Stack<JsonNode> open)
    {
        foreach (var item in node.Items)
        {
            open.Push(item);
        }

        foreach (var member in node.Members)
        {
            if (member.Name != "$ref")
            {
                if (!(ReferenceEquals(node, root) && member.Name is "$defs" or "definitions"))
                {
                    open.Push(member.Value);
                }
            }
            else if (Definition(member.Value.Text) is { } definition)
            {
                found.Add(definition);
            }
            else if (known.Add(member.Value.Text) && Find(member.Value.Text) is { } target)
            {
                open.Push(target);
            }
        }
    }

    /// <summary>A definition on the way, later one of a circle.</summary>
    private sealed class Definitions(int number)
    {
        public int Number { get; } = number;

        public int Low { get; set; } = number;

        /// <summary>The first of the circle that it is in, itself where it is in none; null while that is not known.</summary>
        public Definitions? Circle { get; set; }
    }
}
