using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

public sealed class OpenAIStreamTests : OpenAITestBase
{
    [Fact]
    public async Task The_parts_of_a_tool_call_show_that_the_model_is_at_work()
    {
        var updates = await StreamAsync(ModelReply.Tools(new ModelToolCall("c1", "lookup", """{"id":7,"text":"a rather long text"}""")));

        Assert.Contains(updates, static update => update.Contents.Count == 0 && UpdateProgress.IsMarked(update));
        Assert.All(updates.Where(UpdateProgress.IsMarked), static update => Assert.Empty(update.Contents));
    }

    [Fact]
    public async Task Text_comes_in_pieces_and_usage_and_finish_reason_last()
    {
        var updates = await StreamAsync(ModelReply.Text("Hello to the 😀 world", inputTokens: 10, outputTokens: 5, cachedTokens: 4));

        Assert.True(updates.Count > 3);
        Assert.All(updates.SkipLast(1), update => Assert.Null(update.FinishReason));
        var response = updates.ToChatResponse();
        Assert.Equal("Hello to the 😀 world", response.Text);
        Assert.Equal((ChatFinishReason.Stop, Model, "chatcmpl-1"), (response.FinishReason, response.ModelId, response.ResponseId));
        Assert.Equal((10L, 5L, 4L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.CachedInputTokenCount));
        Assert.Single(response.Messages);
    }

    [Fact]
    public async Task A_streamed_refusal_is_one_error_content()
    {
        var response = (await StreamAsync(ModelReply.Refusal("I will not do that."))).ToChatResponse();

        var refusal = Assert.Single(response.Messages[0].Contents.OfType<ErrorContent>());
        Assert.Equal(("Refusal", "I will not do that.", ""), (refusal.ErrorCode, refusal.Message, response.Text));
    }

    [Fact]
    public async Task Tool_calls_are_put_together_by_index()
    {
        var response = (await StreamAsync(ModelReply.Tools(new("c1", "first", """{"text":"a long argument"}"""), new("c2", "second", """{"n":2}""")))).ToChatResponse();

        var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal([("c1", "first"), ("c2", "second")], calls.Select(call => (call.CallId, call.Name)));
        Assert.Equal("a long argument", ((JsonElement)calls[0].Arguments!["text"]!).GetString());
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Fact]
    public async Task Tool_calls_without_an_index_are_distinguished_by_id()
    {
        var updates = await StreamAsync(Events(
            """{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"1}"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"""));

        var calls = updates.ToChatResponse().Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal([("a", "f", 1), ("b", "g", 0)], calls.Select(call => (call.CallId, call.Name, call.Arguments!.Count)));
    }

    [Fact]
    public async Task Only_the_choice_of_index_0_is_the_answer()
    {
        var updates = await StreamAsync(Events(
            """{"choices":[{"index":0,"delta":{"content":"a"}}]}""",
            """{"choices":[{"index":1,"delta":{"content":"X"},"finish_reason":"length"}]}""",
            """{"choices":[{"index":1,"delta":{"content":"Y"}},{"index":0,"delta":{"content":"b"}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            """{"choices":[{"index":1,"delta":{"content":"Z"},"finish_reason":"length"}]}"""));

        var response = updates.ToChatResponse();
        Assert.Equal(("ab", ChatFinishReason.Stop), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task Running_totals_of_usage_count_once()
    {
        var updates = await StreamAsync(Events(
            """{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":10,"completion_tokens":1}}""",
            """{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}"""));

        var usage = updates.ToChatResponse().Usage!;
        Assert.Equal((10L, 2L), (usage.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public async Task A_finish_reason_ends_the_answer_even_without_the_end_mark()
    {
        var response = (await StreamAsync(ModelReply.Text("Hello there") with { Fault = ModelFault.NoEndMark })).ToChatResponse();

        Assert.Equal(("Hello there", ChatFinishReason.Stop), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task An_unknown_finish_reason_is_passed_on() =>
        Assert.Equal("model_was_tired", (await StreamAsync(ModelReply.Text("a", finishReason: "model_was_tired")))[^1].FinishReason?.Value);

    [Fact]
    public async Task A_server_that_cannot_stream_is_read_at_once()
    {
        var response = (await StreamAsync(ModelReply.Raw(200, "application/json", """{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"""))).ToChatResponse();

        Assert.Equal(("whole", ChatFinishReason.Stop), (response.Text, response.FinishReason));
    }

    public static TheoryData<string, ModelReply, PromptErrorCode> Broken => new()
    {
        { "clean cut", ModelReply.CutStream("Hello there, world"), PromptErrorCode.Truncated },
        { "no finish reason", ModelReply.Text("Hello there") with { Fault = ModelFault.NoFinishReason }, PromptErrorCode.Truncated },
        { "reset", ModelReply.CutStream("Hello there, world", reset: true), PromptErrorCode.Transport },
        { "malformed chunk", ModelReply.Text("Hello there, world") with { Fault = ModelFault.MalformedChunk }, PromptErrorCode.ProtocolError },
        { "error event", ModelReply.ErrorEvent("server_error"), PromptErrorCode.ServerError },
        { "rate limit event", ModelReply.ErrorEvent("rate_limit_exceeded"), PromptErrorCode.RateLimited },
        { "no choices", ModelReply.Text("a") with { Fault = ModelFault.NoChoices }, PromptErrorCode.ProtocolError },
        { "web page", ModelReply.Html(), PromptErrorCode.ProtocolError },
        { "empty body", ModelReply.Empty(), PromptErrorCode.ProtocolError },
        { "empty stream", ModelReply.Raw(200, "text/event-stream", ""), PromptErrorCode.ProtocolError },
        { "error as JSON", ModelReply.Raw(200, "application/json", """{"error":{"code":"insufficient_quota"}}"""), PromptErrorCode.QuotaExhausted },
        { "429", ModelReply.Error(429), PromptErrorCode.RateLimited },
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
    public async Task What_came_before_the_cut_was_handed_on()
    {
        var received = new List<ChatResponseUpdate>();

        await Assert.ThrowsAsync<ProviderRequestException>(() => StreamAsync(ModelReply.CutStream("12345678abcdefgh????????", after: 2), received));

        Assert.Equal("12345678abcdefgh", received.ToChatResponse().Text);
    }

    [Fact]
    public async Task Leaving_a_stream_early_ends_the_request_at_the_server()
    {
        Server.Enqueue(ModelReply.Text("Hello there, world") with { Fault = ModelFault.Stall });

        await foreach (var update in Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello")]))
        {
            Assert.Equal("Hello th", update.Text);
            break;
        }

        await Server.Requests[0].WaitForAbortAsync();
    }

    [Fact]
    public async Task Cancelling_a_stalled_stream_throws_and_ends_the_request_at_the_server()
    {
        Server.Enqueue(ModelReply.Text("Hello there, world") with { Fault = ModelFault.Stall });
        using var cancel = new CancellationTokenSource();

        var call = async () =>
        {
            await foreach (var update in Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello")], null, cancel.Token))
            {
                await cancel.CancelAsync();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        await Server.Requests[0].WaitForAbortAsync();
    }

    private static ModelReply Events(params string[] data) =>
        ModelReply.Raw(200, "text/event-stream", string.Concat(data.Select(item => $"data: {item}\n\n")) + "data: [DONE]\n\n");
}
