using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PromptGen.Contracts;
using PromptGen.Generated.PromptGen.Benchmarks;

namespace PromptGen.Benchmarks;

/// <summary>Reading an answer of 918 bytes: check and build in one pass, against System.Text.Json at its strictest (which checks no bounds).</summary>
[MemoryDiagnoser]
public class ContractBenchmarks
{
    [Benchmark(Baseline = true)]
    public Assessment? SystemTextJson() => JsonSerializer.Deserialize(Assessment.Answer, StrictJson.Default.Assessment);

    [Benchmark]
    public ContractReading<Assessment> Contract() => AssessmentContract.Instance.Read(Assessment.Answer);
}

/// <summary>The same with a wrong enum value near the end.</summary>
[MemoryDiagnoser]
public class BrokenContractBenchmarks
{
    [Benchmark(Baseline = true)]
    public Assessment? SystemTextJson()
    {
        try
        {
            return JsonSerializer.Deserialize(Assessment.WrongAnswer, StrictJson.Default.Assessment);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [Benchmark]
    public ContractReading<Assessment> Contract() => AssessmentContract.Instance.Read(Assessment.WrongAnswer);
}
