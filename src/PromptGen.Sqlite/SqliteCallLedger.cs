using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PromptGen.Sqlite;
using PromptGen.Sqlite.Kpis;

namespace PromptGen;

/// <summary>
/// A ledger in one SQLite file: <see cref="PromptRuntimeBuilder.UseLedger"/>. Its tables are plain, for queries of your own. Thread-safe.
/// </summary>
/// <remarks>
/// A batch is one transaction: a process that is killed loses the calls that it had not written yet, and the file opens. Several processes may write to one file, and read it
/// meanwhile.
/// </remarks>
public sealed class SqliteCallLedger : ICallLedger, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan CleaningPause = TimeSpan.FromMinutes(1);

    private readonly SqliteFile _file;
    private readonly SqliteConnection _writing;
    private readonly LedgerTables _tables;
    private readonly GroupCommit<Action<LedgerTables>> _commits;
    private readonly TimeSpan? _retention;
    private readonly TimeProvider _time;
    private DateTimeOffset _cleanNext;
    private int _isDisposed;

    /// <summary>Opens the file, and creates it where there is none.</summary>
    /// <param name="path">Where the file is; its folder must exist, on a disk of this computer. SQLite keeps two more files beside it while it is open.</param>
    /// <param name="retention">How long calls are kept: older ones are deleted while others are written. 1 hour or more; default: for ever.</param>
    /// <param name="durability">What a batch outlasts once it is written. Default: the end of the process.</param>
    /// <param name="timeProvider">The clock for <paramref name="retention"/>. Default: <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.Configuration"/>: the file cannot be opened or written, is no SQLite database, or was written by a later version of this package.
    /// </exception>
    public SqliteCallLedger(string path, TimeSpan? retention = null, SqliteDurability durability = SqliteDurability.Process, TimeProvider? timeProvider = null)
        : this(new SqliteFile(path, durability), retention, timeProvider, null)
    {
    }

    /// <param name="file">The file.</param>
    /// <param name="retention">How long calls are kept; null = for ever.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="prepare">Limits the connection that writes, in tests of a disk that is full or a file that is locked.</param>
    internal SqliteCallLedger(SqliteFile file, TimeSpan? retention, TimeProvider? timeProvider, Action<SqliteConnection>? prepare)
    {
        if (retention < TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(retention), retention, "A ledger keeps calls for an hour or more.");
        }

        (_file, _retention, _time) = (file, retention, timeProvider ?? TimeProvider.System);
        _writing = file.Connect();
        try
        {
            file.Migrate(_writing, "ledger", LedgerTables.Steps);
            prepare?.Invoke(_writing);
            _tables = new LedgerTables(_writing);
        }
        catch (Exception)
        {
            _writing.Dispose();
            throw;
        }

        var tables = _tables;
        _commits = new GroupCommit<Action<LedgerTables>>(_writing, write => write(tables));
    }

    /// <inheritdoc/>
    public Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return CommitAsync(
            tables =>
            {
                foreach (var call in calls)
                {
                    tables.Write(call);
                }

                Clean(tables);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return CommitAsync(tables => tables.Write(verdict), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        var connection = _file.Connect();
        await using (connection.ConfigureAwait(false))
        {
            using var reader = new LedgerReader(connection);
            foreach (var call in reader.Read(filter))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return call;
            }
        }
    }

    /// <summary>Computes key figures of the calls. The time of each answer is in memory meanwhile: 8 bytes per call.</summary>
    /// <param name="query">Of which calls, and how they are grouped.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One row for each group that has calls, by its key.</returns>
    public Task<IReadOnlyList<CallKpis>> GetKpisAsync(KpiQuery query, CancellationToken cancellationToken = default) => ComputeAsync(query, KpiReader.Read, cancellationToken);

    /// <summary>Adds up what the requests of the calls have cost by the model that was asked, whichever model answered in the end.</summary>
    /// <param name="query">Of which calls, and how they are grouped; its baseline is not used.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One row for each group and model that was asked in it, by key and model.</returns>
    public Task<IReadOnlyList<ModelSpending>> GetSpendingAsync(KpiQuery query, CancellationToken cancellationToken = default) => ComputeAsync(query, SpendingReader.Read, cancellationToken);

    /// <summary>Writes what still waits, and closes the file.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _commits.DisposeAsync().ConfigureAwait(false);
        _tables.Dispose();
        await _writing.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for a container that is not disposed asynchronously. Waits for the disk.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <exception cref="IOException">The file cannot be written for now, for example because it is locked or the disk is full.</exception>
    private async Task CommitAsync(Action<LedgerTables> write, CancellationToken cancellationToken)
    {
        try
        {
            await _commits.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException exception) when (!SqliteErrors.IsOfValue(exception))
        {
            throw new IOException($"The ledger '{_file.Path}' cannot be written: SQLite reports error {exception.SqliteErrorCode}.", exception);
        }
    }

    private Task<T> ComputeAsync<T>(KpiQuery query, Func<SqliteConnection, KpiQuery, CancellationToken, T> compute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        return Task.Run(
            () =>
            {
                using var connection = _file.Connect();
                connection.Execute("PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;");
                return compute(connection, query, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Deletes what is too old: a part with each batch, so that none takes long, and after the last part not again for a while.</summary>
    private void Clean(LedgerTables tables)
    {
        if (_retention is { } retention && _time.GetUtcNow() is var now && now >= _cleanNext && tables.Forget(now - retention) == 0)
        {
            _cleanNext = now + CleaningPause;
        }
    }
}
