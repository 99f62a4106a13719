using System.Text.Json;
using BenchmarkDotNet.Attributes;

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

    [Benchmark(Baseline = true)]
    public async Task<Verdict?> ByHand() => JsonSerializer.Deserialize((await AskByHand()).Text, StrictJson.Default.Verdict);

    [Benchmark]
    public Task<Verdict> PromptGen() => Reviewer.JudgeAsync(Product, Code);
}
