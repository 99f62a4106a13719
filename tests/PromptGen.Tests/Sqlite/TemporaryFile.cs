using Microsoft.Data.Sqlite;
using PromptGen.Sqlite;

namespace PromptGen.Tests.Sqlite;

/// <summary>A file in a folder of its own, deleted with everything that was put beside it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("promptgen-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "journal.db");

    /// <summary>Opens the file as a database.</summary>
    public SqliteConnection Connect() => new SqliteFile(Path, SqliteDurability.Process).Connect();

    public void Dispose() => _folder.Delete(recursive: true);
}

internal static class SqliteReading
{
    /// <summary>The first value of the first row.</summary>
    public static object? Scalar(this SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }
}
