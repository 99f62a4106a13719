using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>A route as an <see cref="IChatClient"/>, over both official SDKs.</summary>
public sealed partial class ChatRouteTests : CallTests
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.System, "Be kind."), new(ChatRole.User, "Where is my parcel?")];

    [Fact]
    public async Task A_chat_goes_on_with_another_provider_while_the_first_one_is_down()
    {
        Server.Enqueue(Mini, ModelReply.Error(401));
        Server.Enqueue(Haiku, ModelReply.Text("On its way.", 1_000, 500));

        var response = await Assistant().GetResponseAsync(Messages);

        Assert.Equal("On its way.", response.Text);
        var result = response.GetPromptResult()!;
        AssertLedger(result.Attempts, $"{Mini} Initial Auth", $"{Haiku} Fallback None");
        Assert.Equal(Haiku, result.ModelId);
        Assert.Equal("Where is my parcel?", Server.Requests[1].TextOf("user"));
    }

    [Fact]
    public async Task Tools_go_through_the_route_to_either_provider_and_back()
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(static (int parcel) => "on its way", "track")] };
        Server.Enqueue(Mini, ModelReply.Tools(new ModelToolCall("call_1", "track", """{"parcel":7}""")), ModelReply.Error(401));
        Server.Enqueue(Haiku, ModelReply.Text("On its way."));
        var chat = Assistant();

        var first = await chat.GetResponseAsync(Messages, options);
        var call = Assert.Single(first.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>());
        var second = await chat.GetResponseAsync(
            [.. Messages, .. first.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "on its way")])],
            options);

        Assert.Equal("track", call.Name);
        Assert.Equal("7", call.Arguments!["parcel"]!.ToString());
        Assert.Equal("On its way.", second.Text);
        Assert.Equal([Mini, Mini, Haiku], Asked());
    }

    [Fact]
    public async Task A_streamed_chat_falls_back_before_its_first_words()
    {
        Server.Enqueue(Mini, ModelReply.ErrorEvent("insufficient_quota", "") with { FaultAfter = 0 });
        Server.Enqueue(Haiku, ModelReply.Text("On its way."));

        var response = await Assistant().GetStreamingResponseAsync(Messages).ToChatResponseAsync();

        Assert.Equal("On its way.", response.Text);
        Assert.Equal([Mini, Haiku], Asked());
    }

    [Theory]
    [InlineData("Where is my parcel?", Mini, null)]
    [InlineData("My lawyer will call", Sonnet, "a phrase")]
    [InlineData("My lawyer says:\n```\nboom\n```", Haiku, "code")]
    public async Task Its_rules_look_at_the_last_user_message(string question, string model, string? routedBy)
    {
        ChatMessage[] messages = [new(ChatRole.User, "My lawyer says:\n```\nboom\n```"), new(ChatRole.Assistant, "I see, your lawyer."), new(ChatRole.User, question), new(ChatRole.Assistant, "Wait.")];
        Server.Enqueue(ModelReply.Text("On its way."), ModelReply.Text("On its way."));
        var chat = new Chats(Prompts).Ruled();

        var response = await chat.GetResponseAsync(messages);
        await chat.GetStreamingResponseAsync(messages).ToChatResponseAsync();

        Assert.Equal([model, model], Asked());
        Assert.Equal(routedBy, response.GetPromptResult()!.RoutedBy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_ceiling_of_a_rule_holds_whatever_fails(bool isStream)
    {
        Server.Enqueue([.. Enumerable.Repeat(ModelReply.Error(401), 6)]);
        ChatMessage[] messages = [new(ChatRole.User, "```\nboom\n```")];
        var chat = new Chats(Prompts).Ruled();

        var error = await Assert.ThrowsAsync<PromptException>(() => isStream ? chat.GetStreamingResponseAsync(messages).ToChatResponseAsync() : chat.GetResponseAsync(messages));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal([Haiku], Asked());
    }

    private IChatClient Assistant() => new Chats(Prompts).Chat();

    public sealed partial class Chats
    {
        [RoutedPrompt(Tier.Fast, MaxOutputTokens = 200)]
        [Budget(0.1), Deadline(60)]
        public partial IChatClient Chat();

        [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 200)]
        [RouteWhen(Catalog.Haiku, ContainsCode = true, EscalateTo = Tier.Fast)]
        [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
        public partial IChatClient Ruled();
    }
}
