using BenchmarkDotNet.Attributes;
using PromptGen.Contracts;
using PromptGen.Generated.PromptGen.Benchmarks;

namespace PromptGen.Benchmarks;

/// <summary>The ladder, rung by rung, over an answer of 918 bytes. <c>Fence</c> less <c>Strict</c> is what finding the outermost value takes: the first rung.</summary>
[MemoryDiagnoser]
public class LadderBenchmarks
{
    private static readonly string Fenced = $"```json\n{Assessment.Answer}\n```";
    private static readonly string Surrounded = $"Here is the assessment:\n\n```json\n{Assessment.Answer}\n```\nAnything else?";
    private static readonly string Trailing = Assessment.Answer[..^1] + ",}";
    private static readonly string Quoted = Assessment.Answer.Replace('"', '\'');
    private static readonly string Typed = Assessment.Answer.Replace("\"urgency\":4", "\"urgency\":\"4\"", StringComparison.Ordinal);

    private static readonly string Misspelt = Assessment.Answer.Replace("\"urgency\"", "\"priority\"", StringComparison.Ordinal);

    [Benchmark(Baseline = true)]
    public ContractReading<Assessment> Strict() => AssessmentContract.Instance.Read(Assessment.Answer);

    [Benchmark]
    public ContractReading<Assessment> Fence() => AssessmentContract.Instance.Read(Fenced);

    [Benchmark]
    public ContractReading<Assessment> FenceAndProse() => AssessmentContract.Instance.Read(Surrounded);

    [Benchmark]
    public ContractReading<Assessment> TrailingComma() => AssessmentContract.Instance.Read(Trailing);

    [Benchmark]
    public ContractReading<Assessment> SingleQuotes() => AssessmentContract.Instance.Read(Quoted);

    [Benchmark]
    public ContractReading<Assessment> NumberText() => AssessmentContract.Instance.Read(Typed);

    /// <summary>All rungs are tried without success: a required member is missing, and an unknown one is present.</summary>
    [Benchmark]
    public ContractReading<Assessment> NoHelp() => AssessmentContract.Instance.Read(Misspelt);
}
