using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite;

/// <summary>A database file. Parts of this package may share one: each has tables of its own, with a version of its own. Thread-safe.</summary>
internal sealed class SqliteFile
{
    private readonly string _connectionString;
    private readonly SqliteDurability _durability;

    /// <param name="path">Where the file is. It is created where there is none; its folder must exist.</param>
    /// <param name="durability">What a transaction outlasts once it is committed.</param>
    public SqliteFile(string path, SqliteDurability durability)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _durability = durability;

        // Without a pool: the file is closed when its connections are.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString();
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Opens a connection, for one thread at a time. Another process that writes is waited for.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the file cannot be opened, or is no database.</exception>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();

            // Readers do not wait for the writer, and a commit is one append to the log.
            connection.Execute($"PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {(_durability == SqliteDurability.Computer ? "FULL" : "NORMAL")};");
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Unusable("cannot be opened as a SQLite database.", exception);
        }
    }

    /// <summary>Brings the tables of a part to its latest version: each step runs once, in order, all of them in one transaction.</summary>
    /// <param name="connection">A connection of this file.</param>
    /// <param name="part">The name of the part.</param>
    /// <param name="steps">The statements that lead from each version to the next. A step that was published never changes.</param>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a later version of this package wrote the file, or it cannot be written.</exception>
    public void Migrate(SqliteConnection connection, string part, IReadOnlyList<string> steps)
    {
        try
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute("CREATE TABLE IF NOT EXISTS promptgen_schema (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;", transaction);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT version FROM promptgen_schema WHERE part = $part;";
            command.Parameters.AddWithValue("$part", part);
            var version = command.ExecuteScalar() is long found ? (int)found : 0;
            if (version > steps.Count)
            {
                throw Unusable($"was written by a later version of PromptGen.Sqlite: its {part} has version {version}, and this one knows {steps.Count}.", null);
            }

            foreach (var step in steps.Skip(version))
            {
                connection.Execute(step, transaction);
            }

            command.CommandText = "INSERT OR REPLACE INTO promptgen_schema (part, version) VALUES ($part, $version);";
            command.Parameters.AddWithValue("$version", steps.Count);
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            throw Unusable($"has no usable tables for its {part}.", exception);
        }
    }

    private PromptException Unusable(string what, Exception? cause) => new(PromptErrorCode.Configuration, $"The file '{Path}' {what}", innerException: cause);
}
