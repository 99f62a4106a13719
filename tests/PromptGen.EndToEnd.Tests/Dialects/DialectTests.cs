using System.Text.Json;
using PromptGen.Generated.PromptGen.EndToEnd.Tests.Dialects;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Dialects;

/// <summary>What goes over the wire is the contract in the dialect of the model that is asked, to the letter.</summary>
public sealed class DialectTests : IAsyncLifetime
{
    private const string Answer = """{"number":"AB-1","lines":[{"text":"Bolts","count":null,"currency":null}],"source":null}""";

    private ModelServer _server = null!;
    private PromptRuntime _prompts = null!;
    private DialectDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        _prompts = PromptRuntime.Create(builder => builder
            .AddOpenAI("test-key", _server.OpenAIEndpoint)
            .AddAnthropic("test-key", _server.AnthropicEndpoint));
        _desk = new DialectDesk(_prompts);
    }

    public async ValueTask DisposeAsync()
    {
        _prompts.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(SchemaDialect.OpenAI)]
    [InlineData(SchemaDialect.AzureOpenAI)]
    [InlineData(SchemaDialect.Anthropic)]
    public async Task The_schema_on_the_wire_is_that_of_the_dialect(SchemaDialect dialect)
    {
        _server.Enqueue(ModelReply.Text(Answer));

        var invoice = await ReadAsync(dialect);

        Assert.Equal(new Line("Bolts", 1), Assert.Single(invoice.Lines));
        Assert.Null(invoice.Source);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(InvoiceContract.Instance.SchemaFor(dialect).GetRawText(), request.Schema!.Value.GetRawText());
        Assert.NotEqual(InvoiceContract.Instance.Schema.GetRawText(), request.Schema.Value.GetRawText());
        Assert.Equal(dialect == SchemaDialect.Anthropic ? null : true, Strict(request));
    }

    /// <summary>A client for a server of OpenAI's protocol holds to OpenAI's rules whatever the model behind it takes.</summary>
    [Theory]
    [InlineData(SchemaDialect.Gemini)]
    [InlineData(SchemaDialect.Standard)]
    public async Task The_request_has_the_schema_of_the_dialect(SchemaDialect dialect)
    {
        var client = new ScriptedChatClient(Answer);
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        var desk = new DialectDesk(prompts);

        _ = dialect == SchemaDialect.Gemini ? await desk.ReadByGeminiAsync("text") : await desk.ReadPlainlyAsync("text");

        var format = Assert.IsType<Microsoft.Extensions.AI.ChatResponseFormatJson>(Assert.Single(client.Requests).Options!.ResponseFormat);
        Assert.Equal(InvoiceContract.Instance.SchemaFor(dialect).GetRawText(), format.Schema!.Value.GetRawText());
        Assert.Equal(dialect == SchemaDialect.Standard, format.Schema.Value.GetRawText() == InvoiceContract.Instance.Schema.GetRawText());
    }

    [Fact]
    public async Task What_the_dialect_only_describes_is_enforced_anyway()
    {
        _server.Enqueue(ModelReply.Text("""{"number":"AB-1","lines":[{"text":"Bolts and nuts and washers","count":null,"currency":null}],"source":null}"""));

        var error = await Assert.ThrowsAsync<PromptException>(() => _desk.ReadByOpenAIAsync("text"));

        Assert.Equal("/lines/0/text", Assert.Single(Assert.Single(error.Attempts).Violations).Pointer);
    }

    [Fact]
    public async Task A_required_member_may_not_be_null()
    {
        _server.Enqueue(ModelReply.Text("""{"number":null,"lines":[],"source":null}"""));

        var error = await Assert.ThrowsAsync<PromptException>(() => _desk.ReadByOpenAIAsync("text"));

        Assert.Equal("/number", Assert.Single(Assert.Single(error.Attempts).Violations).Pointer);
    }

    [Fact]
    public async Task What_OpenAI_can_t_express_is_sent_without_strict_mode()
    {
        _server.Enqueue(ModelReply.Text("""{"name":"a","counts":{"b":1}}"""));

        var tally = await _desk.CountByOpenAIAsync("text");

        Assert.Equal(1, tally.Counts["b"]);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(TallyContract.Instance.Schema.GetRawText(), request.Schema!.Value.GetRawText());
        Assert.False(Strict(request));
    }

    [Fact]
    public async Task What_Anthropic_can_t_express_is_reported_in_the_text()
    {
        _server.Enqueue(ModelReply.Text("""{"name":"a","counts":{"b":1}}"""));

        var tally = await _desk.CountByAnthropicAsync("text");

        Assert.Equal(1, tally.Counts["b"]);
        var request = Assert.Single(_server.Requests);
        Assert.Null(request.Schema);
        Assert.Contains(TallyContract.Instance.Schema.GetRawText(), request.TextOf("user"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Undefined, TallyContract.Instance.SchemaFor(SchemaDialect.Anthropic).ValueKind);
    }

    private Task<Invoice> ReadAsync(SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.OpenAI => _desk.ReadByOpenAIAsync("text"),
        SchemaDialect.AzureOpenAI => _desk.ReadByAzureAsync("text"),
        _ => _desk.ReadByAnthropicAsync("text"),
    };

    private static bool? Strict(ModelRequest request) =>
        request.Body.TryGetProperty("response_format", out var format) ? format.GetProperty("json_schema").GetProperty("strict").GetBoolean() : null;
}
