using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PromptGen.Sqlite;

internal static class SqliteErrors
{
    /// <summary>Whether a value is why it was not written, so that others may be; else the file is, for example because it is locked or the disk is full.</summary>
    public static bool IsOfValue(Exception error) =>
        error is not SqliteException { SqliteErrorCode: not (raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG) };
}
