using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>What the methods of schemas share as static fields: patterns, bounds of numbers, long lists of strings.</summary>
internal sealed class SchemaFields
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<(string Type, string Name, string Value)> _fields = [];
    private readonly PatternMatching _matching = new();

    public string NameOf(SchemaPattern pattern) => Field(
        "global::System.Text.RegularExpressions.Regex", "s_pattern", $"new({Literal.String(pattern.Net)}, {PatternFields.OptionsOf(pattern.Net)})");

    /// <inheritdoc cref="PatternMatching.Matches"/>
    public bool? Matches(SchemaPattern pattern, string name) => _matching.Matches(pattern, name);

    public string NameOfRule(Schema schema)
    {
        var bounds = new[]
        {
            ("minimum", schema.Minimum), ("above", schema.Above), ("maximum", schema.Maximum), ("below", schema.Below), ("multipleOf", schema.MultipleOf),
        };
        var arguments = string.Join(", ", bounds.Where(static bound => bound.Item2 is not null).Select(static bound => $"{bound.Item1}: \"{bound.Item2}\""));
        return Field("global::PromptGen.Contracts.Schemas.NumberRule", "s_number", $"new({arguments})");
    }

    public string NameOf(IReadOnlyList<JsonNode> texts) => Field(
        "global::PromptGen.Contracts.Schemas.TextSet", "s_texts", $"new({string.Join(", ", texts.Select(static text => Literal.String(text.Text)))})");

    public void Write(SourceWriter source)
    {
        foreach (var (type, name, value) in _fields)
        {
            source.Line().Line($"private static readonly {type} {name} = {value};");
        }
    }

    private string Field(string type, string prefix, string value)
    {
        if (!_names.TryGetValue(type + value, out var name))
        {
            _counts.TryGetValue(type, out var count);
            _counts[type] = count + 1;
            name = prefix + Literal.Int(count + 1);
            _names.Add(type + value, name);
            _fields.Add((type, name, value));
        }

        return name;
    }
}
