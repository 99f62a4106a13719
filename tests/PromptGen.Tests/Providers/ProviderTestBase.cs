using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.Providers;

/// <summary>A loopback server and a client over a provider's official SDK with its default options: its retries must not show.</summary>
public abstract class ProviderTestBase : IAsyncLifetime
{
    protected ModelServer Server { get; private set; } = null!;

    protected IChatClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ModelServer.StartAsync();
        Client = Connect(Server);
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    protected abstract IChatClient Connect(ModelServer server);

    /// <summary>The body that the server saw for a request.</summary>
    protected async Task<JsonElement> BodyOfAsync(ChatOptions? options, params ChatMessage[] messages)
    {
        Server.Enqueue(ModelReply.Text("ok"));
        await Client.GetResponseAsync(messages.Length == 0 ? [new ChatMessage(ChatRole.User, "Hello")] : messages, options);
        return Server.Requests[^1].Body;
    }

    protected Task<ChatResponse> AskAsync(ModelReply reply, CancellationToken cancellationToken = default)
    {
        Server.Enqueue(reply);
        return Client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hello")], null, cancellationToken);
    }

    protected async Task<List<ChatResponseUpdate>> StreamAsync(ModelReply reply, List<ChatResponseUpdate>? received = null)
    {
        Server.Enqueue(reply);
        received ??= [];
        await foreach (var update in Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello")]))
        {
            received.Add(update);
        }

        return received;
    }

    protected static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    protected static void AssertJson(string expected, JsonElement actual) =>
        Assert.Equal(JsonSerializer.Serialize(Json(expected)), JsonSerializer.Serialize(actual));
}
