using BenchmarkDotNet.Attributes;

namespace PromptGen.Benchmarks;

/// <summary>Votes over clients that answer at once, against calls of one model: 87 bytes per answer.</summary>
[MemoryDiagnoser]
public class EnsembleBenchmarks() : ReviewBenchmarks(Answer, "Verdict")
{
    private const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";

    [Benchmark(Baseline = true)]
    public Task<Verdict> OneCall() => Reviewer.JudgeAsync(Product, Code);

    /// <summary>Target: at most 3.3 × one call.</summary>
    [Benchmark]
    public Task<Verdict> EagerOfThree() => Reviewer.VoteAsync(Product, Code);

    /// <summary>The same three models asked by hand, their answers compared.</summary>
    [Benchmark]
    public async Task<Verdict?> ThreeByHand()
    {
        var (first, second, third) = (Reviewer.AskMiniAsync(Product, Code), Reviewer.AskSonnetAsync(Product, Code), Reviewer.AskNanoAsync(Product, Code));
        var (one, other, last) = (await first, await second, await third);
        return one.Severity == other.Severity && one.Severity == last.Severity ? one : null;
    }

    /// <summary>Target: at most 1.2 × <see cref="AgreementByHand"/>.</summary>
    [Benchmark]
    public Task<Verdict> Agreement() => Reviewer.AgreeAsync(Product, Code);

    /// <summary>The same cascade by hand: two prompts of one model each, and a third where they disagree.</summary>
    [Benchmark]
    public async Task<Verdict> AgreementByHand()
    {
        var (first, second) = (Reviewer.AskMiniAsync(Product, Code), Reviewer.AskNanoAsync(Product, Code));
        var (one, other) = (await first, await second);
        return one.Severity == other.Severity ? one : await Reviewer.AskSonnetAsync(Product, Code);
    }
}
