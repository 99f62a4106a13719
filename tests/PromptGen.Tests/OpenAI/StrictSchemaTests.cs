using System.Text.Json;
using PromptGen.OpenAI.Schemas;

namespace PromptGen.Tests.OpenAI;

public sealed class StrictSchemaTests
{
    [Theory]
    [InlineData("""{"type":"string","minLength":1,"maxLength":9}""", """{"type":"string","description":"minLength: 1, maxLength: 9"}""")]
    [InlineData("""{"type":"string","description":"A link","format":"uri"}""", """{"type":"string","description":"A link (format: uri)"}""")]
    [InlineData("""{"type":"string","format":"date-time"}""", """{"type":"string","format":"date-time"}""")]
    [InlineData("""{"type":"integer","default":5,"maximum":9}""", """{"type":"integer","maximum":9,"description":"default: 5"}""")]
    [InlineData("""{"type":"array","items":{"type":"string"},"uniqueItems":true,"maxItems":3}""", """{"type":"array","items":{"type":"string"},"maxItems":3,"description":"uniqueItems: true"}""")]
    [InlineData("""{"type":"string","title":"T","$comment":"c","enum":["a"]}""", """{"type":"string","title":"T","enum":["a"]}""")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", """{"anyOf":[{"type":"string"},{"type":"null"}]}""")]
    [InlineData("""{"allOf":[{"type":"string"}],"description":"d"}""", """{"type":"string","description":"d"}""")]
    public void Keywords_outside_the_subset_move_into_the_description(string member, string expected) =>
        AssertStrict($$"""{"a":{{expected}}}""", $$"""{"type":"object","properties":{"a":{{member}}},"required":["a"]}""");

    [Theory]
    [InlineData("""{"type":"string"}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":["string","null"]}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":"string","enum":["x","y"]}""", """{"type":["string","null"],"enum":["x","y",null]}""")]
    [InlineData("""{"const":1}""", """{"anyOf":[{"const":1},{"type":"null"}]}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}""")]
    public void Optional_members_become_required_unions_with_null(string member, string expected) =>
        AssertStrict($$"""{"a":{{expected}}}""", "{\"type\":\"object\",\"properties\":{\"a\":" + member + "}}");

    [Fact]
    public void Objects_are_closed_at_every_level()
    {
        var strict = Rewrite("""{"type":"object","properties":{"list":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]}}},"required":["list"]}""");

        Assert.Equal(
            """{"type":"object","properties":{"b":{"type":"string"}},"required":["b"],"additionalProperties":false}""",
            strict.Schema.GetProperty("properties").GetProperty("list").GetProperty("items").GetRawText());
        Assert.False(strict.Schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Definitions_are_rewritten_and_plain_references_kept()
    {
        var strict = Rewrite(
            """
            {"type":"object","properties":{"a":{"$ref":"#/$defs/P"},"b":{"$ref":"#/$defs/P"}},"required":["a"],
             "$defs":{"P":{"type":"object","properties":{"x":{"type":"number"}},"required":["x"]}}}
            """);

        Assert.True(strict.IsStrict);
        Assert.Equal("""{"$ref":"#/$defs/P"}""", strict.Schema.GetProperty("properties").GetProperty("a").GetRawText());
        Assert.Equal("""{"anyOf":[{"$ref":"#/$defs/P"},{"type":"null"}]}""", strict.Schema.GetProperty("properties").GetProperty("b").GetRawText());
        Assert.False(strict.Schema.GetProperty("$defs").GetProperty("P").GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void A_reference_with_siblings_is_written_in_place()
    {
        var strict = Rewrite(
            """{"type":"object","properties":{"a":{"$ref":"#/$defs/P","description":"Where"}},"required":["a"],"$defs":{"P":{"type":"string","maxLength":2}}}""");

        Assert.Equal("""{"type":"string","description":"Where (maxLength: 2)"}""", strict.Schema.GetProperty("properties").GetProperty("a").GetRawText());
    }

    [Fact]
    public void A_recursive_type_with_siblings_on_its_references_ends()
    {
        var strict = Rewrite(
            """
            {"type":"object","properties":{"root":{"$ref":"#/$defs/N","description":"Top"}},"required":["root"],
             "$defs":{"N":{"type":"object","properties":{"next":{"$ref":"#/$defs/N","description":"Next"}}}}}
            """);

        Assert.True(strict.IsStrict);
        Assert.Equal(
            """{"anyOf":[{"$ref":"#/$defs/N"},{"type":"null"}]}""",
            strict.Schema.GetProperty("properties").GetProperty("root").GetProperty("properties").GetProperty("next").GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"type":"object","properties":{"x":{}}}""")]
    [InlineData("""{"type":"object","properties":{"x":true}}""")]
    [InlineData("""{"description":"anything"}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"}]}""")]
    [InlineData("""{"type":"string","not":{"const":"a"}}""")]
    [InlineData("""{"$ref":"#/properties/b"}""")]
    [InlineData("""{"$ref":"https://example.com/schema"}""")]
    [InlineData("""{"allOf":[{"type":"string"},{"maxLength":3}]}""")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"}},"required":[1]}""")]
    [InlineData("""{"anyOf":null}""")]
    public void What_strict_mode_cannot_express_is_left_as_it_is(string member)
    {
        var text = $$"""{"type":"object","properties":{"a":{{member}}},"required":["a"]}""";

        var strict = Rewrite(text);

        Assert.False(strict.IsStrict);
        Assert.Equal(text, strict.Schema.GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"}}""")]
    [InlineData("""{"anyOf":[{"type":"object","properties":{}}]}""")]
    [InlineData("true")]
    public void A_root_that_is_not_one_object_is_left_as_it_is(string schema) => Assert.False(Rewrite(schema).IsStrict);

    [Fact]
    public void More_levels_than_ten_are_not_strict()
    {
        Assert.True(Rewrite(Nested(9)).IsStrict);
        Assert.False(Rewrite(Nested(12)).IsStrict);

        static string Nested(int levels) => levels == 0
            ? """{"type":"string"}"""
            : $$"""{"type":"object","properties":{"a":{{Nested(levels - 1)}}},"required":["a"]}""";
    }

    [Fact]
    public void A_schema_is_rewritten_once()
    {
        const string Text = """{"type":"object","properties":{"once":{"type":"string"}},"required":["once"]}""";

        Assert.Same(Rewrite(Text), Rewrite(Text));
    }

    private static void AssertStrict(string properties, string schema)
    {
        var strict = Rewrite(schema);
        Assert.True(strict.IsStrict);
        Assert.Equal(properties, strict.Schema.GetProperty("properties").GetRawText());
        Assert.Equal("""["a"]""", strict.Schema.GetProperty("required").GetRawText());
    }

    private static StrictSchema Rewrite(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return StrictSchema.From(document.RootElement);
    }
}
