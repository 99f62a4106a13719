namespace PromptGen.Generators.Tests.Rules;

/// <summary>What a schema file says without effect is no secret.</summary>
public sealed class PG0306Tests
{
    [Theory]
    [InlineData("""{ "type": "number", {|PG0306:"currency"|}: "EUR" }""", "JSON Schema has no keyword \"currency\": remove it, or call it \"x-currency\" if it is a comment")]
    [InlineData("""{ "type": "string", {|PG0306:"_format"|}: "date" }""", "JSON Schema has no keyword \"_format\": remove it, or call it \"x-_format\" if it is a comment")]
    [InlineData("""{ "type": "array", "items": { "type": "string" }, {|PG0306:"_uniqueItems"|}: true }""", "no keyword \"_uniqueItems\"")]
    [InlineData("""{ "properties": { "a": { "type": "string", {|PG0306:"nullable"|}: true } } }""", "no keyword \"nullable\"")]
    [InlineData("""{ "items": { "$ref": "#/$defs/a", {|PG0306:"nullable"|}: true }, "$defs": { "a": { "type": "string" } } }""", "no keyword \"nullable\"")]
    [InlineData("""{ "format": {|PG0306:"iban"|} }""", "the format \"iban\" is not checked in draft 2020-12: add a \"pattern\"")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "format": {|PG0306:"uuid"|} }""", "the format \"uuid\" is not checked in draft-07")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", {|PG0306:"prefixItems"|}: [true] }""", "draft-07 has no keyword \"prefixItems\"")]
    [InlineData("""{ "items": true, {|PG0306:"additionalItems"|}: false }""", "draft 2020-12 has no keyword \"additionalItems\"")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "items": { "$ref": "#/definitions/a", {|PG0306:"minimum"|}: 1 }, "definitions": { "a": { "type": "number" } } }""", "draft-07 ignores keywords beside \"$ref\": put both into \"allOf\"")]
    public async Task Fires_in_the_schema_file(string schema, string message)
    {
        var diagnostics = await Rule.VerifyAsync(Prompt, ("/project/Schemas/own.schema.json", schema));

        Assert.Contains(message, diagnostics.Message("PG0306"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "string", "format": "date-time", "x-currency": "EUR", "title": "t", "$comment": "c", "examples": ["2026-11-22T08:00:00Z"] }""")]
    [InlineData("""{ "properties": { "currency": { "type": "string" }, "format": { "type": "number" } }, "default": { "nullable": true }, "enum": [{ "iban": 1 }] }""")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/a", "description": "d", "definitions": { "a": { "type": "number" }, "unused": { "currency": 1 } } }""")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-04/schema#", "id": "https://acme.example/own", "type": "number", "examples": [1] }""")]
    [InlineData("""{ "enum": ["a"], "enumDescriptions": ["the first"], "markdownDescription": "*a*", "example": "a" }""")]
    [InlineData("""{ "$ref": "https://json-schema.org/draft/2020-12/schema" }""")]
    public Task Stays_silent(string schema) => Rule.VerifyAsync(Prompt, ("/project/Schemas/own.schema.json", schema));

    private const string Prompt = """
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Llama)]
            [PromptTemplate("{{ticket}}")]
            [OutputSchema("Schemas/own.schema.json")]
            public partial Task<System.Text.Json.JsonElement> AskAsync(string ticket);
        }
        """;
}
