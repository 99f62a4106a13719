using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using PromptGen.Caching;

namespace PromptGen.Benchmarks;

/// <summary>
/// What a kept answer takes above a hit of the cache itself: that of the framework, and that of the runtime where the program has none. The key of the bare hit is a constant. Ends with 1 where it is above its bound.
/// </summary>
internal static class CacheTimes
{
    private const int Calls = 5_000;
    private const double MostMicroseconds = 2;
    private const long MostBytes = 1_024;

    private const string Product = "Acme Checkout";
    private const string Code = "return attempts < 3 ? retry() : fail();";
    private const string Key = "Reviewer.KeepAsync:0123456789abcdef0123456789abcdef";

    public static int Run()
    {
        var framework = new ServiceCollection().AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>();
        using var own = new MemoryHybridCache(1_000_000);
        using var overFramework = NoOpRuntime.Create(builder => builder.UseCache(framework));
        using var overOwn = NoOpRuntime.Create(builder => builder.UseCache(own));
        var (reviewer, ownReviewer, text) = (new Reviewer(overFramework), new Reviewer(overOwn), new string('x', 1_500));
        var rows = TimeTable.Measure(
            Calls,
            ("bare hit, HybridCache of the framework", () => Bare(framework)),
            ("bare hit, cache of the runtime", () => Bare(own)),
            ("kept answer, HybridCache of the framework", () => Wait(reviewer.KeepAsync(Product, Code))),
            ("kept answer, cache of the runtime", () => Wait(ownReviewer.KeepAsync(Product, Code))),
            ("the same with arguments of 1.5 KB", () => Wait(ownReviewer.KeepAsync(Product, text))),
            ("a call that is not cached", () => Wait(reviewer.JudgeAsync(Product, Code))));
        var above = new[] { (rows[2], rows[0]), (rows[3], rows[1]) }.Select(static pair => (Microseconds: pair.Item1.Microseconds - pair.Item2.Microseconds, Bytes: pair.Item1.Bytes - pair.Item2.Bytes)).ToArray();
        Console.WriteLine($"a kept answer takes {above[0].Microseconds:0.00} µs and {above[0].Bytes:N0} B above the framework's cache, {above[1].Microseconds:0.00} µs and {above[1].Bytes:N0} B above the runtime's");
        return above.Any(static one => one.Microseconds > MostMicroseconds || one.Bytes > MostBytes) ? 1 : 0;
    }

    private static void Bare(HybridCache cache)
    {
        var found = cache.GetOrCreateAsync(Key, 0, static (_, _) => new ValueTask<string>(NoOpRuntime.Answer));
        if (!found.IsCompletedSuccessfully || found.Result.Length != NoOpRuntime.Answer.Length)
        {
            throw new InvalidOperationException("The entry is not kept.");
        }
    }

    private static void Wait(Task<Verdict> call) => call.GetAwaiter().GetResult();
}
