using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Writes a schema as the one document that is sent to a model: it contains all that the schema refers to, and every reference is a pointer into it.</summary>
internal sealed class SchemaBundle
{
    private readonly SchemaProgram _program;
    private readonly Dictionary<SchemaDocument, string> _prefixes = [];
    private readonly Dictionary<SchemaDocument, Dictionary<JsonNode, string>> _pointers = [];
    private readonly HashSet<string> _names = new(System.StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(System.StringComparer.Ordinal);
    private readonly Queue<SchemaDocument> _others = new();

    private SchemaBundle(SchemaProgram program) => _program = program;

    /// <summary>The schema on one line.</summary>
    /// <param name="program">The schema, which has to be one without problems.</param>
    /// <param name="isWrapped">Whether the value is wrapped in an object, as its member <c>value</c>.</param>
    public static string Write(SchemaProgram program, bool isWrapped) => new SchemaBundle(program).Bundle(isWrapped).ToString();

    private JsonNode Bundle(bool isWrapped)
    {
        // A root that is only a reference was followed when it was compiled: the file begins where its document does.
        var document = _program.Document!;
        _prefixes[document] = isWrapped ? "#/$defs/value" : "#";
        var root = Rewrite(document.Root, document, isRoot: true);
        var definitions = new List<JsonMember>();
        while (_others.Count > 0)
        {
            var other = _others.Dequeue();
            definitions.Add(new JsonMember(_prefixes[other].Substring("#/$defs/".Length), Rewrite(other.Root, other, isRoot: true), default));
        }

        if (isWrapped)
        {
            definitions.Insert(0, new JsonMember("value", root, default));
            return JsonNode.Object(
            [
                new("type", JsonNode.String("object"), default),
                new("properties", JsonNode.Object([new("value", JsonNode.Object([new("$ref", JsonNode.String("#/$defs/value"), default)]), default)]), default),
                new("required", JsonNode.Array([JsonNode.String("value")]), default),
                new("additionalProperties", JsonNode.False, default),
                new("$defs", JsonNode.Object(definitions), default),
            ]);
        }

        return definitions.Count == 0 ? root : root.With("$defs", JsonNode.Object([.. root["$defs"]?.Members ?? [], .. definitions]));
    }

    /// <summary>Rewrites a node for the bundle. A <c>$ref</c> is a reference only in schemas of this program.</summary>
    private JsonNode Rewrite(JsonNode node, SchemaDocument document, bool isRoot = false)
    {
        if (node.Kind == JsonKind.Array)
        {
            return JsonNode.Array(node.Items.Select(item => Rewrite(item, document)));
        }

        if (node.Kind != JsonKind.Object)
        {
            return node;
        }

        var members = new List<JsonMember>();
        foreach (var member in node.Members)
        {
            var isIdentity = member.Name is "$schema" or "$id" or "id" && member.Value.Kind == JsonKind.String && (isRoot || document.Resources.ContainsKey(node));
            if (member.Name is "$ref" && _program.Targets.TryGetValue(node, out var target))
            {
                members.Add(member with { Value = JsonNode.String(PointerTo(target)) });
            }
            else if (!isIdentity)
            {
                members.Add(member with { Value = member.Name is "const" or "enum" or "default" or "examples" ? member.Value : Rewrite(member.Value, document) });
            }
        }

        return JsonNode.Object(members);
    }

    private string PointerTo(SchemaPlace target)
    {
        var document = target.Resource.Document;
        if (!_prefixes.TryGetValue(document, out var prefix))
        {
            prefix = "#/$defs/" + Name(document);
            _prefixes.Add(document, prefix);
            _others.Enqueue(document);
        }

        if (!_pointers.TryGetValue(document, out var pointers))
        {
            _pointers.Add(document, pointers = PointersOf(document.Root));
        }

        return prefix + pointers[target.Node];
    }

    /// <summary>The name of a document in <c>$defs</c>, which is unique.</summary>
    private string Name(SchemaDocument document)
    {
        var file = document.Path.Replace('\\', '/').TrimEnd('/');
        var stem = file.Substring(file.LastIndexOf('/') + 1).Split('.')[0];
        var name = stem;
        var taken = _program.Document!.Root["$defs"];
        _numbers.TryGetValue(stem, out var number);
        for (number = System.Math.Max(number, 2); !(name.Length > 0 && taken?[name] is null && _names.Add(name)); number++)
        {
            name = stem + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        _numbers[stem] = number;

        return name.Replace("~", "-");
    }

    private static Dictionary<JsonNode, string> PointersOf(JsonNode root)
    {
        var pointers = new Dictionary<JsonNode, string>();
        var open = new Stack<(JsonNode Node, string Pointer)>();
        open.Push((root, ""));
        while (open.Count > 0)
        {
            var (node, pointer) = open.Pop();
            pointers[node] = pointer;
            foreach (var member in node.Members)
            {
                open.Push((member.Value, pointer + "/" + member.Name.Replace("~", "~0").Replace("/", "~1").Replace("%", "%25")));
            }

            for (var i = 0; i < node.Items.Count; i++)
            {
                open.Push((node.Items[i], pointer + "/" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return pointers;
    }
}
