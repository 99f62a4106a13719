using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.Anthropic;

public sealed class AnthropicResponseTests : AnthropicTestBase
{
    [Fact]
    public async Task The_parts_of_a_tool_call_show_that_the_model_is_at_work()
    {
        var updates = await StreamAsync(ModelReply.Tools(new ModelToolCall("c1", "lookup", """{"id":7,"text":"a rather long text"}""")));

        Assert.Contains(updates, static update => update.Contents.Count == 0 && UpdateProgress.IsMarked(update));
        Assert.All(updates.Where(UpdateProgress.IsMarked), static update => Assert.Empty(update.Contents));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_model_and_usage_are_read(bool streamed)
    {
        var reply = ModelReply.Text("Grüße an die 😀 Welt", inputTokens: 100, outputTokens: 20, cachedTokens: 50) with { CacheCreationTokens = 7, ModelId = "claude-test-2024" };

        var response = await GetAsync(reply, streamed);

        Assert.Equal(("Grüße an die 😀 Welt", "claude-test-2024", ChatFinishReason.Stop), (response.Text, response.ModelId, response.FinishReason));
        var usage = response.Usage!;
        Assert.Equal((100L, 20L, 50L), (usage.InputTokenCount, usage.OutputTokenCount, usage.CachedInputTokenCount));
        Assert.Equal(7, usage.AdditionalCounts!["CacheCreationInputTokens"]);
    }

    [Theory]
    [InlineData("length", "length", false)]
    [InlineData("length", "length", true)]
    [InlineData("tool_calls", "tool_calls", false)]
    [InlineData("model_context_window_exceeded", "length", false)]
    [InlineData("pause_turn", "pause_turn", false)]
    [InlineData("pause_turn", "pause_turn", true)]
    public async Task Stop_reasons_are_read_unknown_ones_too(string sent, string expected, bool streamed) =>
        Assert.Equal(expected, (await GetAsync(ModelReply.Text("a", finishReason: sent), streamed)).FinishReason?.Value);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_is_distinguished_from_a_content_filter(bool streamed)
    {
        var response = await GetAsync(ModelReply.Refusal(), streamed);

        var error = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>());
        Assert.Equal("Refusal", error.ErrorCode);
        Assert.Single(response.Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tool_calls_are_read_with_their_arguments(bool streamed)
    {
        var response = await GetAsync(ModelReply.Tools(new ModelToolCall("c1", "lookup", """{"id":7}""")), streamed);

        var call = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("c1", "lookup", 7), (call.CallId, call.Name, ((JsonElement)call.Arguments!["id"]!).GetInt32()));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Impossible_usage_is_left_for_the_runtime_to_flag(bool streamed) =>
        Assert.Equal(-5, (await GetAsync(ModelReply.Text("a", inputTokens: -5, outputTokens: 1), streamed)).Usage!.InputTokenCount);

    [Fact]
    public async Task A_stop_reason_ends_the_answer_even_without_the_end_mark() =>
        Assert.Equal("Hello there", (await StreamAsync(ModelReply.Text("Hello there") with { Fault = ModelFault.NoEndMark })).ToChatResponse().Text);

    public static TheoryData<string, ModelReply, PromptErrorCode> Broken => new()
    {
        { "clean cut", ModelReply.CutStream("Hello there, world"), PromptErrorCode.Truncated },
        { "no stop reason", ModelReply.Text("Hello there") with { Fault = ModelFault.NoFinishReason }, PromptErrorCode.Truncated },
        { "reset", ModelReply.CutStream("Hello there, world", reset: true), PromptErrorCode.Transport },
        { "malformed chunk", ModelReply.Text("Hello there, world") with { Fault = ModelFault.MalformedChunk }, PromptErrorCode.ProtocolError },
        { "overloaded event", ModelReply.ErrorEvent("overloaded_error"), PromptErrorCode.Overloaded },
        { "rate limit event", ModelReply.ErrorEvent("rate_limit_error"), PromptErrorCode.RateLimited },
        { "unknown event", ModelReply.ErrorEvent("api_error"), PromptErrorCode.ServerError },
        { "web page", ModelReply.Html(), PromptErrorCode.ProtocolError },
        { "empty stream", ModelReply.Raw(200, "text/event-stream", ""), PromptErrorCode.ProtocolError },
        { "529", ModelReply.Error(529), PromptErrorCode.Overloaded },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_stream_ends_with_an_exception_never_as_if_finished(string fault, ModelReply reply, PromptErrorCode expected)
    {
        Assert.NotEmpty(fault);
        var received = new List<ChatResponseUpdate>();

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => StreamAsync(reply, received));

        Assert.Equal(expected, exception.Code);
        Assert.All(received, update => Assert.Null(update.FinishReason));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Leaving_a_stream_early_ends_the_request_at_the_server()
    {
        Server.Enqueue(ModelReply.Text("Hello there, world") with { Fault = ModelFault.Stall });

        await foreach (var update in Client.GetStreamingResponseAsync("Hello"))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        await Server.Requests[0].WaitForAbortAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_beyond_any_size_is_given_up(bool streamed)
    {
        var body = new byte[65 * 1024 * 1024];
        Array.Fill(body, (byte)' ');

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => GetAsync(ModelReply.Raw(200, streamed ? "text/event-stream" : "application/json", body), streamed));

        Assert.Equal(PromptErrorCode.OutputTooLarge, exception.Code);
    }

    [Fact]
    public void The_client_describes_itself()
    {
        var metadata = Client.GetService<ChatClientMetadata>()!;

        Assert.Equal(("anthropic", Model), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.NotNull(Client.GetService<IFailureClassifier>());
        Assert.NotNull(Client.GetService<global::Anthropic.IAnthropicClient>());
    }

    private async Task<ChatResponse> GetAsync(ModelReply reply, bool streamed) =>
        streamed ? (await StreamAsync(reply)).ToChatResponse() : await AskAsync(reply);
}
