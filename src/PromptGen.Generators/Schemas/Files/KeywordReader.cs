using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Reads the keywords of one schema.</summary>
internal sealed class KeywordReader(SchemaCompiler compiler, Schema schema)
{
    private static readonly NameIndex KeywordIndex = new(Dialect.Keywords);

    private readonly SchemaPlace _place = schema.Place;
    private readonly Dialect _dialect = schema.Place.Resource.Dialect;
    private readonly KeywordValues _values = new(compiler, schema.Place);

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
            if (_dialect.Has(member.Name) && !ReadReference(member) && !ReadInPlace(member) && !ReadInside(member) && !ReadFormat(member) && _dialect.Validates && !ReadSize(member))
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

    /// <summary>Schemas for the same value.</summary>
    private bool ReadInPlace(JsonMember member)
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
            case "dependentSchemas":
                schema.DependentSchemas.AddRange(Map(member));
                break;
            case "dependencies":
                ReadDependencies(member);
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>Schemas for what is in the value; items are read apart.</summary>
    private bool ReadInside(JsonMember member)
    {
        var value = member.Value;
        switch (member.Name)
        {
            case "properties":
                schema.Properties.AddRange(Map(member));
                break;
            case "patternProperties":
                ReadPatternProperties(member);
                break;
            case "additionalProperties":
                schema.AdditionalProperties = Sub(value);
                break;
            case "propertyNames":
                schema.PropertyNames = Sub(value);
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

    private void ReadPatternProperties(JsonMember member)
    {
        foreach (var inner in _values.Members(member))
        {
            if (_values.Pattern(inner.Value, inner.Name) is { } pattern)
            {
                schema.PatternProperties.Add(new(pattern, Sub(inner.Value)));
            }
        }
    }

    private void ReadDependencies(JsonMember member)
    {
        foreach (var dependency in _values.Members(member))
        {
            if (dependency.Value.Kind == JsonKind.Array)
            {
                Require(dependency);
            }
            else
            {
                schema.DependentSchemas.Add(new(dependency.Name, Sub(dependency.Value)));
            }
        }
    }

    private void Require(JsonMember dependency) =>
        schema.DependentRequired.AddRange(_values.Texts(dependency.Value).Select(text => new KeyValuePair<string, string>(dependency.Name, text)));

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
            compiler.Problem(_place, items, "\"items\" has to be one schema: a list of schemas is called \"prefixItems\" since draft 2020-12, so rename it, or name an older draft in \"$schema\"");
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

    /// <summary>The meaning of a string, which only some readers check.</summary>
    private bool ReadFormat(JsonMember member)
    {
        if (member.Name != "format")
        {
            return false;
        }

        if (member.Value.Kind != JsonKind.String)
        {
            _values.Wrong(member, "a string");
        }
        else if (compiler.AssertsFormat(_dialect))
        {
            schema.Format = _dialect.CheckedFormat(member.Value.Text);
        }

        return true;
    }

    /// <summary>How long or how many.</summary>
    private bool ReadSize(JsonMember member)
    {
        switch (member.Name)
        {
            case "minLength":
                schema.MinLength = _values.Count(member) ?? 0;
                break;
            case "maxLength":
                schema.MaxLength = _values.Count(member);
                break;
            case "minItems":
                schema.MinItems = _values.Count(member) ?? 0;
                break;
            case "maxItems":
                schema.MaxItems = _values.Count(member);
                break;
            case "minContains":
                schema.MinContains = _values.Count(member) ?? 1;
                break;
            case "maxContains":
                schema.MaxContains = _values.Count(member);
                break;
            case "minProperties":
                schema.MinProperties = _values.Count(member) ?? 0;
                break;
            case "maxProperties":
                schema.MaxProperties = _values.Count(member);
                break;
            default:
                return false;
        }

        return true;
    }

    private void ReadAssertion(JsonMember member)
    {
        var value = member.Value;
        switch (member.Name)
        {
            case "type":
                schema.Kinds = _values.Kinds(value);
                break;
            case "enum" when value.Kind == JsonKind.Array:
                schema.Values = value.Items;
                schema.IsNever = value.Items.Count == 0;
                break;
            case "enum":
                _values.Wrong(member, "an array");
                break;
            case "const":
                schema.Constant = value;
                break;
            case "multipleOf":
                schema.MultipleOf = _values.Divisor(member);
                break;
            case "pattern":
                schema.Pattern = _values.Pattern(member);
                break;
            case "uniqueItems":
                schema.UniqueItems = _values.Flag(member);
                break;
            case "required":
                schema.Required.AddRange(_values.Texts(value).Distinct());
                break;
            case "dependentRequired":
                foreach (var dependency in _values.Members(member))
                {
                    Require(dependency);
                }

                break;
            default:
                ReportTypo(member);
                break;
        }
    }

    /// <summary>The bounds of numbers, which in draft 4 could be exclusive.</summary>
    private void ReadBounds()
    {
        if (!_dialect.Validates)
        {
            return;
        }

        schema.Minimum = _values.Number("minimum");
        schema.Maximum = _values.Number("maximum");
        if (_dialect.Draft > 4)
        {
            schema.Above = _values.Number("exclusiveMinimum");
            schema.Below = _values.Number("exclusiveMaximum");
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

    private Schema Sub(JsonNode node) => compiler.Get(_place with { Node = node }, schema.Scope);

    private IEnumerable<Schema> List(JsonMember member)
    {
        if (member.Value.Kind == JsonKind.Array && member.Value.Items.Count > 0)
        {
            return member.Value.Items.Select(Sub);
        }

        _values.Wrong(member, "an array of schemas");
        return [];
    }

    private IEnumerable<KeyValuePair<string, Schema>> Map(JsonMember member) =>
        _values.Members(member).Select(inner => new KeyValuePair<string, Schema>(inner.Name, Sub(inner.Value)));

    /// <summary>Whether the name is that of a keyword with a sign before or behind it, <c>_format</c>: a common way to switch one off.</summary>
    private static bool IsSwitchedOff(string name) => Dialect.IsKnown(name.Trim('_', '-', '$', '#', '/', '@', '!', '~', '.', '*', ' '));

    /// <summary>An unknown keyword allows anything; one that is a letter away from a known one was meant to be that.</summary>
    private void ReportTypo(JsonMember member)
    {
        if (!Dialect.IsKnown(member.Name) && member.Name.Length > 4 && !IsSwitchedOff(member.Name)
            && KeywordIndex.Closest(member.Name) is { } meant
            && System.Math.Abs(meant.Length - member.Name.Length) <= 1 && !Dialect.IsRemark(meant))
        {
            compiler.Problem(_place, JsonNode.Null.At(member.NameSpan), $"JSON Schema has no keyword \"{member.Name}\": did you mean \"{meant}\"?");
        }
    }
}
