using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace PromptGen.Benchmarks;

/// <summary>What calls with answers of any size have in common: the same review is asked for, and the client answers at once.</summary>
public abstract class ReviewBenchmarks
{
    protected const string Product = "Acme Checkout";
    protected static readonly string Code = new('x', 1_500);

    private readonly NoOpChatClient _client;
    private readonly ChatResponseFormat _format;

    protected ReviewBenchmarks(string answer, string schemaName)
    {
        _client = new NoOpChatClient(answer);
        _format = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), schemaName);
    }

    protected Reviewer Reviewer { get; private set; } = null!;

    [GlobalSetup]
    public void Setup() => Reviewer = new Reviewer(PromptRuntime.Create(builder => Configure(builder
        .AddProvider("openai", _ => _client)
        .AddProvider("anthropic", _ => _client))));

    protected virtual void Configure(PromptRuntimeBuilder builder)
    {
    }

    /// <summary>Interpolated strings and the client, to be followed by System.Text.Json strict: no check of bounds, no retry, no cost, no route.</summary>
    protected Task<ChatResponse> AskByHand() =>
        _client.GetResponseAsync(Messages(), new ChatOptions { ModelId = Models.Mini, MaxOutputTokens = 500, ResponseFormat = _format });

    /// <summary>What the same client answers through another library, which writes the schema itself.</summary>
    protected IChatClient Client => _client;

    protected static List<ChatMessage> Messages() =>
    [
        new(ChatRole.System, $"You review code for {Product}. Answer in JSON."),
        new(ChatRole.User, $"{Code}"),
    ];
}
