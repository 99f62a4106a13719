using Microsoft.Data.Sqlite;

namespace PromptGen.Evaluation;

/// <summary>
/// Keeps the requests and results of evaluations in one SQLite file, so that a run that was killed goes on: answers are not paid again. Results are kept by prompt, version, arm, metric and content of the
/// item; an item that has not changed is not asked again. One process at a time may use a file.
/// </summary>
public sealed class EvaluationStore : IAsyncDisposable
{
    private const string Table = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS evaluation_results (
            prompt TEXT NOT NULL, version TEXT NOT NULL, arm TEXT NOT NULL, metric TEXT NOT NULL, item TEXT NOT NULL, digest TEXT NOT NULL, repeat INTEGER NOT NULL, data_version TEXT NOT NULL,
            score REAL NOT NULL, outcome TEXT NOT NULL, model TEXT, answered_model TEXT, usd TEXT NOT NULL, is_cost_complete INTEGER NOT NULL, seconds REAL, requests INTEGER NOT NULL, at TEXT NOT NULL,
            metric_usd TEXT NOT NULL DEFAULT '0', is_metric_cost_complete INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (prompt, version, arm, metric, item, digest, repeat)) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private readonly SqlitePromptJournal _journal;

    private EvaluationStore(SqliteConnection connection, SqlitePromptJournal journal) => (_connection, _journal) = (connection, journal);

    internal IPromptJournal Journal => _journal;

    /// <summary>Opens a file, or makes one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SqliteException">The file cannot be used.</exception>
    public static EvaluationStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // An answer that a process has got must survive that process, which may be killed; a loss of power may repeat it.
        var journal = new SqlitePromptJournal(path, SqliteDurability.Process);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Table;
            command.ExecuteNonQuery();
            AddMetricCost(command);
            return new(connection, journal);
        }
        catch (SqliteException)
        {
            connection.Dispose();
            journal.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The results of an arm by item, content and repeat.</summary>
    internal Dictionary<(string Item, string Digest, int Repeat), EvaluationResult> Read(EvaluatedPrompt prompt, string arm, string metric)
    {
        var results = new Dictionary<(string, string, int), EvaluationResult>();
        lock (_connection)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = """
                SELECT item, digest, repeat, score, outcome, data_version, model, answered_model, usd, is_cost_complete, seconds, requests, metric_usd, is_metric_cost_complete FROM evaluation_results
                WHERE prompt = $prompt AND version = $version AND arm = $arm AND metric = $metric
                """;
            Add(command, ("$prompt", prompt.Name), ("$version", prompt.Version), ("$arm", arm), ("$metric", metric));
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                results[(rows.GetString(0), rows.GetString(1), rows.GetInt32(2))] = new(arm, rows.GetString(0), rows.GetInt32(2), rows.GetDouble(3), Enum.Parse<PromptErrorCode>(rows.GetString(4)))
                {
                    DataVersion = rows.GetString(5),
                    ModelId = rows.IsDBNull(6) ? null : rows.GetString(6),
                    AnsweredModelId = rows.IsDBNull(7) ? null : rows.GetString(7),
                    Cost = new(rows.GetDecimal(8), rows.GetBoolean(9)),
                    Seconds = rows.IsDBNull(10) ? null : rows.GetDouble(10),
                    Requests = rows.GetInt32(11),
                    MetricCost = new(rows.GetDecimal(12), rows.GetBoolean(13)),
                };
            }
        }

        return results;
    }

    /// <summary>Files of earlier versions have no cost of metrics.</summary>
    private static void AddMetricCost(SqliteCommand command)
    {
        command.CommandText = "SELECT COUNT(*) FROM pragma_table_info('evaluation_results') WHERE name = 'metric_usd'";
        if (command.ExecuteScalar() is 0L)
        {
            command.CommandText = """
                ALTER TABLE evaluation_results ADD COLUMN metric_usd TEXT NOT NULL DEFAULT '0';
                ALTER TABLE evaluation_results ADD COLUMN is_metric_cost_complete INTEGER NOT NULL DEFAULT 1;
                """;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>How long a call took that was measured by another metric before; null where none was.</summary>
    internal double? SecondsOf(EvaluatedPrompt prompt, string arm, EvaluationCall call)
    {
        lock (_connection)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = """
                SELECT seconds FROM evaluation_results
                WHERE prompt = $prompt AND version = $version AND arm = $arm AND item = $item AND digest = $digest AND repeat = $repeat AND seconds IS NOT NULL LIMIT 1
                """;
            Add(command, ("$prompt", prompt.Name), ("$version", prompt.Version), ("$arm", arm), ("$item", call.Item.Id), ("$digest", call.Item.Digest), ("$repeat", call.Repeat));
            return command.ExecuteScalar() as double?;
        }
    }

    /// <summary>Keeps a result. Thread-safe.</summary>
    internal void Add(EvaluatedPrompt prompt, string metric, string digest, EvaluationResult result)
    {
        lock (_connection)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = """
                INSERT OR REPLACE INTO evaluation_results (prompt, version, arm, metric, item, digest, repeat, data_version, score, outcome, model, answered_model, usd, is_cost_complete, seconds, requests, metric_usd, is_metric_cost_complete, at)
                VALUES ($prompt, $version, $arm, $metric, $item, $digest, $repeat, $data, $score, $outcome, $model, $answered, $usd, $complete, $seconds, $requests, $metricUsd, $metricComplete, datetime('now'))
                """;
            Add(command, ("$prompt", prompt.Name), ("$version", prompt.Version), ("$arm", result.Arm), ("$metric", metric), ("$item", result.Item), ("$digest", digest), ("$repeat", result.Repeat));
            Add(command, ("$data", result.DataVersion), ("$score", result.Score), ("$outcome", result.Outcome.ToString()), ("$model", result.ModelId), ("$answered", result.AnsweredModelId));
            Add(command, ("$usd", result.Cost.Usd), ("$complete", result.Cost.IsComplete), ("$seconds", result.Seconds), ("$requests", result.Requests));
            Add(command, ("$metricUsd", result.MetricCost.Usd), ("$metricComplete", result.MetricCost.IsComplete));
            command.ExecuteNonQuery();
        }
    }

    private static void Add(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
    }
}
