using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Diagnostics;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Reads the keywords of one schema.</summary>
internal sealed class KeywordReader(SchemaCompiler compiler, Schema schema)
{
    private readonly SchemaPlace _place = schema.Place;
    private readonly Dialect _dialect = schema.Place.Resource.Dialect;

    public void Read()
    {
        compiler.CheckDialect(_place);
        if (_place.Node.Kind != JsonKind.Object)
        {
            schema.IsNever = _place.Node.Text == "false";
            if (_place.Node.Kind != JsonKind.Boolean)
            {
                compiler.Problem(_place, _place.Node, "a schema has to be an object, true or false");
            }

            return;
        }

        foreach (var member in _place.Node.Members)
        {
            if (_dialect.Has(member.Name) && !ReadReference(member) && !ReadApplicator(member) && !ReadContent(member) && _dialect.Validates)
            {
                ReadAssertion(member);
            }
        }

        ReadItems();
        ReadBounds();
    }

    private bool ReadReference(JsonMember member)
    {
        if (member.Name is not ("$ref" or "$dynamicRef" or "$recursiveRef"))
        {
            return false;
        }

        if (compiler.Follow(_place, member, schema.Scope) is { } target)
        {
            schema.AllOf.Add(compiler.Get(target, schema.Scope));
        }

        return true;
    }

    private bool ReadApplicator(JsonMember member)
    {
        var value = member.Value;
        switch (member.Name)
        {
            case "allOf":
                schema.AllOf.AddRange(List(member));
                break;
            case "anyOf":
                schema.AnyOf.AddRange(List(member));
                break;
            case "oneOf":
                schema.OneOf.AddRange(List(member));
                break;
            case "not":
                schema.Not = Sub(value);
                break;
            case "if":
                schema.If = Sub(value);
                break;
            case "then" when _place.Node["if"] is not null:
                schema.Then = Sub(value);
                break;
            case "else" when _place.Node["if"] is not null:
                schema.Else = Sub(value);
                break;
            case "then" or "else":
                break;
            case "properties":
                schema.Properties.AddRange(Map(member));
                break;
            case "patternProperties":
                foreach (var inner in Members(member))
                {
                    if (Pattern(inner.Value, inner.Name) is { } pattern)
                    {
                        schema.PatternProperties.Add(new(pattern, Sub(inner.Value)));
                    }
                }

                break;
            case "additionalProperties":
                schema.AdditionalProperties = Sub(value);
                break;
            case "propertyNames":
                schema.PropertyNames = Sub(value);
                break;
            case "dependentSchemas":
                schema.DependentSchemas.AddRange(Map(member));
                break;
            case "dependencies":
                ReadDependencies(member);
                break;
            case "unevaluatedProperties":
                schema.UnevaluatedProperties = Sub(value);
                break;
            case "unevaluatedItems":
                schema.UnevaluatedItems = Sub(value);
                break;
            case "contains":
                schema.Contains = Sub(value);
                schema.ContainsEvaluates = _dialect.Draft >= 2020;
                break;
            default:
                return false;
        }

        return true;
    }

    private void ReadDependencies(JsonMember member)
    {
        foreach (var dependency in Members(member))
        {
            if (dependency.Value.Kind == JsonKind.Array)
            {
                schema.DependentRequired.AddRange(Texts(dependency.Value).Select(text => new KeyValuePair<string, string>(dependency.Name, text)));
            }
            else
            {
                schema.DependentSchemas.Add(new(dependency.Name, Sub(dependency.Value)));
            }
        }
    }

    /// <summary>Items, whose two keywords have meant different things.</summary>
    private void ReadItems()
    {
        var items = _place.Node["items"];
        if (items is { Kind: JsonKind.Array } && _dialect.HasItemLists)
        {
            schema.PrefixItems.AddRange(items.Items.Select(Sub));
            schema.Items = _place.Node["additionalItems"] is { } rest ? Sub(rest) : null;
            return;
        }

        if (items is { Kind: JsonKind.Array })
        {
            compiler.Problem(_place, items, "items has to be a schema: since draft 2020-12 a list of schemas is called prefixItems");
        }
        else if (items is not null)
        {
            schema.Items = Sub(items);
        }

        if (_place.Node["prefixItems"] is { } prefix && _dialect.Has("prefixItems"))
        {
            schema.PrefixItems.AddRange(List(new JsonMember("prefixItems", prefix, default)));
        }
    }

    /// <summary>Keywords that say something about a string which only some readers hold it to.</summary>
    private bool ReadContent(JsonMember member)
    {
        if (member.Name != "format")
        {
            return false;
        }

        if (member.Value.Kind != JsonKind.String)
        {
            Wrong(member, "a string");
        }
        else if (compiler.AssertsFormat(_dialect))
        {
            schema.Format = _dialect.CheckedFormat(member.Value.Text);
        }

        return true;
    }

