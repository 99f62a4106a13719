using System.Diagnostics;
using System.Globalization;
using PromptGen.Generators.Tests.Hostile;

namespace PromptGen.Benchmarks;

/// <summary>
/// Tests random programs generated from the grammar of declarations for a given time: <c>declarations 30 1</c> runs for 30 minutes, starting at seed 1. A finding is
/// printed with its program.
/// </summary>
internal static class DeclarationRun
{
    private const int Batch = 100;

    /// <returns>0 where nothing was found; 1 otherwise.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var minutes = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : 1;
        var seed = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        var fuzz = new DeclarationFuzz();
        var watch = Stopwatch.StartNew();
        for (; watch.Elapsed.TotalMinutes < minutes; seed += Batch)
        {
            await Parallel.ForEachAsync(Enumerable.Range(seed, Batch), async (one, _) => await fuzz.TryAsync(one));
        }

        foreach (var broken in fuzz.Broken.Take(20))
        {
            Console.WriteLine($"{broken}\n");
        }

        Console.WriteLine($"{fuzz.Programs:N0} programs up to seed {seed - 1}, {watch.Elapsed.TotalMinutes:0.0} min: {fuzz.Supported:N0} supported, {fuzz.Invalid:N0} with errors of their own, {fuzz.Broken.Count:N0} findings");
        Console.WriteLine(string.Join(", ", fuzz.Findings));
        return fuzz.Broken.Count == 0 ? 0 : 1;
    }
}
