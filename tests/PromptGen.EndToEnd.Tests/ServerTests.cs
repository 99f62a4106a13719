using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests;

/// <summary>What end-to-end tests share: the model server, the official SDKs configured to use it, and a clock that only the tests advance.</summary>
public abstract class ServerTests : IAsyncLifetime
{
    /// <summary>How long a test waits, on the machine's clock, before it fails because something does not end.</summary>
    protected static TimeSpan Hanging { get; } = TimeSpan.FromMinutes(1);

    protected ModelServer Server { get; private set; } = null!;

    protected ManualTimeProvider Time { get; } = new();

    protected PromptRuntime Prompts { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ModelServer.StartAsync();
        Prompts = PromptRuntime.Create(builder => builder
            .UseTimeProvider(Time)
            .AddOpenAI("test-key", Server.OpenAIEndpoint)
            .AddAnthropic("test-key", Server.AnthropicEndpoint));
    }

    public async ValueTask DisposeAsync()
    {
        Prompts.Dispose();
        await Server.DisposeAsync();
    }
}
