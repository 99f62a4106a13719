using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace PromptGen.Benchmarks;

/// <summary>One call through a client that answers at once, against the same call written by hand; the answer is an object of ten members (918 bytes).</summary>
[MemoryDiagnoser]
public class CallBenchmarks
{
    private const string Product = "Acme Checkout";
    private static readonly string Code = new('x', 1_500);

    private readonly NoOpChatClient _client = new(Assessment.Answer);
    private readonly ChatResponseFormat _format = ChatResponseFormat.ForJsonSchema(
        JsonElement.Parse("""{"type":"object"}"""), "Assessment");

    private Reviewer _reviewer = null!;

    [GlobalSetup]
    public void Setup() => _reviewer = new Reviewer(PromptRuntime.Create(builder => builder
        .AddProvider("openai", _ => _client)
        .AddProvider("anthropic", _ => _client)));

    /// <summary>Interpolated strings, the client, System.Text.Json strict: no check of bounds, no retry, no cost, no route.</summary>
    [Benchmark(Baseline = true)]
    public async Task<Assessment?> ByHand()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, $"You review code for {Product}. Answer in JSON."),
            new(ChatRole.User, $"{Code}"),
        ];
        var options = new ChatOptions { ModelId = Models.Mini, MaxOutputTokens = 500, ResponseFormat = _format };
        var response = await _client.GetResponseAsync(messages, options);
        return JsonSerializer.Deserialize(response.Text, StrictJson.Default.Assessment);
    }

    [Benchmark]
    public Task<Assessment> PromptGen() => _reviewer.ReviewAsync(Product, Code);
}

/// <summary>The same with an answer of four members (87 bytes): the part that does not grow with the answer.</summary>
[MemoryDiagnoser]
public class SmallCallBenchmarks
{
    private const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";
    private static readonly string Code = new('x', 1_500);

    private readonly NoOpChatClient _client = new(Answer);
    private readonly ChatResponseFormat _format = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "Verdict");

    private Reviewer _reviewer = null!;

    [GlobalSetup]
    public void Setup() => _reviewer = new Reviewer(PromptRuntime.Create(builder => builder
        .AddProvider("openai", _ => _client)
        .AddProvider("anthropic", _ => _client)));

    [Benchmark(Baseline = true)]
    public async Task<Verdict?> ByHand()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, $"You review code for {"Acme Checkout"}. Answer in JSON."),
            new(ChatRole.User, $"{Code}"),
        ];
        var options = new ChatOptions { ModelId = Models.Mini, MaxOutputTokens = 500, ResponseFormat = _format };
        var response = await _client.GetResponseAsync(messages, options);
        return JsonSerializer.Deserialize(response.Text, StrictJson.Default.Verdict);
    }

    [Benchmark]
    public Task<Verdict> PromptGen() => _reviewer.JudgeAsync("Acme Checkout", Code);
}
