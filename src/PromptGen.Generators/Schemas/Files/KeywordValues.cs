using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Takes what a schema's keywords say as what it has to be, and reports where it is something else.</summary>
internal readonly struct KeywordValues(SchemaCompiler compiler, SchemaPlace place)
{
    public string? Number(string keyword)
    {
        if (place.Node[keyword] is not { } value)
        {
            return null;
        }

        return value.Kind == JsonKind.Number ? value.Text : Wrong<string>(new JsonMember(keyword, value, default), "a number");
    }

    public string? Divisor(JsonMember member)
    {
        if (member.Value.Kind != JsonKind.Number || member.Value.Text[0] == '-' || member.Value.Text.Split('e', 'E')[0].Trim('0', '.').Length == 0)
        {
            return Wrong<string>(member, "a number above 0");
        }

        return member.Value.Text.Count(char.IsDigit) <= 18 ? member.Value.Text : Wrong<string>(member, "a number of at most 18 digits");
    }

    public int? Count(JsonMember member)
    {
        var isNumber = member.Value.Kind == JsonKind.Number;
        if (isNumber && decimal.TryParse(member.Value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count >= 0 && count == decimal.Truncate(count))
        {
            return count > int.MaxValue ? int.MaxValue : (int)count;
        }

        Wrong(member, "a whole number of at least 0");
        return null;
    }

    public bool Flag(JsonMember member)
    {
        if (member.Value.Kind != JsonKind.Boolean)
        {
            Wrong(member, "true or false");
        }

        return member.Value.Text == "true";
    }

    public SchemaKinds Kinds(JsonNode value)
    {
        var kinds = SchemaKinds.None;
        foreach (var item in value.Kind == JsonKind.Array ? value.Items : [value])
        {
            var kind = item.Kind != JsonKind.String ? SchemaKinds.None : item.Text switch
            {
                "null" => SchemaKinds.Null,
                "boolean" => SchemaKinds.Boolean,
                "integer" => SchemaKinds.Integer,
                "number" => SchemaKinds.Integer | SchemaKinds.Number,
                "string" => SchemaKinds.String,
                "array" => SchemaKinds.Array,
                "object" => SchemaKinds.Object,
                _ => SchemaKinds.None,
            };
            kinds |= kind;
            if (kind == SchemaKinds.None)
            {
                compiler.Problem(place, item, "this is not a type: write null, boolean, integer, number, string, array or object");
            }
        }

        return kinds;
    }

    public SchemaPattern? Pattern(JsonMember member) =>
        member.Value.Kind == JsonKind.String ? Pattern(member.Value, member.Value.Text) : Wrong<SchemaPattern>(member, "a string");

    public SchemaPattern? Pattern(JsonNode at, string text)
    {
        var pattern = EcmaPattern.Translate(text, out var error);
        if (error is null)
        {
            return pattern;
        }

        compiler.Problem(place, at, $"the regular expression {text} cannot be used, because {error}: correct it, or remove it");
        return null;
    }

    public IEnumerable<JsonMember> Members(JsonMember member)
    {
        if (member.Value.Kind != JsonKind.Object)
        {
            Wrong(member, "an object");
        }

        return member.Value.Members;
    }

    public IEnumerable<string> Texts(JsonNode value)
    {
        if (value.Kind == JsonKind.Array && value.Items.All(static item => item.Kind == JsonKind.String))
        {
            return value.Items.Select(static item => item.Text);
        }

        compiler.Problem(place, value, "this has to be an array of strings");
        return [];
    }

    public void Wrong(JsonMember member, string expected) => Wrong<string>(member, expected);

    private T? Wrong<T>(JsonMember member, string expected)
        where T : class
    {
        compiler.Problem(place, member.Value, $"\"{member.Name}\" has to be {expected}");
        return null;
    }
}
