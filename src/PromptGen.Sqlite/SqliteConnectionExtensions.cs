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
}
