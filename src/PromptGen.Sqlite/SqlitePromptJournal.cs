using Microsoft.Data.Sqlite;
using PromptGen.Sqlite;

namespace PromptGen;

/// <summary>
/// A journal in one SQLite file: <see cref="PipelineOptions.Journal"/>. A run that was killed at any point goes on without paying again for an answer that the file has. It grows
/// with every request. Thread-safe.
/// </summary>
/// <remarks>
/// An entry is one row, with answer and cost: it is written in whole or not at all, and confirmed after its transaction was committed. Entries that are written at the same time
/// share a transaction. Several processes may use one file, each for pipelines of its own.
/// </remarks>
public sealed class SqlitePromptJournal : IPromptJournal, IAsyncDisposable, IDisposable
{
    private readonly SqliteConnection _reading;
    private readonly SqliteConnection _writing;
    private readonly JournalTable _readTable;
    private readonly JournalTable _writeTable;
    private readonly GroupCommit<(JournalItem Item, JournalEntry Entry)> _commits;
    private bool _isDisposed;

    /// <summary>Opens the file, and creates it where there is none.</summary>
    /// <param name="path">Where the file is; its folder must exist, on a disk of this computer. SQLite keeps two more files beside it while it is open.</param>
    /// <param name="durability">What an entry outlasts once it is written. Default: a failure of the computer.</param>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.Configuration"/>: the file cannot be opened or written, is no SQLite database, or was written by a later version of this package.
    /// </exception>
    public SqlitePromptJournal(string path, SqliteDurability durability = SqliteDurability.Computer)
    {
        var file = new SqliteFile(path, durability);
        _writing = file.Connect();
        try
        {
            file.Migrate(_writing, "journal", JournalTable.Steps);
            _writeTable = new JournalTable(_writing);
            _reading = file.Connect();
            _readTable = new JournalTable(_reading);
        }
        catch (Exception)
        {
            _reading?.Dispose();
            _writing.Dispose();
            throw;
        }

        var table = _writeTable;
        _commits = new GroupCommit<(JournalItem Item, JournalEntry Entry)>(_writing, row => table.Write(row.Item, row.Entry), waitsForDisk: durability == SqliteDurability.Computer);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_readTable)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return new(_readTable.Read(item));
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(_commits.WriteAsync((item, entry), cancellationToken));
    }

    /// <summary>Writes what still waits, and closes the file.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_readTable)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        await _commits.DisposeAsync().ConfigureAwait(false);
        _readTable.Dispose();
        _writeTable.Dispose();
        await _reading.DisposeAsync().ConfigureAwait(false);
        await _writing.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for a container that is not disposed asynchronously. Waits for the disk.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
