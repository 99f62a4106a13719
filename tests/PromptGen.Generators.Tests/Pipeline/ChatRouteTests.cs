using Microsoft.Extensions.AI;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A prompt method that returns <see cref="IChatClient"/>: the route alone.</summary>
public sealed class ChatRouteTests
{
    private const string Source = """
        using Microsoft.Extensions.AI;
        using PromptGen;

        namespace Acme;

        public sealed partial class Assistant
        {
            /// <summary>The house's chat model.</summary>
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [Budget(0.1), Deadline(60)]
            public partial IChatClient Chat();
        }
        """;

    private const string Rules = """
        using Microsoft.Extensions.AI;
        using PromptGen;

        namespace Acme;

        public sealed partial class Assistant
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [RouteWhen(Tier.General, MinInputTokens = 500)]
            [RouteWhen(Tier.General, ContainsAny = ["lawyer", "data loss"])]
            [RouteWhen(Models.Haiku, Predicate = nameof(IsQuestion), EscalateTo = Tier.Fast)]
            [RouteWhen(Tier.General, ContainsMedia = true)]
            public partial IChatClient Chat();

            private static bool IsQuestion(string message) => message.EndsWith('?');
        }
        """;

    [Fact]
    public void A_chat_route() => Snapshot.Verify(Project().Files["Acme.Assistant.Chat.g.cs"]);

    [Fact]
    public void A_chat_route_with_rules() => Snapshot.Verify(Project(Rules).Files["Acme.Assistant.Chat.g.cs"]);

    [Fact]
    public void It_compiles_without_a_complaint()
    {
        Assert.Empty(Project().Output.Complaints());
        Assert.Empty(Project(Rules).Output.Complaints());
    }

    [Theory]
    [InlineData("Hi", "gpt-4o-mini-2024-07-18")]
    [InlineData("My lawyer says so", "claude-3-5-sonnet-20241022")]
    [InlineData("Why?", "claude-3-5-haiku-20241022")]
    public async Task Its_rules_look_at_the_last_user_message(string message, string model)
    {
        var client = new ScriptedChatClient("Hello!");
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic assistant = Activator.CreateInstance(LoadedAssembly.Load(Project(Rules).Output).Type("Acme.Assistant"), prompts)!;
        IChatClient chat = assistant.Chat();

        await chat.GetResponseAsync([new(ChatRole.User, "My lawyer calls. Why?"), new(ChatRole.Assistant, "I see."), new(ChatRole.User, message)]);

        Assert.Equal(model, client.Requests[0].Options!.ModelId);
    }

    [Fact]
    public async Task It_runs()
    {
        var client = new ScriptedChatClient("Hello!");
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic assistant = Activator.CreateInstance(LoadedAssembly.Load(Project().Output).Type("Acme.Assistant"), prompts)!;
        IChatClient chat = assistant.Chat();

        var response = await chat.GetResponseAsync("Hi");

        Assert.Equal("Hello!", response.Text);
        Assert.Equal("gpt-4o-mini-2024-07-18", client.Requests[0].Options!.ModelId);
        Assert.Equal(300, client.Requests[0].Options!.MaxOutputTokens);
    }

    private static Generation Project(string source = Source) => new([Sources.Models, source]);
}
