using PromptGen.Cli.Output;

namespace PromptGen.Cli.Ledgers;

/// <summary>Counts the calls that are read from a ledger, for the progress of a command.</summary>
internal static class CountedCalls
{
    /// <summary>The calls; each thousandth is reported.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="what">What the command does with them.</param>
    /// <param name="progress">Shows it.</param>
    public static async IAsyncEnumerable<CallRecord> Counted(this IAsyncEnumerable<CallRecord> calls, string what, WatchedWork progress)
    {
        var count = 0;
        await foreach (var call in calls)
        {
            if (++count % 1_000 == 0)
            {
                progress.Now($"{what}: {Figures.Count(count, "call")}");
            }

            yield return call;
        }
    }
}
