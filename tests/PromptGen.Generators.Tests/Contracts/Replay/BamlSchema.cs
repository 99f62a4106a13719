using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>
/// The JSON Schema of a type that BAML declares, written as that of a C# type would be: closed objects with the members' other names, of which those are
/// required that may not be null; enums by their values' other names; unions as <c>anyOf</c>. Checks, which only lower a score there, are left away.
/// </summary>
internal sealed partial class BamlSchema
{
    private readonly JsonObject _definitions = [];
    private string _text = "";
    private int _position;

    private BamlSchema(string declarations)
    {
        declarations = Comment().Replace(Check().Replace(Description().Replace(declarations, ""), ""), "");
        foreach (Match declaration in Declaration().Matches(declarations))
        {
            var lines = declaration.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            _definitions[declaration.Groups["name"].Value] = declaration.Groups["kind"].Value == "enum" ? Enum(lines) : Class(lines);
        }
    }

    /// <summary>The name in JSON of members and enum values that have another one in BAML.</summary>
    public Dictionary<string, string> OtherNames { get; } = [];

    public string Json { get; private set; } = "";

    /// <summary>The schema of a target, which is written as the Rust expression that makes it.</summary>
    public static BamlSchema Of(string declarations, string target)
    {
        var schema = new BamlSchema(declarations) { _text = Noise().Replace(target, ""), _position = 0 };
        var root = schema.Target();
        Assert.Equal(schema._text.Length, schema._position);
        root["$defs"] = schema._definitions;
        schema.Json = root.ToJsonString();
        return schema;
    }

    private JsonObject Class(string[] lines)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var line in lines)
        {
            var name = NameIn(line, out var type);
            _text = type;
            _position = 0;
            var node = Union();
            Assert.Equal(_text.Length, _position);
            properties[name] = node;
            if (!TakesNull(node))
            {
                required.Add(name);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    private JsonObject Enum(string[] lines) => new() { ["enum"] = new JsonArray([.. lines.Select(line => (JsonNode)NameIn(line, out _))]) };

    private string NameIn(string line, out string rest)
    {
        var alias = Alias().Match(line);
        var parts = Alias().Replace(line, "").Split(' ', 2);
        rest = parts.Length > 1 ? parts[1].Replace(" ", "", StringComparison.Ordinal) : "";
        if (!alias.Success)
        {
            return parts[0];
        }

        OtherNames[parts[0]] = alias.Groups[1].Value;
        return alias.Groups[1].Value;
    }

    private static bool TakesNull(JsonObject node) =>
        node["type"] is JsonArray || node["type"]?.GetValue<string>() == "null" || (node["anyOf"]?.AsArray().Any(static choice => TakesNull(choice!.AsObject())) ?? false);

    private JsonObject Union()
    {
        var choices = new List<JsonObject> { Postfix() };
        while (Eat("|"))
        {
            choices.Add(Postfix());
        }

        return AnyOf(choices);
    }

    private JsonObject Postfix()
    {
        JsonObject node;
        if (Eat("("))
        {
            node = Union();
            Expect(")");
        }
        else if (Eat("map<string,"))
        {
            node = Map(Union());
            Expect(">");
        }
        else
        {
            node = Named(Word());
        }

        while (_position < _text.Length && _text[_position] is '[' or '?')
        {
            node = Eat("[]") ? List(node) : Eat("?") ? Optional(node) : throw new FormatException(_text);
        }

        return node;
    }

    private JsonObject Target()
    {
        var word = Word();
        Expect("(");
        JsonObject node;
        switch (word)
        {
            case "Primitive":
                node = Named(Word().ToLowerInvariant());
                break;
            case "Class" or "class" or "Enum":
                Expect("\"");
                node = Named(Word());
                Expect("\"");
                break;
            case "List" or "list":
                node = List(Target());
                break;
            case "optional":
                node = Optional(Target());
                break;
            case "map":
                Target();
                Expect(",");
                node = Map(Target());
                break;
            case "Union" or "union":
                node = AnyOf(Targets());
                break;
            case "Literal":
                node = Literal();
                break;
            default:
                node = Named(word);
                break;
        }

        Expect(")");
        return Eat(".as_list()") ? List(node) : Eat(".as_optional()") ? Optional(node) : node;
    }

    private List<JsonObject> Targets()
    {
        Expect("vec![");
        var targets = new List<JsonObject>();
        while (!Eat("]"))
        {
            targets.Add(Target());
            Eat(",");
        }

        return targets;
    }

    private JsonObject Literal()
    {
        var kind = Word();
        Expect("(");
        var end = _text.IndexOf(')', _position);
        var value = JsonNode.Parse(_text[_position..end]);
        Assert.Contains(kind, (string[])["Int", "Bool", "String"]);
        _position = end + 1;
        return new JsonObject { ["const"] = value };
    }

    private static JsonObject Named(string name) => name switch
    {
        "string" or "null" => new JsonObject { ["type"] = name },
        "bool" => new JsonObject { ["type"] = "boolean" },
        "int" => new JsonObject { ["type"] = "integer" },
        "float" => new JsonObject { ["type"] = "number" },
        _ => new JsonObject { ["$ref"] = "#/$defs/" + name },
    };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Map(JsonObject values) => new() { ["type"] = "object", ["additionalProperties"] = values };

    private static JsonObject Optional(JsonObject node) =>
        node.Count == 1 && node["type"] is { } type ? new JsonObject { ["type"] = new JsonArray(type.DeepClone(), "null") } : AnyOf([node, Named("null")]);

    private static JsonObject AnyOf(List<JsonObject> choices) => choices is [var only] ? only : new JsonObject { ["anyOf"] = new JsonArray([.. choices]) };

    private string Word()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] == '_'))
        {
            _position++;
        }

        Assert.True(_position > start, _text[start..]);
        return _text[start.._position];
    }

    private bool Eat(string text)
    {
        var isThere = _text.AsSpan(_position).StartsWith(text, StringComparison.Ordinal);
        _position += isThere ? text.Length : 0;
        return isThere;
    }

    private void Expect(string text) => Assert.True(Eat(text), $"{text} expected in {_text} at {_position}");

    [GeneratedRegex(@"@?@description\((#""[\s\S]*?""#|""[^""]*"")\)")]
    private static partial Regex Description();

    [GeneratedRegex(@"@check\(.*?\{\{.*?\}\}\)")]
    private static partial Regex Check();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<kind>class|enum)\s+(?<name>\w+)\s*\{(?<body>[^}]*)\}")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\s*@alias\(""?([^"")]*)""?\)")]
    private static partial Regex Alias();

    [GeneratedRegex(@"FieldType::|TypeValue::|LiteralValue::|\.into\(\)|\.to_string\(\)|\s")]
    private static partial Regex Noise();
}
