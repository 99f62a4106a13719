using System.Diagnostics;
using static PromptGen.Benchmarks.ThreadTime;

namespace PromptGen.Benchmarks;

/// <summary>
/// What a ledger in a SQLite file adds to a call at 10,000 calls per second, as CPU time of the calling thread, beside the same calls without one; and how long the key figures of a million calls take. Ends with 1
/// where a number is above its bound.
/// </summary>
internal static class LedgerTimes
{
    private const int Rounds = 8;
    private const int Seconds = 2;
    private const int PerMillisecond = 10;

    private const double MostMicroseconds = 5;
    private const double MostBytes = 300;
    private const double MostSeconds = 5;

    public static async Task<int> RunAsync(int kpiCalls)
    {
        var folder = Directory.CreateTempSubdirectory("promptgen-ledger-");
        try
        {
            var isWithin = await AddsLittleAsync(Path.Combine(folder.FullName, "calls.db"));
            return await IsReadQuicklyAsync(Path.Combine(folder.FullName, "kpis.db"), kpiCalls) && isWithin ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> AddsLittleAsync(string path)
    {
        await using var ledger = new SqliteCallLedger(path);
        await using var plain = NoOpRuntime.Create();
        await using var recorded = NoOpRuntime.Create(builder => builder.UseLedger(ledger));
        (string Name, Router Router)[] rows = [("no ledger", new Router(plain)), ("ledger in a file", new Router(recorded))];
        var measured = rows.Select(static _ => new List<Measurement>()).ToArray();
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var measurement = Call(rows[i].Router);
                if (round >= 0)
                {
                    measured[i].Add(measurement);
                }
            }
        }

        Measurement[] typical = [.. measured.Select(Typical)];
        for (var i = 0; i < rows.Length; i++)
        {
            Console.WriteLine($"{rows[i].Name,-18} {typical[i].Microseconds,7:0.00} µs {typical[i].Bytes,8:N0} B in the call, {typical[i].ProcessMicroseconds,7:0.00} µs {typical[i].ProcessBytes,8:N0} B in the process");
        }

        await recorded.DisposeAsync();
        var written = await ledger.ReadAsync(new CallFilter { Limit = 1_000_000 }).CountAsync();
        var (time, bytes) = (typical[1].Microseconds - typical[0].Microseconds, typical[1].Bytes - typical[0].Bytes);
        Console.WriteLine($"the ledger adds {time:0.00} µs and {bytes:N0} B to a call at {PerMillisecond * 1_000:N0} calls per second; {written:N0} of {(Rounds + 1) * Seconds * 1_000 * PerMillisecond:N0} calls are in it");
        return time <= MostMicroseconds && bytes <= MostBytes;
    }

