using System.Text;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>Schemas and answers that were made to hang or overflow whatever reads them.</summary>
public sealed class HostileSchemaTests
{
    [Theory]
    [InlineData("""{ "$ref": "#" }""")]
    [InlineData("""{ "allOf": [{ "$ref": "#" }] }""")]
    [InlineData("""{ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "$ref": "#/$defs/a" } } }""")]
    [InlineData("""{ "not": { "if": { "anyOf": [true, { "$ref": "#" }] } } }""")]
    [InlineData("""{ "dependentSchemas": { "a": { "$ref": "#" } } }""")]
    [InlineData("""{ "$dynamicAnchor": "a", "oneOf": [{ "$dynamicRef": "#a" }] }""")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#" }""")]
    [InlineData("""{ "$id": "a", "$schema": "a", "type": "object" }""")]
    [InlineData("""{ "$ref": "http://[" }""")]
    [InlineData("""{ "$id": "http://[", "$ref": "a" }""")]
    [InlineData("""{ "$ref": "#/%zz/~2/-1" }""")]
    [InlineData("""{ "$ref": 1, "$id": 2, "$anchor": 3, "$dynamicRef": [], "allOf": {}, "properties": [], "items": 1, "type": [1], "enum": 2, "if": "x" }""")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"pattern\": \"[\\\" }")]
    [InlineData("{ \"pattern\": \"[z-a]\", \"patternProperties\": { \"(\": 1, \"\\\\u{110000}\": 2, \"\\\\p{\": 3, \"\\\\\": 4 } }")]
    public void Is_rejected_with_a_reason(string schema)
    {
        var program = SchemaCompiler.Compile(new SchemaText("schema.json", schema), []);

        Assert.NotEmpty(program.Problems);
        Assert.All(program.Problems, problem => Assert.InRange(problem.Span.End, 0, schema.Length));
    }

    [Fact]
    public void A_schema_nested_too_deep_is_rejected() => Is_rejected_with_a_reason(
        string.Concat(Enumerable.Repeat("{\"items\":", 5000)) + "true" + new string('}', 5000));

    [Fact]
    public void A_chain_of_references_of_any_length_is_followed()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 5000).Select(static i => $"\"d{i}\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}"));
        var program = SchemaCompiler.Compile(new SchemaText("schema.json", $$"""{ "$ref": "#/$defs/d0", "$defs": { {{definitions}}, "d5000": { "type": "string" } } }"""), []);

        Assert.Empty(program.Problems);
        Assert.Single(program.Schemas);
    }

    [Fact]
    public void A_file_of_more_schemas_than_the_limit_is_rejected()
    {
        var properties = string.Join(',', Enumerable.Range(0, 11_000).Select(static i => $"\"p{i}\":{{\"type\":\"string\"}}"));

        Is_rejected_with_a_reason($$"""{ "properties": { {{properties}} } }""");
    }

    [Fact]
    public void Alternatives_that_multiply_with_the_depth_end()
    {
        var schemas = new CompiledSchemas();
        var schema = schemas.Add("""
            { "anyOf": [
                { "type": "array", "items": { "$ref": "#" }, "minItems": 2 },
                { "type": "array", "items": { "$ref": "#" }, "contains": { "type": "object" } },
                { "type": "array", "items": { "allOf": [{ "$ref": "#" }, { "$ref": "#" }] }, "maxItems": 1 } ] }
            """);
        var contract = schemas.Build().Contract(schema);

        var reading = contract.ReadElement(new string('[', 60) + "1" + new string(']', 60), Tolerance.Exact, new());

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.NotEmpty(reading.Violations);
    }

    [Fact]
    public void A_depth_bomb_is_invalid_and_a_torn_answer_truncated()
    {
        var schemas = new CompiledSchemas();
        var schema = schemas.Add("""{ "anyOf": [{ "type": "object", "additionalProperties": { "$ref": "#" } }, { "type": "array", "items": { "$ref": "#" }, "uniqueItems": true }, { "type": "number" }] }""");
        var contract = schemas.Build().Contract(schema);

        Assert.Equal(PromptErrorCode.InvalidJson, contract.ReadElement(new string('[', 100_000), Tolerance.Exact, new()).Code);
        Assert.Equal(PromptErrorCode.InvalidJson, contract.ReadElement("{\"a\":[1,2", Tolerance.Exact, new()).Code);
        Assert.Equal(PromptErrorCode.Truncated, contract.Read("{\"a\":[1,2").Code);
        Assert.False(contract.Allows(Encoding.UTF8.GetBytes("{\"a\":[1,2")));
    }

    [Fact]
    public void A_pattern_that_backtracks_for_ever_runs_out_of_time()
    {
        var schemas = new CompiledSchemas();
        var schema = schemas.Add("""{ "properties": { "linear": { "pattern": "^(a+)+$" }, "timed": { "pattern": "^(?=x)?(a+)+$" } } }""");
        schemas.Build();
        var text = new string('a', 5000) + "!";

        Assert.False(schemas.Allows(schema, $$"""{ "linear": "{{text}}" }"""));
        Assert.False(schemas.Allows(schema, $$"""{ "timed": "{{text}}" }"""));
    }

    [Theory]
    [InlineData("declared", true)]
    [InlineData("unknown", false)]
    public void A_name_whose_pattern_runs_out_of_time_is_a_violation(string kind, bool isDeclared)
    {
        var name = new string('a', 50) + "!";
        var properties = isDeclared ? $"\"{name}\": true" : "";
        var schemas = new CompiledSchemas();
        var schema = schemas.Add($$"""{ "properties": { {{properties}} }, "patternProperties": { "^(?=a)(a+)+$": { "type": "integer" } } }""");
        var contract = schemas.Build().Contract(schema);

        // Without a match the pattern says nothing of the value.
        var reading = contract.ReadElement($$"""{ "{{name}}": "{{kind}}" }""", Tolerance.Exact, new());

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Contains("(matching its pattern took too long)", Assert.Single(reading.Violations).Expected, StringComparison.Ordinal);
        Assert.False(contract.Allows(Encoding.UTF8.GetBytes($$"""{ "{{name}}": "{{kind}}" }""")));
    }

    [Fact]
    public void Many_items_are_compared_without_comparing_each_with_each()
    {
        var schemas = new CompiledSchemas();
        var schema = schemas.Add("""{ "uniqueItems": true }""");
        schemas.Build();
        var items = string.Join(',', Enumerable.Range(0, 100_000).Select(static i => $"{{\"a\":{i}}}"));

        Assert.True(schemas.Allows(schema, $"[{items}]"));
        Assert.False(schemas.Allows(schema, $"[{items},{{\"a\":77e0}}]"));
    }
}
