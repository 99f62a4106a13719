using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PromptGen.Generated.PromptGen.Benchmarks;

namespace PromptGen.Benchmarks;

/// <summary>
/// Whether an answer of 918 bytes fits its schema, said by Newtonsoft.Json.Schema: the JSON Schema library for .NET that restores here. Without a licence
/// it stops after 1,000 validations an hour, hence the few iterations.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 8, iterationCount: 24, invocationCount: 16)]
public class SchemaPeerBenchmarks
{
    private static readonly SchemaInterpreter Schema = new(AssessmentContract.Instance.Schema);
    private static readonly JSchema Peer = JSchema.Parse(AssessmentContract.Instance.Schema.GetRawText());

    [Benchmark(Baseline = true)]
    public bool NewtonsoftJsonSchema() => JToken.Parse(Assessment.Answer).IsValid(Peer);

    [Benchmark]
    public bool ParseAndInterpret()
    {
        using var document = JsonDocument.Parse(Assessment.Answer);
        return Schema.IsValid(document.RootElement);
    }

    [Benchmark]
    public Assessment? Contract() => AssessmentContract.Instance.Read(Assessment.Answer).Value;
}
