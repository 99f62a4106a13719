using System.Text;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>What the readers of JSON Schema files ask of a value.</summary>
public sealed class SchemaReaderTests
{
    [Theory]
    [InlineData("\"a\"", "String")]
    [InlineData("1.5", "Number")]
    [InlineData("{}", "Object")]
    [InlineData("[]", "Array")]
    [InlineData("true", "")]
    [InlineData("null", "")]
    public void A_value_has_one_kind(string json, string expected) => Assert.Equal(expected, Value.Ask(json, static (ref reader) =>
        string.Concat(reader.IsString ? "String" : "", reader.IsNumber ? "Number" : "", reader.IsObject ? "Object" : "", reader.IsArray ? "Array" : "")));

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("\"é\"", true)]
    [InlineData("\"\\u00e9\"", true)]
    [InlineData("\"\\u0061\"", true)]
    [InlineData("\"b\"", false)]
    [InlineData("\"\\u0062\"", false)]
    [InlineData("5", false)]
    [InlineData("[\"a\"]", false)]
    public void A_string_is_one_of_a_set_however_it_is_escaped(string json, bool expected)
    {
        var texts = new TextSet("é", "a", "5");

        Assert.Equal(expected, Value.Ask(json, (ref reader) => reader.IsOneOf(texts)));
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":2}}""", "a", true)]
    [InlineData("""{"a":[{"b":1}],"b":2}""", "b", true)]
    [InlineData("""{"\u0061":1}""", "a", true)]
    [InlineData("""{"b":{"a":1}}""", "a", false)]
    [InlineData("""{"b":"a"}""", "a", false)]
    [InlineData("{}", "a", false)]
    [InlineData("""["a"]""", "a", false)]
    [InlineData("\"a\"", "a", false)]
    public void A_member_is_one_of_the_object_itself(string json, string name, bool expected) =>
        Assert.Equal(expected, Value.Ask(json, (ref reader) => reader.HasMember(Encoding.UTF8.GetBytes(name))));

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1", "2", false)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2],"a":1}""", true)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2],"c":1}""", false)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[3],"a":1}""", false)]
    [InlineData("""{"a":1,"b":2}""", """{"b":2}""", false)]
    [InlineData("""{"b":2}""", """{"a":1,"b":2}""", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1,2]", "[1,2]", true)]
    public void Objects_are_equal_in_any_order_of_their_members(string json, string other, bool expected) =>
        Assert.Equal(expected, Value.Ask(json, (ref reader) => reader.IsValue(Encoding.UTF8.GetBytes(other))));

    [Theory]
    [InlineData("[1,2,1.0]", true)]
    [InlineData("[1,2,3]", false)]
    [InlineData("[[1],[2],[1]]", true)]
    [InlineData("""[{"a":1,"b":2},{"b":2,"a":1}]""", true)]
    [InlineData("""["1",1]""", false)]
    [InlineData("[]", false)]
    [InlineData("\"aa\"", false)]
    public void Items_that_are_equal_are_reported(string json, bool expected) => Assert.Equal(expected, Value.Ask(json, static (ref reader) =>
    {
        reader.CheckUnique("different items");
        return reader.HasFailed;
    }));
}
