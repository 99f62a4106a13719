using static PromptGen.Benchmarks.ThreadTime;

namespace PromptGen.Benchmarks;

/// <summary>Measures operations side by side: they take turns in one run, and each time is the first quartile of all rounds.</summary>
internal static class TimeTable
{
    private const int Rounds = 60;
    private const int WarmUp = 10;

    /// <summary>Measures and prints each row.</summary>
    /// <param name="calls">How often each operation runs in a round.</param>
    /// <param name="rows">The operations.</param>
    /// <returns>Time and memory of each.</returns>
    public static (double Microseconds, long Bytes)[] Measure(int calls, params (string Name, Action Run)[] rows)
    {
        var times = rows.Select(static _ => new List<double>()).ToArray();
        var bytes = new long[rows.Length];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var (microseconds, allocated) = Measure(rows[i].Run, calls);
                if (round >= 0)
                {
                    times[i].Add(microseconds);
                    bytes[i] = allocated;
                }
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            Console.WriteLine($"{rows[i].Name,-44} {Quartile(times[i]),8:0.000} µs {bytes[i],7:N0} B");
        }

        return [.. times.Zip(bytes, static (time, allocated) => (Quartile(time), allocated))];
    }

    private static (double Microseconds, long Bytes) Measure(Action run, int calls)
    {
        var (bytes, start) = (GC.GetAllocatedBytesForCurrentThread(), Now());
        for (var i = 0; i < calls; i++)
        {
            run();
        }

        return ((Now() - start) / calls, (GC.GetAllocatedBytesForCurrentThread() - bytes) / calls);
    }
}
