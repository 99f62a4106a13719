using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite;

/// <summary>
/// Writes values in the background: all that wait at a time are written in one transaction, so that they share the time of its commit. Each is confirmed after the commit.
/// Thread-safe.
/// </summary>
/// <typeparam name="T">A value: one row, or all rows that belong together.</typeparam>
internal sealed class GroupCommit<T> : IAsyncDisposable
{
    /// <summary>The most values of a transaction, so that the first of them does not wait while others keep coming.</summary>
    private const int MostValues = 1_000;

    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Action<T> _write;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly CommitGathering? _gathering;
    private readonly Task _running;

    /// <param name="connection">The connection that is written to; nothing else may use it.</param>
    /// <param name="write">Writes one value, in a transaction that has begun.</param>
    /// <param name="waitsForDisk">Whether a commit waits for the disk, so that it is worth to wait for the values that are about to come.</param>
    public GroupCommit(SqliteConnection connection, Action<T> write, bool waitsForDisk = false)
    {
        _write = write;
        _gathering = waitsForDisk ? new CommitGathering() : null;
        _begin = connection.Prepare("BEGIN IMMEDIATE;");
        _commit = connection.Prepare("COMMIT;");
        _rollback = connection.Prepare("ROLLBACK;");
        _running = Task.Run(RunAsync);
    }

    /// <summary>Writes a value, in whole or not at all.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the wait; the value may be written nevertheless.</param>
    /// <returns>A task that ends when it is committed.</returns>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public Task WriteAsync(T value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new Pending(value);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(pending), this);
        return pending.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Pending>();
        Func<int> take = () => Take(batch);
        while (batch.Count > 0 || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            take();
            _gathering?.Gather(batch.Count, take);
            var start = Stopwatch.GetTimestamp();
            Commit(batch);
            var ticks = Stopwatch.GetTimestamp() - start;
            var count = batch.Count;
            batch.Clear();
            _gathering?.Committed(count, take(), ticks);
        }
    }

    /// <summary>Takes the values that wait.</summary>
    /// <returns>How many.</returns>
    private int Take(List<Pending> batch)
    {
        var before = batch.Count;
        while (batch.Count < MostValues && _queue.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
        }

        return batch.Count - before;
    }

    /// <summary>
    /// Where one of the values cannot be written, each is written alone, so that the others are. Where the file cannot be written, for example because it is locked or the disk is
    /// full, all fail at once: each would wait for the same lock again.
    /// </summary>
    private void Commit(List<Pending> batch)
    {
        var error = TryCommit(batch);
        if (error is not null && batch.Count > 1 && SqliteErrors.IsOfValue(error))
        {
            foreach (var pending in batch)
            {
                Commit([pending]);
            }

            return;
        }

        foreach (var pending in batch)
        {
            pending.End(error);
        }
    }

    /// <returns>Why nothing was written; null = all was.</returns>
    private Exception? TryCommit(List<Pending> batch)
    {
        try
        {
            _begin.ExecuteNonQuery();
            foreach (var pending in batch)
            {
                _write(pending.Value);
            }

            _commit.ExecuteNonQuery();
            return null;
        }
        catch (Exception exception)
        {
            TryRollBack();
            return exception;
        }
    }

    private void TryRollBack()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // The transaction did not begin, or SQLite has rolled it back already.
        }
    }

    /// <summary>A value that waits. Its writer goes on in a thread of its own: the next transaction does not wait for it.</summary>
    private sealed class Pending(T value) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public T Value => value;

        public void End(Exception? error)
        {
            if (error is null)
            {
                SetResult();
            }
            else
            {
                SetException(error);
            }
        }
    }
}
