using System.Text.Json;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>Prompts whose contract is a schema file: generated, compiled and run.</summary>
public sealed class SchemaPromptTests
{
    private const string Desk = """
        namespace Acme;

        public sealed record Invoice(string Number, decimal Total, IReadOnlyList<Line> Lines, string? Note = null);

        public sealed record Line(string Item, int Quantity);

        public sealed partial class Clerk
        {
            [RoutedPrompt(Models.Llama)]
            [PromptTemplate("Read this invoice: {{text}}")]
            [OutputSchema("Schemas/invoice.schema.json")]
            public partial Task<System.Text.Json.JsonElement> ReadAsync(string text);

            [RoutedPrompt(Models.Llama, Repairs = 0)]
            [PromptTemplate("Read this invoice: {{text}}")]
            [OutputSchema("Schemas/invoice.schema.json")]
            public partial Task<PromptResult<Invoice>> ReadInvoiceAsync(string text);

            [RoutedPrompt(Models.Llama)]
            [PromptTemplate("Name the tags of {{text}}")]
            [OutputSchema("tags.json")]
            public partial Task<System.Text.Json.JsonElement> TagAsync(string text);
        }
        """;

    private static readonly (string Path, string Text) Invoice = ("/project/Schemas/invoice.schema.json", """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://acme.example/invoice",
          "title": "Invoice",
          "type": "object",
          "properties": {
            "number": { "type": "string", "pattern": "^INV-\\d{4}$" },
            "total": { "type": "number", "minimum": 0, "multipleOf": 0.01 },
            "lines": { "type": "array", "minItems": 1, "items": { "$ref": "line.json" } },
            "note": { "type": ["string", "null"], "maxLength": 20 }
          },
          "required": ["number", "total", "lines"],
          "additionalProperties": false
        }
        """);

    private static readonly (string Path, string Text) Line = ("/project/Schemas/line.json", """
        {
          "type": "object",
          "properties": { "item": { "$ref": "#/$defs/name" }, "quantity": { "type": "integer", "exclusiveMinimum": 0 } },
          "required": ["item", "quantity"],
          "additionalProperties": false,
          "$defs": { "name": { "type": "string", "minLength": 1 } }
        }
        """);

    private static readonly (string Path, string Text) Tags = ("/project/Schemas/tags.json", """{ "type": "array", "items": { "type": "string" }, "uniqueItems": true }""");

    private const string Good = """{"number":"INV-2031","total":19.90,"lines":[{"item":"Paper","quantity":2}]}""";

    [Fact]
    public void The_contract_of_a_schema_file() => Snapshot.Verify(Project().Files["Schemas.SchemasInvoiceSchemaContract.g.cs"]);

    [Fact]
    public void What_is_generated_compiles_without_a_complaint() => Assert.Empty(Project().Output.Complaints());

