using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PromptGen.Generated.Schemas;

namespace PromptGen.Benchmarks;

/// <summary>Whether an answer of 918 bytes of UTF-8 fits a schema file, against the tokens alone: nothing faster can be built on the framework's reader.</summary>
[MemoryDiagnoser]
public class SchemaBenchmarks
{
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(Assessment.Answer);

    [Benchmark(Baseline = true)]
    public long TokensAlone()
    {
        var reader = new Utf8JsonReader(Answer);
        while (reader.Read())
        {
        }

        return reader.BytesConsumed;
    }

    [Benchmark]
    public bool SchemaFile() => AssessmentSchemaContract.Instance.Allows(Answer);
}
