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

    [Fact]
    public void A_chat_route() => Snapshot.Verify(Project().Files["Acme.Assistant.Chat.g.cs"]);

    [Fact]
    public void It_compiles_without_a_complaint() => Assert.Empty(Project().Output.Complaints());

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

    private static Generation Project() => new([Sources.Models, Source]);
}