    [Fact]
    public async Task Checked_JSON()
    {
        var client = new ScriptedChatClient("""{"number":"2031","total":19.905,"lines":[]}""", Good);

        var invoice = (JsonElement)(await AskAsync(client, "ReadAsync"))!;

        Assert.Equal("INV-2031", invoice.GetProperty("number").GetString());
        var repair = string.Join('\n', client.Requests[1].Messages.Select(static message => message.Text));
        Assert.Contains("a string that matches the regular expression ^INV-\\d{4}$", repair, StringComparison.Ordinal);
        Assert.Contains("a number that is at least 0 and a multiple of 0.01", repair, StringComparison.Ordinal);
        Assert.Contains("an array of at least 1 item", repair, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_takes_what_the_schema_allows()
    {
        dynamic result = (await AskAsync(new ScriptedChatClient(Good), "ReadInvoiceAsync"))!;

        Assert.Equal("INV-2031", (string)result.Value.Number);
        Assert.Equal(19.90m, (decimal)result.Value.Total);
        Assert.Equal(2, (int)result.Value.Lines[0].Quantity);
    }

    [Fact]
    public async Task The_schema_has_its_say_before_the_type()
    {
        var exception = await Assert.ThrowsAsync<PromptException>(() => AskAsync(new ScriptedChatClient(Good.Replace("2}", "0}", StringComparison.Ordinal)), "ReadInvoiceAsync"));

        var violation = Assert.Single(exception.Attempts[0].Violations);
        Assert.Equal("/lines/0/quantity: expected an integer that is above 0", violation.ToString());
    }

    [Fact]
    public async Task A_root_that_is_no_object_is_wrapped()
    {
        var client = new ScriptedChatClient("""{"value":["a","b"]}""");

        var tags = (JsonElement)(await AskAsync(client, "TagAsync"))!;

        Assert.Equal(2, tags.GetArrayLength());
        var sent = ((Microsoft.Extensions.AI.ChatResponseFormatJson)client.Requests[0].Options!.ResponseFormat!).Schema!.Value;
        Assert.Equal(
            """{"type":"object","properties":{"value":{"$ref":"#/$defs/value"}},"required":["value"],"additionalProperties":false,"$defs":{"value":{"type":"array","items":{"type":"string"},"uniqueItems":true}}}""",
            sent.GetRawText());
    }

    [Fact]
    public async Task What_a_model_gets_is_in_one_document()
    {
        var client = new ScriptedChatClient(Good);
        await AskAsync(client, "ReadAsync");

        var sent = ((Microsoft.Extensions.AI.ChatResponseFormatJson)client.Requests[0].Options!.ResponseFormat!).Schema!.Value;
        Assert.False(sent.TryGetProperty("$id", out _));
        Assert.Equal("#/$defs/line", sent.GetProperty("properties").GetProperty("lines").GetProperty("items").GetProperty("$ref").GetString());
        Assert.Equal("#/$defs/line/$defs/name", sent.GetProperty("$defs").GetProperty("line").GetProperty("properties").GetProperty("item").GetProperty("$ref").GetString());
    }

    [Fact]
    public void An_edit_of_a_schema_file_re_runs_its_prompts_alone()
    {
        var project = Project();

        project.Edit([Invoice, Line, Tags with { Text = Tags.Text.Replace("true", "false", StringComparison.Ordinal) }]);

        Assert.Equal([IncrementalStepRunReason.Modified], Touched(project.Reasons(TrackingNames.Plan, "TagAsync")));
        Assert.Empty(Touched(project.Reasons(TrackingNames.Plan, "ReadAsync")));
        Assert.Empty(Touched(project.Reasons(TrackingNames.Plan, "ReadInvoiceAsync")));
        Assert.Single(Touched(project.Reasons(TrackingNames.Schema)));
    }

    [Theory]
    [InlineData("/project/Web/theirs.schema.json", """{ "type": "object" }""", """{ "type": "array" }""")]
    [InlineData("/project/Web/theirs.schema.json", "{ \"type\": ", "")]
    [InlineData("/project/Schemas/copy/other.schema.json", """{ "$id": "https://acme.example/other", "$ref": "line.json" }""", """{ "$id": "https://acme.example/other" }""")]
    public void A_schema_file_that_no_prompt_names_re_runs_nothing(string path, string text, string edited)
    {
        var project = Project();

        foreach (var now in new[] { text, edited })
        {
            project.Edit([Invoice, Line, Tags, (path, now)]);

            Assert.Empty(Touched(project.Reasons(TrackingNames.WithFiles)));
            Assert.Empty(Touched(project.Reasons(TrackingNames.Plan)));
            Assert.All(project.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }
    }

    [Fact]
    public void The_same_project_again_compiles_no_schema() =>
        Assert.All(Project().Run().OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

    private static IncrementalStepRunReason[] Touched(IEnumerable<IncrementalStepRunReason> reasons) =>
        [.. reasons.Where(static reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))];

    private static Generation Project() => new([Sources.Models, Desk], Invoice, Line, Tags);

    private static async Task<object?> AskAsync(ScriptedChatClient client, string method)
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("ollama", _ => client));
        var clerk = LoadedAssembly.Load(Project().Output).Type("Acme.Clerk");
        var task = (Task)clerk.GetMethod(method)!.Invoke(Activator.CreateInstance(clerk, prompts), ["text"])!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task);
    }
}
