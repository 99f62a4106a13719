using Microsoft.Data.Sqlite;
using PromptGen.Sqlite;
using SQLitePCL;

namespace PromptGen.Tests.Sqlite;

public sealed class GroupCommitTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL, 10, 1)]
    [InlineData(raw.SQLITE_BUSY, 10, 1)]
    [InlineData(raw.SQLITE_CONSTRAINT, 1, 2)]
    public async Task A_value_that_cannot_be_written_fails_alone_and_a_file_that_cannot_be_written_fails_all_at_once(int code, int failures, int attempts)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var othersWait = new ManualResetEventSlim();
        var firstIsWritten = new TaskCompletionSource();
        var (failed, tried) = (0, 0);
        await using var commits = new GroupCommit<int>(connection, value =>
        {
            if (value == 0)
            {
                firstIsWritten.SetResult();
                othersWait.Wait(TestContext.Current.CancellationToken);
            }
            else if (value == 1)
            {
                tried++;
                throw new SqliteException("no", code);
            }
        });

        var first = commits.WriteAsync(0, CancellationToken.None);
        await firstIsWritten.Task;
        var others = Enumerable.Range(1, 10).Select(value => commits.WriteAsync(value, CancellationToken.None)).ToArray();
        othersWait.Set();
        await first;
        foreach (var other in others)
        {
            failed += await Record.ExceptionAsync(() => other) is SqliteException ? 1 : 0;
        }

        Assert.Equal((failures, attempts), (failed, tried));
    }
}
