using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Tests.Dialects;

/// <summary>How a schema is rewritten for each dialect.</summary>
public sealed class DialectRewriterTests
{
    private const string Suite = "json-schema/test-suite";
    private const string Closed = "\"additionalProperties\":false";

    [Theory]
    [InlineData("OpenAI", """{"type":"integer","minimum":1,"maximum":5}""", null)]
    [InlineData("Azure OpenAI", """{"type":"integer","minimum":1,"maximum":5}""", """{"type":"integer","description":"minimum: 1, maximum: 5"}""")]
    [InlineData("Anthropic", """{"type":"integer","description":"How bad","minimum":1}""", """{"type":"integer","description":"How bad (minimum: 1)"}""")]
    [InlineData("Gemini", """{"type":"number","exclusiveMinimum":0,"maximum":5}""", """{"type":"number","description":"exclusiveMinimum: 0","maximum":5}""")]
    [InlineData("OpenAI", """{"type":"string","maxLength":5}""", """{"type":"string","description":"maxLength: 5"}""")]
    [InlineData("OpenAI", """{"type":"string","format":"uri"}""", """{"type":"string","description":"format: uri"}""")]
    [InlineData("Anthropic", """{"type":"string","format":"uri"}""", null)]
    [InlineData("OpenAI", """{"type":"string","pattern":"^a\\b$"}""", null)]
    [InlineData("Anthropic", """{"type":"string","pattern":"^[a\\b]$"}""", null)]
    [InlineData("Anthropic", """{"type":"string","pattern":"^a\\b$"}""", """{"type":"string","description":"pattern: ^a\\b$"}""")]
    [InlineData("Anthropic", """{"type":"string","pattern":"^(?=a)"}""", """{"type":"string","description":"pattern: ^(?=a)"}""")]
    [InlineData("Anthropic", """{"type":"array","minItems":1,"items":{"type":"string"}}""", null)]
    [InlineData("Anthropic", """{"type":"array","minItems":2,"items":{"type":"string"}}""", """{"type":"array","description":"minItems: 2","items":{"type":"string"}}""")]
    [InlineData("OpenAI", """{"type":"array","minItems":2,"items":{"type":"string"}}""", null)]
    [InlineData("Anthropic", """{"const":"a"}""", null)]
    [InlineData("Gemini", """{"const":"a"}""", """{"type":"string","enum":["a"]}""")]
    [InlineData("OpenAI", """{"const":"a"}""", null)]
    [InlineData("Gemini", """{"type":["string","null"],"enum":["a",null]}""", """{"anyOf":[{"type":"string","enum":["a"]},{"type":"null"}]}""")]
    [InlineData("Gemini", """{"const":true}""", """{"type":"boolean","description":"const: true"}""")]
    [InlineData("Anthropic", """{"type":["string","null"],"enum":["a",null]}""", null)]
    [InlineData("OpenAI", """{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"integer"}]}""")]
    [InlineData("OpenAI", """{"allOf":[{"type":"string"}],"description":"a"}""", """{"description":"a","type":"string"}""")]
    [InlineData("OpenAI", """{"$ref":"#/$defs/A","description":"a"}""", """{"anyOf":[{"$ref":"#/$defs/A"}],"description":"a"}""")]
    [InlineData("OpenAI", """{"$ref":"#/properties/b"}""", """{"type":"string"}""")]
    [InlineData("OpenAI", """{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"minItems":2}""", """{"type":"array","description":"prefixItems: [{\"type\":\"string\"},{\"type\":\"integer\"}]","minItems":2,"items":{"anyOf":[{"type":"string"},{"type":"integer"}]}}""")]
    [InlineData("OpenAI", """{"type":"object","properties":{"c":{"type":"string"}},"required":["c"]}""", """{"type":"object","properties":{"c":{"type":"string"}},"required":["c"],"additionalProperties":false}""")]
    [InlineData("Gemini", """{"type":"object","additionalProperties":{"type":"string","maxLength":3}}""", """{"type":"object","additionalProperties":{"type":"string","description":"maxLength: 3"}}""")]
    [InlineData("OpenAI", """{"title":"A","$comment":"b","type":"string"}""", """{"title":"A","type":"string"}""")]
    [InlineData("OpenAI", """{"not":{"const":1},"type":"integer"}""", """{"type":"integer","description":"not: {\"const\":1}"}""")]
    public void A_required_member(string provider, string schema, string? rewritten)
    {
        var result = Rewrite(provider, Root(schema));

        Assert.Empty(result.Problems);
        Assert.Equal(Root(rewritten ?? schema), result.Rewritten.ToString());
    }

