using System.Diagnostics;

namespace PromptGen.Benchmarks;

/// <summary>
/// How many items of a pipeline per second a journal keeps up with: each is looked up, its request is written before it is sent, and its answer with the cost after it. The model
/// answers at once, so that nothing but the journal and the pipeline takes time. Wall-clock time, the median of the rounds. Ends with 1 where SQLite is below its bound; that few
/// items at once wait for the disk with each commit is no bound of the journal.
/// </summary>
internal static class JournalTimes
{
    private const int Rounds = 5;
    private const int Items = 20_000;
    private const double LeastItemsPerSecond = 5_000;

    public static async Task<int> RunAsync()
    {
        using var prompts = NoOpRuntime.Create();
        var router = new Router(prompts);
        var folder = Directory.CreateTempSubdirectory("promptgen-journal-");
        var isBelow = false;
        try
        {
            foreach (var concurrency in new[] { 8, 64 })
            {
                Write("memory", concurrency, await MeasureAsync(router, prompts, concurrency, static _ => new InMemoryPromptJournal()));
                foreach (var durability in new[] { SqliteDurability.Process, SqliteDurability.Computer })
                {
                    var (first, again) = await MeasureAsync(router, prompts, concurrency, round => new SqlitePromptJournal(Path.Combine(folder.FullName, $"{concurrency}-{durability}-{round}.db"), durability));
                    Write($"SQLite, {durability}", concurrency, (first, again));
                    isBelow |= again < LeastItemsPerSecond || (first < LeastItemsPerSecond && (durability == SqliteDurability.Process || concurrency == 64));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return isBelow ? 1 : 0;
    }

    private static async Task<(double First, double Again)> MeasureAsync(Router router, PromptRuntime prompts, int concurrency, Func<int, IPromptJournal> open)
    {
        var (first, again) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var journal = open(round);
            var (written, read) = (await ItemsPerSecondAsync(router, prompts, concurrency, journal), await ItemsPerSecondAsync(router, prompts, concurrency, journal));
            if (journal is IAsyncDisposable file)
            {
                await file.DisposeAsync();
            }

            if (round >= 0)
            {
                first.Add(written);
                again.Add(read);
            }
        }

        return (Median(first), Median(again));
    }

    private static async Task<double> ItemsPerSecondAsync(Router router, PromptRuntime prompts, int concurrency, IPromptJournal journal)
    {
        var start = Stopwatch.GetTimestamp();
        await using var pipeline = prompts.StartPipeline("times", new PipelineOptions { Journal = journal, Concurrency = concurrency });
        await pipeline.MapAsync("list", Enumerable.Range(0, Items), (_, _) => router.PlainAsync("Payments", "Charged twice"));
        return Items / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Write(string journal, int concurrency, (double First, double Again) rates) =>
        Console.WriteLine($"| {journal} | {concurrency} | {rates.First:N0} | {rates.Again:N0} |");

    private static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);
}