    /// <summary>Ten calls in each millisecond, on this thread: its CPU time and allocations are what is measured, so it sleeps between the calls; a timer that is awaited would go on on other threads.</summary>
    private static Measurement Call(Router router)
    {
        using var process = Process.GetCurrentProcess();
        var (processTime, processBytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var (spent, bytes, clock) = (0.0, 0L, Stopwatch.StartNew());
        const int Milliseconds = Seconds * 1_000;
        for (var tick = 0; tick < Milliseconds; tick++)
        {
            while (clock.Elapsed.TotalMilliseconds < tick)
            {
                Thread.Sleep(TimeSpan.FromMicroseconds(200));
            }

            var (start, before) = (Now(), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < PerMillisecond; i++)
            {
                router.PlainAsync("Payments", "Charged twice").GetAwaiter().GetResult();
            }

            spent += Now() - start;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        const double Calls = Milliseconds * PerMillisecond;
        process.Refresh();
        return new Measurement(
            spent / Calls,
            bytes / Calls,
            (process.TotalProcessorTime - processTime).TotalMicroseconds / Calls,
            (GC.GetTotalAllocatedBytes() - processBytes) / Calls);
    }

    private static async Task<bool> IsReadQuicklyAsync(string path, int count)
    {
        await using var ledger = new SqliteCallLedger(path);
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var writing = Stopwatch.StartNew();
        foreach (var batch in Enumerable.Range(0, count).Select(number => Record(number, start, TimeSpan.FromDays(28) / count)).Chunk(2_000))
        {
            await ledger.WriteAsync(batch);
        }

        Console.WriteLine($"{count:N0} calls written in {writing.Elapsed.TotalSeconds:0.0} s, {writing.Elapsed.TotalMicroseconds / count:0.0} µs each; the file has {new FileInfo(path).Length / 1e6:N0} MB");
        var slowest = 0.0;
        foreach (var by in Enum.GetValues<KpiGroup>())
        {
            slowest = Math.Max(slowest, await TimeAsync($"by {by}", async () => (await ledger.GetKpisAsync(new KpiQuery { By = by })).Sum(static row => row.Calls)));
        }

        slowest = Math.Max(slowest, await TimeAsync("by model asked", async () => (await ledger.GetSpendingAsync(new KpiQuery())).Sum(static row => row.Requests)));
        return Math.Max(slowest, await TimeAsync("drift of two weeks against two weeks", async () =>
            (await ledger.GetKpisAsync(new KpiQuery { From = start.AddDays(14), BaselineFrom = start })).Sum(static row => row.Calls))) <= MostSeconds;
    }

    /// <summary>Prints how long a query takes: by the clock, and as CPU time of the process, which other work on the machine changes less.</summary>
    /// <returns>The seconds by the clock.</returns>
    private static async Task<double> TimeAsync(string name, Func<Task<long>> query)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var rows = await query();
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        Console.WriteLine($"{name,-36} {seconds,6:0.00} s, {(process.TotalProcessorTime - cpu).TotalSeconds,6:0.00} s of CPU time, of {rows:N0}");
        return seconds;
    }

    /// <summary>Calls of ten prompts, one in five of which is repaired.</summary>
    private static CallRecord Record(int number, DateTimeOffset start, TimeSpan apart)
    {
        var attempt = new CallAttempt
        {
            ModelId = Models.Mini,
            ResponseModelId = Models.Mini,
            Provider = "openai",
            Tier = Tier.Fast,
            Reason = PromptAttemptReason.Initial,
            Outcome = PromptErrorCode.None,
            InputTokens = 400 + (number % 100),
            OutputTokens = 80,
            Cost = new PromptCost(0.0001m, IsComplete: true),
            Duration = TimeSpan.FromMilliseconds(300 + (number * 7_919L % 1_000)),
        };
        var cost = new PromptCost(0.0001m, IsComplete: true);
        return new CallRecord
        {
            CallId = $"019b2f3c4d5e6f708192-{number:x8}",
            Prompt = $"Desk.Prompt{number % 10}Async",
            Version = "00c0ffee",
            StartedAt = start + (apart * number),
            Duration = attempt.Duration,
            Outcome = PromptErrorCode.None,
            ModelId = Models.Mini,
            Tier = Tier.Fast,
            EntryTier = Tier.Fast,
            Scope = $"tenant-{number % 50}",
            TraceId = $"{number:x32}",
            Cost = cost,
            FullCost = cost,
            Attempts = number % 5 == 0 ? [attempt with { Outcome = PromptErrorCode.SchemaMismatch, Violations = ["/urgency"] }, attempt with { Reason = PromptAttemptReason.Repair }] : [attempt],
        };
    }

    private static Measurement Typical(List<Measurement> all)
    {
        return new Measurement(Of(static one => one.Microseconds), Of(static one => one.Bytes), Of(static one => one.ProcessMicroseconds), Of(static one => one.ProcessBytes));

        double Of(Func<Measurement, double> number) => Quartile([.. all.Select(number)]);
    }

    /// <summary>Time and memory of one call, on its own thread and in the whole process.</summary>
    private readonly record struct Measurement(double Microseconds, double Bytes, double ProcessMicroseconds, double ProcessBytes);
}
