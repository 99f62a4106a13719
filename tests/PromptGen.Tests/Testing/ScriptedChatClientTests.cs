using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.Testing;

public class ScriptedChatClientTests
{
    [Fact]
    public async Task Answers_come_in_order_and_then_from_the_function()
    {
        using var model = new ScriptedChatClient(static request => "echo " + request.Messages[^1].Text);
        model.Answers("first", inputTokens: 3, outputTokens: 2);

        var first = await model.GetResponseAsync("a");
        Assert.Equal("first", first.Text);
        Assert.Equal(ChatFinishReason.Stop, first.FinishReason);
        Assert.Equal(3, first.Usage!.InputTokenCount);
        Assert.Equal("echo b", (await model.GetResponseAsync("b")).Text);
    }

    [Fact]
    public async Task A_script_at_its_end_says_which_request_it_has_no_answer_for()
    {
        using var model = new ScriptedChatClient("only");
        await model.GetResponseAsync("a");

        var error = await Assert.ThrowsAsync<ProviderRequestException>(() => model.GetResponseAsync("b"));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.StartsWith("The script of the ScriptedChatClient has no answer for request 2 (no model).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_kept_as_they_came()
    {
        using var model = new ScriptedChatClient("x");
        List<ChatMessage> messages = [new(ChatRole.System, "rules"), new(ChatRole.User, "question")];
        var options = new ChatOptions { MaxOutputTokens = 5 };

        await model.GetResponseAsync(messages, options);
        messages[0].Contents.Clear();
        options.MaxOutputTokens = 6;

        var request = await model.WaitForRequestAsync(1);
        Assert.Equal("system: rules\nuser: question", request.Text);
        Assert.Equal(5, request.Options.MaxOutputTokens);
        Assert.False(request.IsStreaming);
    }

    [Fact]
    public async Task The_same_script_can_be_streamed()
    {
        using var model = new ScriptedChatClient("streamed");

        var response = await model.GetStreamingResponseAsync("a").ToChatResponseAsync();

        Assert.Equal("streamed", response.Text);
        Assert.True(Assert.Single(model.Requests).IsStreaming);
    }

    [Fact]
    public async Task A_failure_is_the_one_scripted_and_a_hang_ends_with_its_token()
    {
        using var cancellation = new CancellationTokenSource();
        var failure = new IOException();
        using var model = new ScriptedChatClient();
        model.Fails(failure).Hangs();

        Assert.Same(failure, await Assert.ThrowsAsync<IOException>(() => model.GetResponseAsync("a")));
        var hanging = model.GetResponseAsync("b", cancellationToken: cancellation.Token);
        await model.WaitForRequestAsync(2);
        Assert.False(hanging.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }
}
