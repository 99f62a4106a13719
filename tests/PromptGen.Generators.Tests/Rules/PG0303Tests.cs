using System.Globalization;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A schema file must be one, and the output type must be able to take what it allows.</summary>
public sealed class PG0303Tests
{
    [Theory]
    [InlineData("""{ "type": {|PG0303:"text"|} }""", "this is not a type: write null")]
    [InlineData("""{ "type": "object" {|PG0303:"x"|}: 1 }""", "a comma or } is missing here")]
    [InlineData("""{ "minimum": {|PG0303:"0"|} }""", "\"minimum\" has to be a number")]
    [InlineData("""{ "multipleOf": {|PG0303:0|} }""", "\"multipleOf\" has to be a number above 0")]
    [InlineData("""{ "required": {|PG0303:"name"|} }""", "an array of strings")]
    [InlineData("""{ "items": {|PG0303:[{ "type": "string" }]|} }""", "prefixItems")]
    [InlineData("""{ "properties": { "a": { "$ref": {|PG0303:"#/$defs/gone"|} } } }""", "there is no schema \"#/$defs/gone\" in this file: correct the reference, or add the schema below \"$defs\"")]
    [InlineData("""{ "properties": { "a": { "$ref": {|PG0303:"gone.json"|} } } }""", "there is no schema \"gone.json\": correct the reference, or add the file that contains it to AdditionalFiles")]
    [InlineData("""{ "type": "object", {|PG0303:}|}""", "there is no member after the comma: remove the comma")]
    [InlineData("""{ "$ref": {|PG0303:"#"|} }""", "leads back to itself")]
    [InlineData("""{ "properties": { "a": {|PG0303:{ "anyOf": [{ "$ref": "#/properties/a" }, true] }|} } }""", "refers to itself for the same value, so that a check would never end: remove the reference")]
    [InlineData("""{ "pattern": {|PG0303:"(a"|} }""", "the regular expression (a cannot be used, because ")]
    [InlineData("""{ "pattern": {|PG0303:"\\p{Script=Greek}"|} }""", "has no counterpart in .NET")]
    [InlineData("""{ {|PG0303:"requierd"|}: ["a"] }""", "did you mean \"required\"?")]
    [InlineData("""{ "$schema": {|PG0303:"https://example.org/my-dialect"|} }""", "the dialect https://example.org/my-dialect is not known")]
    [InlineData("""{|PG0303:[]|}""", "a schema has to be an object, true or false")]
    public async Task Fires_in_the_schema_file(string schema, string message)
    {
        // A syntax error is marked by one character.
        schema = schema.Replace("{|PG0303:\"x\"|}", "{|PG0303:\"|}x\"", StringComparison.Ordinal);
        var diagnostics = await Rule.VerifyAsync(Prompt("JsonElement"), ("/project/Schemas/own.schema.json", schema));

        Assert.Contains(message, diagnostics.Message("PG0303"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record Own(string Label, double Score)", """{ "type": "object", "properties": { "label": { "type": "string" } }, "required": ["label"], "additionalProperties": false }""", "the schema has no member \"score\", which Own.Score needs")]
    [InlineData("record Own(string Label)", """{ "type": "object", "properties": { "label": { "type": "string" } } }""", "the schema does not require \"label\", which Own.Label needs")]
    [InlineData("record Own(string Label)", """{ "type": "object", "properties": { "label": { "type": ["string", "null"] } }, "required": ["label"] }""", "the schema allows null for Own.Label")]
    [InlineData("record Own(int Count)", """{ "type": "object", "properties": { "count": { "type": "number" } }, "required": ["count"] }""", "the schema allows numbers with a fraction for Own.Count")]
    [InlineData("record Own(int Count)", """{ "type": "object", "properties": { "count": { "$ref": "#/$defs/text" } }, "required": ["count"], "$defs": { "text": { "type": "string" } } }""", "the schema allows strings for Own.Count, which takes integers")]
    [InlineData("record Own(List<int> Counts)", """{ "type": "object", "properties": { "counts": { "type": "array", "items": { "type": "boolean" } } }, "required": ["counts"] }""", "the schema allows true or false for Own.Counts[], which takes integers")]
    [InlineData("record Own(Queue Queue)", """{ "type": "object", "properties": { "queue": { "enum": ["Billing", "Sales"] } }, "required": ["queue"] }""", "the schema allows \"Sales\" for Own.Queue")]
    [InlineData("record Own(Queue Queue)", """{ "type": "object", "properties": { "queue": { "type": "string" } }, "required": ["queue"] }""", "the schema allows any string for Own.Queue")]
    [InlineData("record Own(string Label)", """{ "type": "object", "properties": { "label": { "type": "string" }, "score": { "type": "number" } }, "required": ["label"] }""", "Own has no member for \"score\"")]
    [InlineData("record Own(string Label)", """{ "type": "array" }""", "the schema allows arrays for Own, which takes objects")]
    public async Task Fires_at_the_type(string type, string schema, string message)
    {
        var diagnostics = await Rule.VerifyAsync($"public sealed {type};\n" + Prompt("Own", "{|PG0303:Task<Own>|}"), ("/project/Schemas/own.schema.json", schema));

        Assert.Contains(message, diagnostics.Message("PG0303"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record Own(string Label)", """{ "type": "object", "properties": { "label": { "type": "string" } }, "required": ["label"] }""")]
    [InlineData("record Own(string? Label = null)", """{ "type": "object", "properties": { "label": { "type": ["string", "null"] } } }""")]
    [InlineData("record Own(double Score)", """{ "type": "object", "properties": { "score": { "type": "integer", "minimum": 0 } }, "required": ["score"] }""")]
    [InlineData("record Own(string? Label)", """{ "type": "object", "properties": { "label": { "anyOf": [{ "type": "string" }, { "type": "null" }] } }, "required": ["label"] }""")]
    [InlineData("record Own(Queue Queue)", """{ "allOf": [{ "type": "object", "properties": { "queue": { "enum": ["Billing", "Account"] } } }, { "required": ["queue"] }] }""")]
    [InlineData("record Own(string Name, Own? Next = null)", """{ "type": "object", "properties": { "name": { "type": "string" }, "next": { "$ref": "#" } }, "required": ["name"] }""")]
    public Task Stays_silent(string type, string schema) =>
        Rule.VerifyAsync($"public sealed {type};\n" + Prompt("Own"), ("/project/Schemas/own.schema.json", schema));

    [Theory]
    [InlineData("Task<string>")]
    [InlineData("IAsyncEnumerable<string>")]
    [InlineData("IAsyncEnumerable<Triage>")]
    public async Task Fires_where_nothing_is_read_as_a_whole(string result)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Models.Llama)]
                [PromptTemplate("TICKET")]
                [OutputSchema({|PG0303:"Schemas/label.schema.json"|})]
                public partial {{result}} AskAsync(string ticket);
            }
            """.Replace("TICKET", "{{ticket}}", StringComparison.Ordinal));

        Assert.Contains("[OutputSchema] needs a JSON result, but '", diagnostics.Message("PG0303"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_PG0208() => await Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Llama)]
            [PromptTemplate("{{ticket}}")]
            [OutputSchema({|PG0208:"Schemas/gone.schema.json"|})]
            public partial Task<System.Text.Json.JsonElement> AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task A_problem_in_a_file_that_is_referred_to_is_marked_there()
    {
        var diagnostics = await Rule.VerifyAsync(
            Prompt("JsonElement"),
            ("/project/Schemas/own.schema.json", """{ "items": { "$ref": "line.json" } }"""),
            ("/project/Schemas/line.json", """{ "maxLength": {|PG0303:-1|} }"""));

        var diagnostic = Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "PG0303");
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("The schema 'Schemas/own.schema.json' cannot be the contract: \"maxLength\" has to be a whole number of at least 0", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("{ \"type\": ")]
    [InlineData("""{ "type": "no such type", "$ref": "gone.json" }""")]
    [InlineData("""{ "$id": "own.schema.json", "type": 1 }""")]
    public Task A_file_that_no_prompt_names_is_not_judged(string schema) => Rule.VerifyAsync(
        Prompt("JsonElement"),
        ("/project/Schemas/own.schema.json", """{ "items": { "$ref": "line.json" } }"""),
        ("/project/Schemas/line.json", """{ "maxLength": 1 }"""),
        ("/project/Web/theirs.schema.json", schema));

    private static string Prompt(string output, string? result = null) => $$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Llama)]
            [PromptTemplate("TICKET")]
            [OutputSchema("Schemas/own.schema.json")]
            public partial {{result ?? $"Task<{(output == "JsonElement" ? "System.Text.Json.JsonElement" : output)}>"}} AskAsync(string ticket);
        }
        """.Replace("TICKET", "{{ticket}}", StringComparison.Ordinal);
}
