using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

public sealed class OpenAIResponseTests : OpenAITestBase
{
    [Fact]
    public async Task Text_model_and_ids_are_read()
    {
        var response = await AskAsync(ModelReply.Text("Grüße 😀") with { ModelId = "gpt-test-2024" });

        Assert.Equal("Grüße 😀", response.Text);
        Assert.Equal(("gpt-test-2024", "chatcmpl-1", ChatFinishReason.Stop), (response.ModelId, response.ResponseId, response.FinishReason));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_001), response.CreatedAt);
    }

    [Fact]
    public async Task Usage_holds_cached_and_reasoning_tokens()
    {
        var usage = (await AskAsync(ModelReply.Text("a", inputTokens: 100, outputTokens: 50, cachedTokens: 80) with { ReasoningTokens = 30 })).Usage!;

        Assert.Equal(
            (100L, 50L, 150L, 80L, 30L),
            (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount));
    }

    [Fact]
    public async Task Usage_holds_the_tokens_that_were_written_to_the_cache()
    {
        var usage = (await AskAsync(ModelReply.Text("a", inputTokens: 2_000, outputTokens: 50) with { CacheCreationTokens = 1_536 })).Usage!;

        Assert.Equal((2_000L, 1_536L), (usage.InputTokenCount, usage.AdditionalCounts!["CacheCreationInputTokens"]));
        Assert.Null((await AskAsync(ModelReply.Text("a"))).Usage!.AdditionalCounts);
    }

    [Theory]
    [InlineData("""{"index":1,"message":{"content":"X"},"finish_reason":"length"},{"index":0,"message":{"content":"a"},"finish_reason":"stop"}""")]
    [InlineData("""{"index":0,"message":{"content":"a"},"finish_reason":"stop"},{"index":1,"message":{"content":"X"},"finish_reason":"length"}""")]
    public async Task Only_the_choice_of_index_0_is_the_answer(string choices)
    {
        var response = await AskAsync(ModelReply.Raw(200, "application/json", $$"""{"choices":[{{choices}}]}"""));

        Assert.Equal(("a", ChatFinishReason.Stop), (response.Text, response.FinishReason));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":5}""")]
    [InlineData("""{"prompt_tokens":"5","completion_tokens":1}""")]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":1.5}""")]
    [InlineData("null")]
    public async Task Usage_of_which_a_part_is_missing_counts_as_none(string usage) =>
        Assert.Null((await AskAsync(Answer($$""" "usage":{{usage}} """))).Usage);

    [Fact]
    public async Task Impossible_usage_is_left_for_the_runtime_to_flag()
    {
        var usage = (await AskAsync(Answer(""" "usage":{"prompt_tokens":-5,"completion_tokens":1e30,"prompt_tokens_details":{"cached_tokens":50}} """))).Usage!;

        Assert.Equal((-5L, long.MaxValue, 50L), (usage.InputTokenCount, usage.OutputTokenCount, usage.CachedInputTokenCount));
    }

    [Theory]
    [InlineData("length", "length")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("tool_calls", "tool_calls")]
    [InlineData("function_call", "tool_calls")]
    [InlineData("model_was_tired", "model_was_tired")]
    public async Task Finish_reasons_are_read_unknown_ones_too(string sent, string expected) =>
        Assert.Equal(expected, (await AskAsync(ModelReply.Text("a", finishReason: sent))).FinishReason?.Value);

    [Fact]
    public async Task A_missing_finish_reason_stays_missing() =>
        Assert.Null((await AskAsync(ModelReply.Text("a") with { Fault = ModelFault.NoFinishReason })).FinishReason);

    [Fact]
    public async Task A_refusal_is_error_content_and_no_text()
    {
        var response = await AskAsync(ModelReply.Refusal("I won't."));

        var refusal = Assert.IsType<ErrorContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal(("Refusal", "I won't.", ""), (refusal.ErrorCode, refusal.Message, response.Text));
    }

    [Fact]
    public async Task Tool_calls_are_read_with_their_arguments()
    {
        var response = await AskAsync(ModelReply.Tools(new("c1", "lookup", """{"id":7,"tags":["a"]}"""), new("c2", "broken", "{oops")));

        var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal(("c1", "lookup", 7), (calls[0].CallId, calls[0].Name, ((JsonElement)calls[0].Arguments!["id"]!).GetInt32()));
        Assert.Equal("c2", calls[1].CallId);
        Assert.IsAssignableFrom<JsonException>(calls[1].Exception?.InnerException);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Fact]
    public async Task Content_in_parts_and_reasoning_are_read()
    {
        var response = await AskAsync(ModelReply.Raw(200, "application/json", """
            {"choices":[{"message":{"role":"assistant","reasoning_content":"hm","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"stop"}]}
            """));

        Assert.Equal("ab", response.Text);
        Assert.Equal("hm", Assert.Single(response.Messages[0].Contents.OfType<TextReasoningContent>()).Text);
    }

    [Theory]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{}]}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":[{"message":{"content":7}}]}""")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task What_is_no_completion_is_a_protocol_error(string body)
    {
        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Raw(200, "application/json", body)));

        Assert.Equal(PromptErrorCode.ProtocolError, exception.Code);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_a_protocol_error()
    {
        byte[] body = [.. """{"choices":[{"message":{"content":"caf"""u8, 0xE9, .. "\"}}]}"u8];

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Raw(200, "application/json; charset=latin1", body)));

        Assert.Equal(PromptErrorCode.ProtocolError, exception.Code);
    }

    [Fact]
    public async Task An_answer_beyond_any_size_is_given_up()
    {
        var body = new byte[65 * 1024 * 1024];
        Array.Fill(body, (byte)' ');

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Raw(200, "application/json", body)));

        Assert.Equal(PromptErrorCode.OutputTooLarge, exception.Code);
    }

    [Fact]
    public void The_client_describes_itself()
    {
        var metadata = Client.GetService<ChatClientMetadata>()!;

        Assert.Equal(("openai", Server.OpenAIEndpoint, Model), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.NotNull(Client.GetService<global::OpenAI.Chat.ChatClient>());
        Assert.NotNull(Client.GetService<IFailureClassifier>());
        Assert.Null(Client.GetService(typeof(ChatClientMetadata), "key"));
        Assert.Null(Client.GetService<TimeProvider>());
    }

    private static ModelReply Answer(string more) =>
        ModelReply.Raw(200, "application/json", $$"""{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}],{{more}}}""");
}
