using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Json.Schema;
using PromptGen.Generated.PromptGen.Benchmarks;

namespace PromptGen.Benchmarks;

/// <summary>Whether an answer of 918 bytes fits its schema, said by JsonSchema.Net, and by the contract, which builds the value too.</summary>
[MemoryDiagnoser]
public class SchemaPeerBenchmarks
{
    private static readonly SchemaInterpreter Schema = new(AssessmentContract.Instance.Schema);
    private static readonly JsonSchema Peer = JsonSchema.FromText(AssessmentContract.Instance.Schema.GetRawText());

    [Benchmark(Baseline = true)]
    public bool JsonSchemaNet()
    {
        using var document = JsonDocument.Parse(Assessment.Answer);
        return Peer.Evaluate(document.RootElement).IsValid;
    }

    [Benchmark]
    public bool ParseAndInterpret()
    {
        using var document = JsonDocument.Parse(Assessment.Answer);
        return Schema.IsValid(document.RootElement);
    }

    [Benchmark]
    public Assessment? Contract() => AssessmentContract.Instance.Read(Assessment.Answer).Value;
}