    [Theory]
    [InlineData("""{"type":"integer","default":5}""", """{"type":["integer","null"],"description":"default: 5"}""")]
    [InlineData("""{"type":["integer","null"]}""", """{"type":["integer","null"]}""")]
    [InlineData("""{"type":"string","enum":["a","b"]}""", """{"type":["string","null"],"enum":["a","b",null]}""")]
    [InlineData("""{"enum":["a","b"]}""", """{"anyOf":[{"enum":["a","b"]},{"type":"null"}]}""")]
    [InlineData("""{"$ref":"#/$defs/A"}""", """{"anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}]}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/A"}],"description":"a"}""", """{"anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}],"description":"a"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}]}""", """{"anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}]}""")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", """{"type":["array","null"],"items":{"type":"string"}}""")]
    public void An_optional_member_becomes_required_with_null_for_OpenAI(string schema, string rewritten)
    {
        var result = Rewrite("OpenAI", Root(schema, isRequired: false));

        Assert.Empty(result.Problems);
        Assert.Equal(Root(rewritten), result.Rewritten.ToString());
    }

    [Fact]
    public void An_optional_member_is_inexpressible_for_OpenAI_where_the_reader_takes_no_null_for_it()
    {
        var schema = Parse(Root("""{"type":"integer"}""", isRequired: false));

        Assert.Equal(
            [new DialectProblem("/properties/a", "it may be left out, but must not be null")],
            DialectRewriter.Rewrite(schema, DialectRules.OpenAI, readsNullAsAbsent: false).Problems);
        Assert.Empty(DialectRewriter.Rewrite(Parse(Root("""{"type":["integer","null"]}""", isRequired: false)), DialectRules.OpenAI, readsNullAsAbsent: false).Problems);
        Assert.Empty(DialectRewriter.Rewrite(schema, DialectRules.Anthropic, readsNullAsAbsent: false).Problems);
    }

    [Fact]
    public void An_optional_member_stays_optional_elsewhere()
    {
        var schema = Root("""{"type":"integer","default":5}""", isRequired: false);

        Assert.Equal(schema, Rewrite("Anthropic", schema).Rewritten.ToString());
        Assert.Equal(Root("""{"type":"integer","description":"default: 5"}""", isRequired: false), Rewrite("Gemini", schema).Rewritten.ToString());
    }

    [Theory]
    [InlineData("OpenAI", """{"type":"object","additionalProperties":{"type":"string"}}""", "its members' names are not known beforehand")]
    [InlineData("OpenAI", """{"type":"object"}""", "its members' names are not known beforehand")]
    [InlineData("OpenAI", "{}", "its value may be anything")]
    [InlineData("Anthropic", "true", "its value may be anything")]
    [InlineData("Gemini", "false", "its value may be anything")]
    [InlineData("Anthropic", """{"description":"a"}""", "its value may be of any type")]
    [InlineData("Anthropic", """{"type":"array"}""", "its items may be anything")]
    [InlineData("Anthropic", """{"$ref":"#"}""", "its type holds itself")]
    [InlineData("Gemini", """{"type":"array","items":{"$ref":"#"}}""", "its type holds itself in a required member")]
    [InlineData("Anthropic", """{"type":"string","enum":["a","B","A"]}""", "\"a\" and \"A\" differ in case only, which Anthropic does not keep")]
    [InlineData("OpenAI", """{"type":"object","properties":{},"if":{"type":"object"}}""", "it uses if")]
    [InlineData("OpenAI", """{"type":"object","properties":{},"required":["b"]}""", "it requires \"b\", of which it says nothing")]
    [InlineData("OpenAI", """{"$ref":"https://example.com/a"}""", "it refers to https://example.com/a, which is not in the schema")]
    [InlineData("OpenAI", """{"$ref":"#/properties/a"}""", "its type holds itself, but is not under $defs")]
    [InlineData("OpenAI", """{"allOf":[{"type":"string"},{"type":"integer"}]}""", "the parts of its allOf can't be made one schema")]
    public void What_is_inexpressible_is_reported_with_its_place(string provider, string schema, string reason)
    {
        var result = Rewrite(provider, Root(schema));

        Assert.Equal([new DialectProblem("/properties/a", reason)], result.Problems.Select(static problem => problem with { Pointer = problem.Pointer.Replace("/items", "", StringComparison.Ordinal) }));
    }

    [Fact]
    public void A_definition_that_holds_itself_is_reported_where_it_does()
    {
        const string Tree = """{"type":"object","properties":{"tree":{"$ref":"#/$defs/Tree"}},"required":["tree"],"additionalProperties":false,"$defs":{"Tree":{"type":"object","properties":{"left":{"$ref":"#/$defs/Tree"}},"required":[],"additionalProperties":false}}}""";

        Assert.Equal([new DialectProblem("/$defs/Tree/properties/left", "its type holds itself")], Rewrite("Anthropic", Tree).Problems);
        Assert.Empty(Rewrite("Gemini", Tree).Problems);
        Assert.Empty(Rewrite("OpenAI", Tree).Problems);
    }

    [Fact]
    public void Limits_over_the_whole_schema_are_kept()
    {
        var values = string.Join(',', Enumerable.Range(1000, 251).Select(static i => "\"" + new string('a', 56) + i + "\""));
        Assert.Equal("it has 25 optional members, and 24 are allowed", Assert.Single(Rewrite("Anthropic", Many(25, """{"type":"integer"}""", isRequired: false)).Problems).Reason);
        Assert.Empty(Rewrite("Anthropic", Many(24, """{"type":"integer"}""", isRequired: false)).Problems);
        Assert.Equal("it has 17 members that may be null or of several types, and 16 are allowed", Assert.Single(Rewrite("Anthropic", Many(17, """{"type":["integer","null"]}""")).Problems).Reason);
        Assert.Empty(Rewrite("Anthropic", Many(16, """{"type":["integer","null"]}""")).Problems);
        Assert.Equal("it has 5001 members, and 5000 are allowed", Assert.Single(Rewrite("OpenAI", Many(5_001, """{"type":"integer"}""")).Problems).Reason);
        Assert.Equal("it has 1002 enum values, and 1000 are allowed", Assert.Single(Rewrite("OpenAI", Many(334, """{"type":"string","enum":["a","b","c"]}""")).Problems).Reason);
        Assert.Equal(
            "it has 15060 characters in an enum of more than 250 values, and 15000 are allowed",
            Assert.Single(Rewrite("OpenAI", Root("{\"type\":\"string\",\"enum\":[" + values + "]}")).Problems).Reason);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    public void Objects_are_nested_at_most_ten_levels_deep_for_OpenAI(int levels, int problems)
    {
        var schema = """{"type":"string"}""";
        for (var i = 0; i < levels; i++)
        {
            schema = Root(schema).Replace(",\"b\":{\"type\":\"string\"}", "", StringComparison.Ordinal).Replace(",\"b\"", "", StringComparison.Ordinal).Replace(Definitions, "", StringComparison.Ordinal);
        }

        Assert.Equal(problems, Rewrite("OpenAI", schema).Problems.Count);
    }

    [Theory]
    [InlineData("""{"type":"string","maxLength":5,"description":"a","default":"b"}""")]
    [InlineData("""{"type":"object","properties":{"c":{"type":"integer","minimum":0},"d":{"const":"x"}},"required":["d"]}""")]
    [InlineData("""{"oneOf":[{"type":"string","pattern":"^\\bx"},{"$ref":"#/$defs/A","description":"c"}]}""")]
    public void What_was_rewritten_stays_as_it_is(string schema) => Assert.All(Rules, rules =>
    {
        var once = DialectRewriter.Rewrite(Parse(Root(schema, isRequired: false)), rules);
        var twice = DialectRewriter.Rewrite(once.Rewritten, rules);

        Assert.Empty(once.Problems);
        Assert.Empty(twice.Problems);
        Assert.Empty(twice.Described);
        Assert.Equal(once.Rewritten.ToString(), twice.Rewritten.ToString());
    });

    [Fact]
    public void What_is_described_is_listed()
    {
        var result = Rewrite("Anthropic", Root("""{"type":"array","maxItems":3,"items":{"type":"integer","minimum":1,"default":1}}"""));

        Assert.Equal([new DescribedConstraint("/properties/a", "maxItems"), new DescribedConstraint("/properties/a/items", "minimum")], result.Described);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[{"$ref":"#/$defs/A"}]}},"$defs":{"A":{"type":"object","properties":{"b":{"allOf":[{"$ref":"#/$defs/A"}]}}}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[{"$ref":"#/$defs/A"},{"$ref":"#/$defs/A"}]}},"$defs":{"A":{"allOf":[{"$ref":"#/$defs/A"},{"$ref":"#/$defs/A"}]}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"$ref":"#/properties/a"},"c":{"$ref":"#/properties/a"}}}}}""")]
    public void A_schema_that_holds_itself_comes_to_an_end(string schema) =>
        Assert.All(Rules, rules => Assert.NotEmpty(DialectRewriter.Rewrite(Parse(schema), rules).Problems));

    /// <summary>Written in place again and again, thirty definitions would become a thousand million.</summary>
    [Fact]
    public void A_schema_that_would_explode_is_refused()
    {
        var members = Enumerable.Range(0, 30).Select(static i => "\"p" + i + "\":{\"type\":\"object\",\"properties\":{\"l\":{\"$ref\":\"#/properties/p" + (i + 1) + "\"},\"r\":{\"$ref\":\"#/properties/p" + (i + 1) + "\"}}}");
        var schema = "{\"type\":\"object\",\"properties\":{" + string.Join(',', members) + ",\"p30\":{\"type\":\"string\"}}}";

        Assert.Contains(new DialectProblem("", "it is too large"), Rewrite("Anthropic", schema).Problems);
    }

    /// <summary>Whatever a schema says: no exception, and what comes out is in the dialect.</summary>
    [SharedDataFact(Suite)]
    public void Every_schema_of_the_test_suite_is_rewritten_once_or_refused()
    {
        var schemas = Directory.GetFiles(SharedData.Find(Suite), "*.json", SearchOption.AllDirectories)
            .Where(static path => path.Contains("draft", StringComparison.Ordinal))
            .SelectMany(static path => JsonParser.Parse(File.ReadAllText(path), out _)?.Items ?? [])
            .Select(static group => group["schema"])
            .OfType<JsonNode>()
            .ToList();
        Assert.True(schemas.Count > 300, $"{schemas.Count} schemas");

        var expressible = 0;
        foreach (var schema in schemas)
        {
            // As an answer's schema it would be a member of the wrapper.
            var wrapper = JsonNode.Object([
                new("type", JsonNode.String("object"), default),
                new("properties", JsonNode.Object([new("value", schema, default)]), default),
                new("required", JsonNode.Array([JsonNode.String("value")]), default),
                new("additionalProperties", JsonNode.False, default),
            ]);
            foreach (var rules in Rules)
            {
                var once = DialectRewriter.Rewrite(wrapper, rules);
                if (once.Problems.Count > 0)
                {
                    continue;
                }

                expressible++;
                var twice = DialectRewriter.Rewrite(once.Rewritten, rules);
                Assert.Empty(twice.Problems);
                Assert.Empty(twice.Described);
                Assert.Equal(once.Rewritten.ToString(), twice.Rewritten.ToString());
            }
        }

        Assert.True(expressible > 200, $"{expressible} expressible");
    }

    internal static IEnumerable<DialectRules> Rules { get; } = [DialectRules.OpenAI, DialectRules.AzureOpenAI, DialectRules.Anthropic, DialectRules.Gemini];

    private static DialectSchema Rewrite(string provider, string schema) =>
        DialectRewriter.Rewrite(Parse(schema), Rules.Single(rules => rules.Provider == provider));

    private static JsonNode Parse(string schema)
    {
        var node = JsonParser.Parse(schema, out var error);
        Assert.Null(error);
        return node!;
    }

    private const string Definitions = ",\"$defs\":{\"A\":{\"type\":\"string\"}}";

    private static string Root(string member, bool isRequired = true) =>
        "{\"type\":\"object\",\"properties\":{\"a\":" + member + ",\"b\":{\"type\":\"string\"}},\"required\":[" + (isRequired ? "\"a\"," : "") + "\"b\"]," + Closed + Definitions + "}";

    private static string Many(int count, string member, bool isRequired = true)
    {
        var names = Enumerable.Range(0, count).Select(static i => $"\"m{i}\"").ToList();
        return "{\"type\":\"object\",\"properties\":{" + string.Join(',', names.Select(name => name + ":" + member)) + "},\"required\":[" + (isRequired ? string.Join(',', names) : "") + "]," + Closed + "}";
    }
}
