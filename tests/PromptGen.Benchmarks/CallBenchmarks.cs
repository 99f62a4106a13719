using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace PromptGen.Benchmarks;

/// <summary>One call through a client that answers at once, against the same call written by hand; the answer is an object of ten members (918 bytes).</summary>
[MemoryDiagnoser]
public class CallBenchmarks() : ReviewBenchmarks(Assessment.Answer, "Assessment")
{
    [Benchmark(Baseline = true)]
    public async Task<Assessment?> ByHand() => JsonSerializer.Deserialize((await AskByHand()).Text, StrictJson.Default.Assessment);

    [Benchmark]
    public Task<Assessment> PromptGen() => Reviewer.ReviewAsync(Product, Code);
}

/// <summary>The same with an answer of four members (87 bytes): the part that does not grow with the answer.</summary>
[MemoryDiagnoser]
public class SmallCallBenchmarks() : ReviewBenchmarks(Answer, "Verdict")
{
    private const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";

    private readonly JsonSerializerOptions _serializer = new(AIJsonUtilities.DefaultOptions) { Converters = { new JsonStringEnumConverter() } };
    private readonly ChatClientAgentRunOptions _agentOptions = new(new ChatOptions { ModelId = Models.Mini, MaxOutputTokens = 500 });
    private ChatClientAgent? _agent;

    [Benchmark(Baseline = true)]
    public async Task<Verdict?> ByHand() => JsonSerializer.Deserialize((await AskByHand()).Text, StrictJson.Default.Verdict);

    /// <summary>The request alone: its answer is not read.</summary>
    [Benchmark]
    public Task<ChatResponse> RawClient() => AskByHand();

    [Benchmark]
    public Task<Verdict> PromptGen() => Reviewer.JudgeAsync(Product, Code);

    /// <summary>The same through Microsoft.Extensions.AI, which makes the schema and reads the answer by reflection.</summary>
    [Benchmark]
    public async Task<Verdict> ExtensionsAI() =>
        (await Client.GetResponseAsync<Verdict>(Messages(), _serializer, new ChatOptions { ModelId = Models.Mini, MaxOutputTokens = 500 })).Result;

    /// <summary>The same through Microsoft's Agent Framework.</summary>
    [Benchmark]
    public async Task<Verdict> AgentFramework() =>
        (await (_agent ??= new ChatClientAgent(Client)).RunAsync<Verdict>(Messages(), null, _serializer, _agentOptions)).Result;
}
