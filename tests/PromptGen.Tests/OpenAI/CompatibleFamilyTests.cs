using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

/// <summary>The families that speak OpenAI's protocol in their own way, each against the loopback server in its character.</summary>
public sealed class CompatibleFamilyTests : IAsyncLifetime
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}""");

    private ModelServer _server = null!;

    public static TheoryData<ModelFamily, string, string> Families => new()
    {
        { ModelFamily.AzureOpenAI, "azure.ai.openai", "max_completion_tokens" },
        { ModelFamily.Gemini, "gcp.gemini", "max_tokens" },
        { ModelFamily.DeepSeek, "deepseek", "max_tokens" },
        { ModelFamily.Mistral, "mistral_ai", "max_tokens" },
        { ModelFamily.Xai, "x_ai", "max_completion_tokens" },
        { ModelFamily.Ollama, "ollama", "max_tokens" },
        { ModelFamily.Vllm, "vllm", "max_completion_tokens" },
    };

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_request_has_only_what_the_family_takes(ModelFamily family, string provider, string outputLimit)
    {
        var client = Connect(family);
        foreach (var streamed in new[] { false, true })
        {
            _server.Enqueue(ModelReply.Text("""{"a":1}""", inputTokens: 100, outputTokens: 20) with { CachedTokens = 40, ReasoningTokens = 5 });

            var response = await AskAsync(client, streamed);

            Assert.Equal("""{"a":1}""", response.Text);
            Assert.Equal((100L, 20L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
            Assert.Equal(family == ModelFamily.Gemini ? null : 40L, response.Usage.CachedInputTokenCount);
            var body = _server.Requests[^1].Body;
            Assert.Equal(300, body.GetProperty(outputLimit).GetInt32());
            Assert.Equal(family != ModelFamily.DeepSeek, _server.Requests[^1].Schema is not null);
        }

        Assert.Equal(provider, client.GetService<ChatClientMetadata>()!.ProviderName);
    }

    [Fact]
    public async Task Where_no_schema_is_taken_it_is_in_the_last_message_of_the_user_and_the_callers_messages_stay()
    {
        var client = Connect(ModelFamily.DeepSeek);
        _server.Enqueue(ModelReply.Text("""{"a":1}"""));
        var messages = new List<ChatMessage> { new(ChatRole.System, "Be exact."), new(ChatRole.User, "Count.") };

        await client.GetResponseAsync(messages, Options());

        var request = Assert.Single(_server.Requests);
        Assert.Equal("json_object", request.Body.GetProperty("response_format").GetProperty("type").GetString());
        Assert.StartsWith("Count.", request.TextOf("user"), StringComparison.Ordinal);
        Assert.Contains("\"additionalProperties\":false", request.TextOf("user"), StringComparison.Ordinal);
        Assert.Equal("Count.", messages[1].Text);
    }

    [Theory]
    [InlineData(ModelFamily.Gemini, false)]
    [InlineData(ModelFamily.Xai, false)]
    [InlineData(ModelFamily.Gemini, true)]
    [InlineData(ModelFamily.Xai, true)]
    public async Task Reasoning_that_is_counted_apart_is_output(ModelFamily family, bool streamed)
    {
        _server.Enqueue(ModelReply.Text("x", inputTokens: 100, outputTokens: 60) with { ReasoningTokens = 50 });

        var usage = (await AskAsync(Connect(family), streamed)).Usage!;

        Assert.Equal((60L, 50L, 160L), (usage.OutputTokenCount, usage.ReasoningTokenCount, usage.TotalTokenCount));
    }

    [Theory]
    [InlineData(ModelFamily.Gemini, 400, "API key not valid. Please pass a valid API key.", PromptErrorCode.Auth)]
    [InlineData(ModelFamily.Xai, 400, "Incorrect API key provided: xa***ng.", PromptErrorCode.Auth)]
    [InlineData(ModelFamily.Vllm, 400, "This model's maximum context length is 4096 tokens.", PromptErrorCode.ContextLength)]
    [InlineData(ModelFamily.Mistral, 401, "Unauthorized", PromptErrorCode.Auth)]
    [InlineData(ModelFamily.Mistral, 422, "Extra inputs are not permitted", PromptErrorCode.BadRequest)]
    [InlineData(ModelFamily.DeepSeek, 402, "Insufficient Balance", PromptErrorCode.QuotaExhausted)]
    [InlineData(ModelFamily.Ollama, 404, "model 'x' not found", PromptErrorCode.NotFound)]
    [InlineData(ModelFamily.AzureOpenAI, 404, "The API deployment for this resource does not exist.", PromptErrorCode.NotFound)]
    [InlineData(ModelFamily.Gemini, 429, "Resource has been exhausted", PromptErrorCode.RateLimited)]
    public async Task Errors_are_understood_in_each_familys_words(ModelFamily family, int status, string message, PromptErrorCode code)
    {
        _server.Enqueue(ModelReply.Error(status, message: message));

        var error = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(Connect(family), streamed: false));

        Assert.Equal(code, error.Code);
        Assert.DoesNotContain(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Google_says_in_the_error_how_long_to_wait()
    {
        var body = """[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.Help"},{"retryDelay":"34.5s"}]}}]""";
        _server.Enqueue(ModelReply.Raw(429, "application/json", body));

        var error = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(Connect(ModelFamily.Gemini), streamed: false));

        Assert.Equal(TimeSpan.FromSeconds(34.5), error.RetryAfter);
    }

    [Theory]
    [InlineData(ModelFamily.DeepSeek, "insufficient_system_resource", PromptErrorCode.Overloaded)]
    [InlineData(ModelFamily.Mistral, "error", PromptErrorCode.ServerError)]
    [InlineData(ModelFamily.Vllm, "abort", PromptErrorCode.ServerError)]
    public async Task A_finish_reason_that_is_a_failure_is_one(ModelFamily family, string reason, PromptErrorCode code)
    {
        foreach (var streamed in new[] { false, true })
        {
            _server.Enqueue(ModelReply.Text("So far") with { FinishReason = reason });

            Assert.Equal(code, (await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(Connect(family), streamed))).Code);
        }

        _server.Enqueue(ModelReply.Text("So far") with { FinishReason = "model_length" });
        Assert.Equal(ChatFinishReason.Length, (await AskAsync(Connect(ModelFamily.Mistral), streamed: false)).FinishReason);
    }

    private static ChatOptions Options() => new()
    {
        ModelId = "m",
        MaxOutputTokens = 300,
        Seed = 7,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema),
    };

    private static Task<ChatResponse> AskAsync(IChatClient client, bool streamed) =>
        streamed ? client.GetStreamingResponseAsync("Count.", Options()).ToChatResponseAsync() : client.GetResponseAsync("Count.", Options());

    /// <summary>The client that the preset of the family registers.</summary>
    private IChatClient Connect(ModelFamily family)
    {
        var endpoint = _server.EndpointOf(family);
        IChatClient? client = null;
        using var prompts = PromptRuntime.Create(builder =>
        {
            _ = family switch
            {
                ModelFamily.AzureOpenAI => builder.AddAzureOpenAI(endpoint, "key", "p"),
                ModelFamily.Gemini => builder.AddGemini("key", endpoint, "p"),
                ModelFamily.DeepSeek => builder.AddDeepSeek("key", endpoint, "p"),
                ModelFamily.Mistral => builder.AddMistral("key", endpoint, "p"),
                ModelFamily.Xai => builder.AddXai("key", endpoint, "p"),
                ModelFamily.Ollama => builder.AddOllama(endpoint, "p"),
                _ => builder.AddVllm(endpoint, "p"),
            };
            client = builder.Providers["p"]("m");
        });
        return client!;
    }
}
