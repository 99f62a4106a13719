using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

/// <summary>Log-probabilities are asked for by <c>logprobs</c> and read from it.</summary>
public sealed class OpenAILogProbabilityTests : OpenAITestBase
{
    [Fact]
    public async Task They_are_asked_for_where_the_options_say_so()
    {
        var asked = new ChatOptions();
        LogProbabilities.Ask(asked);

        await AskAsync(ModelReply.Text("a"), asked);
        await AskAsync(ModelReply.Text("a"), new ChatOptions());

        Assert.True(Server.Requests[0].Body.GetProperty("logprobs").GetBoolean());
        Assert.False(Server.Requests[0].Body.TryGetProperty("promptgen.log_probabilities", out _));
        Assert.False(Server.Requests[1].Body.TryGetProperty("logprobs", out _));
    }

    [Fact]
    public async Task What_the_caller_sets_itself_is_sent_once()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["logprobs"] = false } };
        LogProbabilities.Ask(options);

        await AskAsync(ModelReply.Text("a"), options);

        Assert.False(Assert.Single(Server.Requests).Body.GetProperty("logprobs").GetBoolean());
    }

    [Fact]
    public async Task The_tokens_of_the_answer_are_read_with_their_bytes()
    {
        const string Text = "Grüße 😀";
        var options = new ChatOptions();
        LogProbabilities.Ask(options);

        var response = await AskAsync(ModelReply.Text(Text) with { LogProbabilities = AnswerTokens.Of(Text, ("ß", 0.25)) }, options);

        var tokens = LogProbabilities.Of(response)!;
        Assert.Equal(Text, System.Text.Encoding.UTF8.GetString([.. tokens.SelectMany(static token => token.Utf8Bytes.ToArray())]));
        Assert.Equal("ß", System.Text.Encoding.UTF8.GetString(Assert.Single(tokens, static token => token.LogProbability == Math.Log(0.25)).Utf8Bytes.Span));
    }

    [Theory]
    [InlineData("""{"content":[{"token":"é","logprob":-1.5,"bytes":null}]}""", "C3A9", -1.5)]
    [InlineData("""{"content":[{"token":"é","logprob":0}]}""", "C3A9", 0)]
    [InlineData("""{"content":[{"token":"?","logprob":-9999.0,"bytes":[195,169]}],"refusal":null}""", "C3A9", -9999)]
    public async Task A_token_without_bytes_is_its_text(string logprobs, string bytes, double logProbability)
    {
        var token = Assert.Single(LogProbabilities.Of(await AskAsync(Raw(logprobs)))!);

        Assert.Equal((bytes, logProbability), (Convert.ToHexString(token.Utf8Bytes.Span), token.LogProbability));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"content":null}""")]
    [InlineData("""{"content":{}}""")]
    [InlineData("""{"content":[{"token":"a"}]}""")]
    [InlineData("""{"content":[{"logprob":-1}]}""")]
    [InlineData("""{"content":[{"token":"a","logprob":"-1"}]}""")]
    [InlineData("""{"content":[{"token":"a","logprob":-1,"bytes":[300]}]}""")]
    [InlineData("""{"content":[{"token":"a","logprob":-1,"bytes":["a"]}]}""")]
    [InlineData("""{"content":[7]}""")]
    public async Task Anything_else_is_no_tokens_and_no_failure(string logprobs)
    {
        var response = await AskAsync(Raw(logprobs));

        Assert.Equal("é", response.Text);
        Assert.Null(LogProbabilities.Of(response));
    }

    private Task<ChatResponse> AskAsync(ModelReply reply, ChatOptions options)
    {
        Server.Enqueue(reply);
        return Client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hello")], options);
    }

    private static ModelReply Raw(string logprobs) => ModelReply.Raw(
        200, "application/json", $$"""{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"é"},"logprobs":{{logprobs}},"finish_reason":"stop"}]}""");
}
