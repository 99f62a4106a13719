using System.Text;
using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite;

internal static class SqliteConnectionExtensions
{
    /// <summary>Runs statements that have no parameters and whose results do not matter.</summary>
    public static void Execute(this SqliteConnection connection, string statements, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    /// <summary>Makes a command that runs many times with other values: compiled once.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="parameters">The names of its parameters. Their values are set by position.</param>
    public static SqliteCommand Prepare(this SqliteConnection connection, string statement, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        }

        command.Prepare();
        return command;
    }

    /// <summary>Sets the values of a command's parameters by position; null is SQL's null.</summary>
    public static void Set(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    /// <summary>Runs a command with these values of its parameters.</summary>
    public static void Run(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        command.Set(values);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads all rows of a command with these values of its parameters.</summary>
    public static List<T> ReadAll<T>(this SqliteCommand command, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        command.Set(values);
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    /// <summary>Adds parameters for those of the values that are not null.</summary>
    /// <param name="command">The command.</param>
    /// <param name="comparisons">The values, each behind a column and an operator, such as <c>started_us &gt;=</c>.</param>
    /// <returns>The condition that all of them hold, for its statement.</returns>
    public static string Where(this SqliteCommand command, params ReadOnlySpan<(string Comparison, object? Value)> comparisons)
    {
        var condition = new StringBuilder("1");
        foreach (var (comparison, value) in comparisons)
        {
            if (value is not null)
            {
                var name = $"$p{command.Parameters.Count}";
                condition.Append(" AND ").Append(comparison).Append(' ').Append(name);
                command.Parameters.AddWithValue(name, value);
            }
        }

        return condition.ToString();
    }

    /// <summary>The text of a column; null where it has none.</summary>
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The number of a column; null where it has none.</summary>
    public static long? NumberOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>The number of a column, with its fraction; null where it has none.</summary>
    public static double? RealOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    /// <summary>The text of a column that was selected as a blob, up to its end and not up to a zero in it; null where it has none.</summary>
    public static string? BlobTextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));
}
