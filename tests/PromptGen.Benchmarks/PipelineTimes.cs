using System.Diagnostics;
using static PromptGen.Benchmarks.ThreadTime;

namespace PromptGen.Benchmarks;

/// <summary>
/// What a pipeline adds to each of 100,000 items, and whether a stream of them needs memory that grows with their number. CPU time of the process: other work on the machine does
/// not count. The rows take turns in one run, each time is the first quartile of all rounds. Ends with 1 where a number is above its bound.
/// </summary>
internal static class PipelineTimes
{
    private const int Rounds = 12;
    private const int Items = 100_000;

    private const double MostMicroseconds = 5;
    private const long MostGrowth = 1_000_000;

    public static async Task<int> RunAsync()
    {
        using var prompts = NoOpRuntime.Create();
        var router = new Router(prompts);
        (string Name, Func<Task> Run)[] rows =
        [
            ("list, no work", () => ListAsync(prompts, static (_, _) => Task.FromResult(1))),
            ("stream, no work", () => StreamAsync(prompts, static (_, _) => Task.FromResult(1))),
            ("stream, no work, with a budget", () => StreamAsync(prompts, static (_, _) => Task.FromResult(1), maxUsd: 1_000)),
            ("calls without a pipeline", () => CallAsync(router)),
            ("list of calls", () => ListAsync(prompts, (_, _) => router.PlainAsync("Payments", "Charged twice"))),
        ];

        var times = rows.Select(static _ => new List<double>()).ToArray();
        var bytes = new long[rows.Length];
        for (var round = -2; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var (before, start) = (GC.GetTotalAllocatedBytes(precise: true), Now());
                await rows[i].Run();
                if (round >= 0)
                {
                    times[i].Add((Now() - start) / Items);
                    bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - before) / Items;
                }
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            Console.WriteLine($"{rows[i].Name,-31} {Quartile(times[i]),7:0.00} µs {bytes[i],7:N0} B per item");
        }

        var adds = Quartile(times[4]) - Quartile(times[3]);
        var growth = await GrowthAsync(prompts);
        Console.WriteLine($"a pipeline adds {adds:0.00} µs to a call; between items 10,000 and {Items:N0} of a stream, live memory grows by {growth:N0} B");
        return Math.Max(Math.Max(Quartile(times[0]), Quartile(times[1])), Math.Max(Quartile(times[2]), adds)) > MostMicroseconds || growth > MostGrowth ? 1 : 0;
    }

    private static async Task ListAsync<T>(PromptRuntime prompts, Func<int, CancellationToken, Task<T>> run)
    {
        await using var pipeline = prompts.StartPipeline("times");
        await pipeline.MapAsync("list", Enumerable.Range(0, Items), run);
    }

    private static async Task StreamAsync<T>(PromptRuntime prompts, Func<int, CancellationToken, Task<T>> run, decimal? maxUsd = null)
    {
        await using var pipeline = prompts.StartPipeline("times", new PipelineOptions { MaxUsd = maxUsd });
        await foreach (var _ in pipeline.MapAsync("stream", Numbers(), run))
        {
        }
    }

    private static async Task CallAsync(Router router)
    {
        for (var i = 0; i < Items; i++)
        {
            await router.PlainAsync("Payments", "Charged twice");
        }
    }

    /// <summary>How much more memory is reachable late in a stream of calls than early in it. By then as many attempts are kept as ever.</summary>
    private static async Task<long> GrowthAsync(PromptRuntime prompts)
    {
        var router = new Router(prompts);
        await using var pipeline = prompts.StartPipeline("memory");
        var (count, early) = (0, 0L);
        await foreach (var _ in pipeline.MapAsync("stream", Numbers(), (_, _) => router.PlainAsync("Payments", "Charged twice")))
        {
            if (++count == 10_100)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        return GC.GetTotalMemory(forceFullCollection: true) - early;
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        for (var i = 0; i < Items; i++)
        {
            yield return i;
        }

        await Task.CompletedTask;
    }

    private static double Now()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMicroseconds;
    }
}
