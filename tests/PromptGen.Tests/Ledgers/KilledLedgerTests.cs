using System.Diagnostics;
using System.Globalization;
using PromptGen.Tests.Sqlite;

namespace PromptGen.Tests.Ledgers;

/// <summary>A process that writes to a ledger is killed (SIGKILL): the file opens, and has every batch that was confirmed.</summary>
public sealed class KilledLedgerTests
{
    private const int Batch = 100;
    private const int Runs = 8;

    [Fact]
    public async Task A_killed_process_loses_at_most_the_batch_that_it_was_writing()
    {
        using var file = new TemporaryFile();
        var random = new Random(18);
        var before = 0;
        for (var run = 0; run < Runs; run++)
        {
            var confirmed = await KillAsync(file.Path, run, after: Batch * random.Next(1, 30));

            await using var ledger = new SqliteCallLedger(file.Path);
            var calls = await ledger.AllAsync();
            var written = calls.Count - before;
            Assert.True(written == confirmed || written == confirmed + Batch, $"{confirmed} calls were confirmed, {written} are in the file.");
            Assert.All(calls, static call => Assert.Single(call.Attempts));
            using var connection = file.Connect();
            Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check;"));
            before = calls.Count;
        }
    }

    /// <returns>How many calls the process has said are written.</returns>
    private static async Task<int> KillAsync(string path, int run, int after)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PromptGen.Recorder.dll"), path, run.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var confirmed = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            confirmed = int.Parse(line, CultureInfo.InvariantCulture);
            if (confirmed >= after && !process.HasExited)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.True(confirmed >= after, "The process ended by itself.");
        return confirmed;
    }
}
