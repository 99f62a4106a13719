using System.Text;
using System.Text.Json;
using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>What a value becomes under a schema, and which values stay as they are. The type is called <c>Ticket</c>.</summary>
public sealed class ContractFitterTests
{
    private const string Numbers = """{"type":"array","items":{"type":"integer"}}""";
    private const string Open = """{"type":"object","properties":{"a":{"type":"integer"}}}""";
    private const string Closed = """{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}""";
    private const string Point = """{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}}}""";

    [Theory]
    [InlineData("{}", """{"a":[1,{"b":null}],"c":"x"}""")]
    [InlineData(Open, "null")]
    [InlineData(Open, "5")]
    [InlineData(Open, """{"a":1,"b":[{"c":"2"}]}""")]
    [InlineData(Open, """{"a":1,"a":2}""")]
    [InlineData(Closed, """{"z":"1"}""")]
    [InlineData(Numbers, "\"\"")]
    [InlineData(Numbers, "\"[1,]\"")]
    [InlineData("""{"type":"array"}""", """[1,"a",{}]""")]
    [InlineData("""{"type":"boolean"}""", "5")]
    [InlineData("""{"type":"string"}""", """{"x":1}""")]
    [InlineData("""{"type":"string","format":"date"}""", "5")]
    public void What_the_schema_gives_no_other_reading_stays_as_it_is(string schema, string value) => Assert.Equal((value, ""), Fit(schema, value));

    [Theory]
    [InlineData("""{"type":"integer"}""", "\"5\"", "5", "NumberText")]
    [InlineData("""{"type":"boolean"}""", "\"TRUE\"", "true", "BooleanText")]
    [InlineData("""{"type":"string"}""", "5", "\"5\"", "Text")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"5\"", "5", "NumberText")]
    [InlineData(Numbers, "5", "[5]", "SingleToList")]
    [InlineData(Numbers, "\"[1, 2]\"", "[1,2]", "Stringified")]
    [InlineData(Open, """[{"a":"1"}]""", """{"a":1}""", "ListToSingle NumberText")]
    [InlineData(Open, """{"A":"1"}""", """{"a":1}""", "Key NumberText")]
    [InlineData(Open, """{"a":1,"a":1}""", """{"a":1}""", "Duplicate")]
    [InlineData(Open, """{"result":{"a":1}}""", """{"a":1}""", "Wrapper")]
    [InlineData(Open, """{"ticket":{"a":1}}""", """{"a":1}""", "Wrapper")]
    [InlineData(Closed, """{"a":1,"z":"1"}""", """{"a":1}""", "ExtraMember")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"k":"3"}""", """{"k":3}""", "NumberText")]
    public void A_value_takes_the_form_of_the_schema(string schema, string value, string expected, string rungs) => Assert.Equal((expected, rungs), Fit(schema, value));

    [Theory]
    [InlineData(Open, """{"a":1,"a":2}""", """{"a":2}""", "LastDuplicate")]
    [InlineData("""{"type":"string"}""", "[1,2]", "\"[1,2]\"", "RawText")]
    [InlineData("""{"type":"integer"}""", "2.6", "3", "Rounded")]
    [InlineData("""{"type":"boolean"}""", "\"true, true, false\"", "\"true, true, false\"", "")]
    public void With_a_loss_where_that_is_allowed(string schema, string value, string expected, string rungs) =>
        Assert.Equal((expected, rungs), Fit(schema, value, Tolerance.Salvage));

    [Theory]
    [InlineData(Point, """{"x":1,"y":2}""", """{"item":{"x":1,"y":2}}""")]
    [InlineData(Point, """{"x":1,"z":2}""", null)]
    [InlineData(Point, "{}", null)]
    [InlineData(Point, "1", null)]
    [InlineData("""{"type":"object","properties":{"item":{"type":"integer"},"y":{"type":"integer"}}}""", """{"item":1,"y":2}""", null)]
    [InlineData(Numbers, "[1]", """{"item":[1]}""")]
    [InlineData(Numbers, "1", null)]
    [InlineData("""{"type":"string"}""", "\"a\"", """{"item":"a"}""")]
    [InlineData("""{"type":"string"}""", "null", null)]
    [InlineData("{}", "1", null)]
    public void A_value_may_be_the_only_member_of_its_object(string member, string value, string? expected)
    {
        var schema = $$"""{"type":"object","properties":{"item":{{member}}},"required":["item"]}""";

        Assert.Equal(expected is null ? (value, "") : (expected, "ImpliedKey"), Fit(schema, value));
    }

    [Theory]
    [InlineData("""{"kind":"card","number":"7"}""", """{"kind":"card","number":7}""", "NumberText")]
    [InlineData("""{"kind":"bank","number":"7"}""", """{"kind":"bank","number":"7"}""", "")]
    [InlineData("""{"number":"7"}""", """{"number":"7"}""", "")]
    public void A_choice_is_made_by_constants_that_are_there(string value, string expected, string rungs)
    {
        const string schema = """
            {"anyOf":[
              {"type":"object","properties":{"kind":{"const":"card"},"number":{"type":"integer"}},"required":["number"]},
              {"type":"object","properties":{"kind":{"const":"bank"},"number":{"type":"string"}},"required":["kind","number"]}]}
            """;

        Assert.Equal((expected, rungs), Fit(schema, value));
    }

    [Fact]
    public void A_list_may_be_longer_than_the_schema_is_deep()
    {
        var (nulls, texts) = (string.Join(',', Enumerable.Repeat("null", 70)), string.Join(',', Enumerable.Repeat("\"1\"", 70)));

        Assert.Equal(($"[{nulls},1]", "NumberText"), Fit(Numbers, $"[{nulls},\"1\"]"));
        Assert.Equal(($"[{texts.Replace("\"", "", StringComparison.Ordinal)}]", "NumberText"), Fit(Numbers, $"[{texts}]"));
    }

    private static (string Json, string Rungs) Fit(string schema, string value, Tolerance tolerance = Tolerance.Lenient)
    {
        using var fitter = new ContractFitter(tolerance, "Ticket", new ReadingGuard());
        var json = Encoding.UTF8.GetString(fitter.Fit(JsonElement.Parse(value), SchemaNode.Of(JsonElement.Parse(schema))));
        return (json.TrimEnd('\n'), string.Join(' ', fitter.Rungs.Names()));
    }
}
