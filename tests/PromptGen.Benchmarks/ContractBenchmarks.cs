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

    /// <summary>Parse, validate against the schema, deserialize strictly: what checks as much without generated code.</summary>
    [Benchmark]
    public Assessment? ParseValidateDeserialize()
    {
        using var document = JsonDocument.Parse(Assessment.Answer);
        return Schema.IsValid(document.RootElement) ? JsonSerializer.Deserialize(Assessment.Answer, StrictJson.Default.Assessment) : null;
    }

    /// <summary>The lower bound: creates only the value itself, with copies of existing strings and lists.</summary>
    [Benchmark]
    public Assessment ObjectGraph() => Value with
    {
        Title = new string(Value.Title.AsSpan()),
        Summary = new string(Value.Summary.AsSpan()),
        Tags = Array.ConvertAll(Tags, static tag => new string(tag.AsSpan())),
        Findings = Array.ConvertAll(Findings, static finding => finding with { Title = new string(finding.Title.AsSpan()), Advice = new string(finding.Advice.AsSpan()) }),
    };

    private static readonly SchemaInterpreter Schema = new(AssessmentContract.Instance.Schema);
    private static readonly Assessment Value = AssessmentContract.Instance.Read(Assessment.Answer).Value!;
    private static readonly string[] Tags = [.. Value.Tags];
    private static readonly Finding[] Findings = [.. Value.Findings];
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
