using System.Text.Json;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>What the ladder reads from a contract's schema.</summary>
public sealed class SchemaNodeTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "string")]
    [InlineData("""{"type":["null","string"]}""", "string")]
    [InlineData("""{"type":["string","integer"]}""", "")]
    [InlineData("""{"type":["string","integer","null"]}""", "")]
    [InlineData("""{"type":["null"]}""", "null")]
    [InlineData("""{"properties":{}}""", "object")]
    [InlineData("""{"enum":["a","b"]}""", "string")]
    [InlineData("""{"const":"a"}""", "string")]
    [InlineData("""{"const":1}""", "")]
    [InlineData("{}", "")]
    [InlineData("true", "")]
    public void The_type_is_the_only_one_that_is_allowed(string schema, string expected) => Assert.Equal(expected, Node(schema).Type);

    [Theory]
    [InlineData("""{"const":"a"}""", "a")]
    [InlineData("""{"enum":["a",1,"b",null]}""", "a b")]
    [InlineData("""{"enum":"a"}""", "")]
    [InlineData("""{"const":1,"enum":["a"]}""", "a")]
    [InlineData("{}", "")]
    public void Names_are_the_strings_that_are_allowed(string schema, string expected) => Assert.Equal(expected, string.Join(' ', Node(schema).Names.Names));

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"string"},"b":{"const":"x"},"User_Name":{"enum":["x","y"]}},"required":["a","User_Name"]}""", "a b User_Name", "a User_Name", "a username", "b=x")]
    [InlineData("""{"properties":{},"required":"a"}""", "", "", "", "")]
    [InlineData("""{"properties":[1]}""", "", "", "", "")]
    [InlineData("{}", "", "", "", "")]
    public void Members_have_names_and_some_are_required(string schema, string members, string required, string letters, string constants)
    {
        var node = Node(schema);

        Assert.Equal(members, string.Join(' ', node.Members.Names));
        Assert.Equal(required, string.Join(' ', node.Required));
        Assert.Equal(letters, string.Join(' ', node.RequiredLetters));
        Assert.Equal(constants, string.Join(' ', node.Constants.Select(static constant => $"{constant.Letters}={constant.Text.Names[0]}")));
    }

    [Fact]
    public void What_was_read_once_is_kept()
    {
        var node = Node("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":{"type":"integer"},"items":{"type":"number"},"format":"date","anyOf":[{"type":"null"},{}]}""");

        Assert.Same(node.Type, node.Type);
        Assert.Same(node.Format, node.Format);
        Assert.Same(node.Members, node.Members);
        Assert.Same(node.Names, node.Names);
        Assert.Same(node.Required, node.Required);
        Assert.Same(node.RequiredLetters, node.RequiredLetters);
        Assert.Same(node.Constants, node.Constants);
        Assert.Same(node.Choices, node.Choices);
        Assert.Same(node.Values, node.Values);
        Assert.Same(node.Items, node.Items);
        Assert.Same(node.Property("a"), node.Property("a"));
        Assert.Null(node.Property("b"));
        Assert.Single(node.Choices);
        Assert.Equal(("integer", "number", "date"), (node.Values!.Type, node.Items!.Type, node.Format));
    }

    [Theory]
    [InlineData("""{"additionalProperties":false,"items":true,"format":1}""", true)]
    [InlineData("""{"additionalProperties":true,"items":[{}]}""", false)]
    [InlineData("{}", false)]
    public void Keywords_of_other_kinds_say_nothing(string schema, bool isClosed)
    {
        var node = Node(schema);

        Assert.Equal(isClosed, node.IsClosed);
        Assert.Null(node.Values);
        Assert.Null(node.Items);
        Assert.Equal("", node.Format);
    }

    [Fact]
    public void The_longest_name_of_any_choice_is_known()
    {
        Assert.Equal(0, Node("{}").MostLettersOfChoices);
        Assert.Equal(5, Node("""{"oneOf":[{"properties":{"abc":{}}},{"properties":{"a":{}},"required":["ab_cde"]}]}""").MostLettersOfChoices);
        Assert.Equal(7, Node("""{"anyOf":[{"properties":{"abc_defg":{}},"required":["abc"]},{"type":"null"}]}""").MostLettersOfChoices);
    }

    [Fact]
    public void References_are_followed_and_a_schema_that_contains_itself_ends()
    {
        var node = Node("""{"properties":{"left":{"$ref":"#"},"right":{"$ref":"#/$defs/a~1b"},"lost":{"$ref":"#/$defs/none"},"other":{"$ref":"other.json"}},"$defs":{"a/b":{"type":"string"}}}""");

        Assert.Equal("object", node.Property("left")!.Type);
        Assert.Same(node.Property("left"), node.Property("left")!.Property("left"));
        Assert.Equal(("string", "", ""), (node.Property("right")!.Type, node.Property("lost")!.Type, node.Property("other")!.Type));
        Assert.Equal("", Node("""{"$ref":"#"}""").Type);
    }

    [Theory]
    [InlineData(15, "string")]
    [InlineData(16, "string")]
    [InlineData(17, "")]
    public void A_chain_of_references_is_followed_16_times(int length, string expected)
    {
        var links = string.Concat(Enumerable.Range(1, length - 1).Select(static i => $"\"{i}\":{{\"$ref\":\"#/$defs/{i + 1}\"}},"));
        var schema = $"{{\"$ref\":\"#/$defs/1\",\"$defs\":{{{links}\"{length}\":{{\"type\":\"string\"}}}}}}";

        Assert.Equal(expected, Node(schema).Type);
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"items":[{"properties":{"b":{}},"additionalProperties":false}]}},"additionalProperties":false}""", true)]
    [InlineData("""{"properties":{"a":{}}}""", false)]
    [InlineData("""{"properties":{"a":{"properties":{"b":{}}}},"additionalProperties":false}""", false)]
    [InlineData("""{"anyOf":[{"properties":{"a":{}},"additionalProperties":false},{"additionalProperties":{"type":"string"}}]}""", false)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":true}""", false)]
    [InlineData("""{"type":"string"}""", true)]
    public void All_names_are_known_where_no_object_is_open(string schema, bool expected)
    {
        var names = Node(schema).AllNames();

        Assert.Equal(expected, names is not null);
        if (schema.Contains("\"b\"", StringComparison.Ordinal) && names is not null)
        {
            Assert.True(names.Contains("a"u8) && names.Contains("B"u8) && !names.Contains("c"u8) && !names.Contains("ab"u8) && !names.Contains(""u8));
        }
    }

    private static SchemaNode Node(string schema) => SchemaNode.Of(JsonElement.Parse(schema));
}