    private void ReadAssertion(JsonMember member)
    {
        var value = member.Value;
        switch (member.Name)
        {
            case "type":
                schema.Kinds = Kinds(value);
                break;
            case "enum" when value.Kind == JsonKind.Array:
                schema.Values = value.Items;
                schema.IsNever = value.Items.Count == 0;
                break;
            case "enum":
                Wrong(member, "an array");
                break;
            case "const":
                schema.Constant = value;
                break;
            case "multipleOf":
                schema.MultipleOf = Divisor(member);
                break;
            case "minLength":
                schema.MinLength = Count(member) ?? 0;
                break;
            case "maxLength":
                schema.MaxLength = Count(member);
                break;
            case "pattern":
                schema.Pattern = value.Kind == JsonKind.String ? Pattern(value, value.Text) : Wrong<SchemaPattern>(member, "a string");
                break;
            case "minItems":
                schema.MinItems = Count(member) ?? 0;
                break;
            case "maxItems":
                schema.MaxItems = Count(member);
                break;
            case "uniqueItems":
                schema.UniqueItems = Flag(member);
                break;
            case "minContains":
                schema.MinContains = Count(member) ?? 1;
                break;
            case "maxContains":
                schema.MaxContains = Count(member);
                break;
            case "minProperties":
                schema.MinProperties = Count(member) ?? 0;
                break;
            case "maxProperties":
                schema.MaxProperties = Count(member);
                break;
            case "required":
                schema.Required.AddRange(Texts(value).Distinct());
                break;
            case "dependentRequired":
                foreach (var dependency in Members(member))
                {
                    schema.DependentRequired.AddRange(Texts(dependency.Value).Select(text => new KeyValuePair<string, string>(dependency.Name, text)));
                }

                break;
            default:
                ReportTypo(member);
                break;
        }
    }

    /// <summary>The bounds of numbers, which in draft 4 could be told to exclude themselves.</summary>
    private void ReadBounds()
    {
        if (!_dialect.Validates)
        {
            return;
        }

        schema.Minimum = Number("minimum");
        schema.Maximum = Number("maximum");
        if (_dialect.Draft > 4)
        {
            schema.Above = Number("exclusiveMinimum");
            schema.Below = Number("exclusiveMaximum");
            return;
        }

        if (_place.Node["exclusiveMinimum"]?.Text == "true")
        {
            (schema.Above, schema.Minimum) = (schema.Minimum, null);
        }

        if (_place.Node["exclusiveMaximum"]?.Text == "true")
        {
            (schema.Below, schema.Maximum) = (schema.Maximum, null);
        }
    }

    private string? Number(string keyword)
    {
        if (_place.Node[keyword] is not { } value)
        {
            return null;
        }

        return value.Kind == JsonKind.Number ? value.Text : Wrong<string>(new JsonMember(keyword, value, default), "a number");
    }

    private string? Divisor(JsonMember member)
    {
        if (member.Value.Kind != JsonKind.Number || member.Value.Text[0] == '-' || member.Value.Text.Split('e', 'E')[0].Trim('0', '.').Length == 0)
        {
            return Wrong<string>(member, "a number above 0");
        }

        return member.Value.Text.Count(char.IsDigit) <= 18 ? member.Value.Text : Wrong<string>(member, "a number of at most 18 digits");
    }

    private int? Count(JsonMember member)
    {
        var isNumber = member.Value.Kind == JsonKind.Number;
        if (isNumber && decimal.TryParse(member.Value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count >= 0 && count == decimal.Truncate(count))
        {
            return count > int.MaxValue ? int.MaxValue : (int)count;
        }

        Wrong(member, "a whole number of at least 0");
        return null;
    }

    private bool Flag(JsonMember member)
    {
        if (member.Value.Kind != JsonKind.Boolean)
        {
            Wrong(member, "true or false");
        }

        return member.Value.Text == "true";
    }

    private SchemaKinds Kinds(JsonNode value)
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
                compiler.Problem(_place, item, "there is no such type: it has to be null, boolean, integer, number, string, array or object");
            }
        }

        return kinds;
    }

    private SchemaPattern? Pattern(JsonNode at, string text)
    {
        var pattern = EcmaPattern.Translate(text, out var error);
        if (error is null)
        {
            return pattern;
        }

        compiler.Problem(_place, at, $"the pattern {text} cannot be used: {error}");
        return null;
    }

    private Schema Sub(JsonNode node) => compiler.Get(_place with { Node = node }, schema.Scope);

    private IEnumerable<Schema> List(JsonMember member)
    {
        if (member.Value.Kind == JsonKind.Array && member.Value.Items.Count > 0)
        {
            return member.Value.Items.Select(Sub);
        }

        Wrong(member, "an array of schemas");
        return [];
    }

    private IEnumerable<KeyValuePair<string, Schema>> Map(JsonMember member) =>
        Members(member).Select(inner => new KeyValuePair<string, Schema>(inner.Name, Sub(inner.Value)));

    private IEnumerable<JsonMember> Members(JsonMember member)
    {
        if (member.Value.Kind != JsonKind.Object)
        {
            Wrong(member, "an object");
        }

        return member.Value.Members;
    }

    private IEnumerable<string> Texts(JsonNode value)
    {
        if (value.Kind == JsonKind.Array && value.Items.All(static item => item.Kind == JsonKind.String))
        {
            return value.Items.Select(static item => item.Text);
        }

        compiler.Problem(_place, value, "this has to be an array of strings");
        return [];
    }

    /// <summary>A keyword that nobody knows allows anything; one that is a letter away from a known one was meant to be that.</summary>
    private void ReportTypo(JsonMember member)
    {
        if (!Dialect.IsKnown(member.Name) && member.Name.Length > 4
            && NameSuggestion.Closest(member.Name, Dialect.Keywords) is { } meant
            && System.Math.Abs(meant.Length - member.Name.Length) <= 1 && !Dialect.IsRemark(meant))
        {
            compiler.Problem(_place, JsonNode.Null.At(member.NameSpan), $"there is no keyword \"{member.Name}\": \"{meant}\" was probably meant");
        }
    }

    private void Wrong(JsonMember member, string expected) => Wrong<string>(member, expected);

    private T? Wrong<T>(JsonMember member, string expected)
        where T : class
    {
        compiler.Problem(_place, member.Value, $"{member.Name} has to be {expected}");
        return null;
    }
}
