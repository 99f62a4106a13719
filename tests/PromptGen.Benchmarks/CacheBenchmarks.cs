using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace PromptGen.Benchmarks;

/// <summary>A kept answer of 87 bytes for arguments of 1.5 KB, beside what the cache itself takes for an entry of that size.</summary>
[MemoryDiagnoser]
public class CacheBenchmarks() : ReviewBenchmarks(Answer, "Verdict")
{
    private const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";
    private const string Key = "Reviewer.KeepAsync:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly HybridCache _cache = new ServiceCollection().AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>();

    protected override void Configure(PromptRuntimeBuilder builder) => builder.UseCache(_cache);

    [Benchmark(Baseline = true)]
    public ValueTask<string> HybridCacheAlone() => _cache.GetOrCreateAsync(Key, 0, static (_, _) => new ValueTask<string>(Answer));

    [Benchmark]
    public Task<Verdict> Hit() => Reviewer.KeepAsync(Product, Code);

    /// <summary>The same for arguments of 50 bytes: what is above is the digest of the key.</summary>
    [Benchmark]
    public Task<Verdict> HitOfShortArguments() => Reviewer.KeepAsync(Product, "return attempts < 3 ? retry() : fail();");

    [Benchmark]
    public Task<Verdict> Call() => Reviewer.JudgeAsync(Product, Code);
}
