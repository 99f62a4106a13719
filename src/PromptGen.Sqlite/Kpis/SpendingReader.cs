using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite.Kpis;

/// <summary>Adds up the requests of calls by the model that was asked.</summary>
internal static class SpendingReader
{
    public static IReadOnlyList<ModelSpending> Read(SqliteConnection connection, KpiQuery query, CancellationToken cancellationToken)
    {
        var rows = new KpiRows(connection, query, cancellationToken);
        var sums = new Dictionary<(string Key, string Model), Sum>();

        // The requests first: they are in the order of their calls, each of which is found near the one before.
        foreach (var row in rows.Read(condition => $"""
            SELECT {rows.KeyColumn}, attempt.model, attempt.outcome = 'None', attempt.input_tokens, attempt.cached_tokens, attempt.output_tokens, attempt.cost_usd, attempt.cost_complete
            FROM attempt CROSS JOIN call ON call.sequence = attempt.call
            WHERE {condition};
            """))
        {
            var group = (rows.Key(row), row.GetString(1));
            if (!sums.TryGetValue(group, out var sum))
            {
                sums.Add(group, sum = new Sum());
            }

            sum.Add(row);
        }

        return [.. sums.OrderBy(static sum => sum.Key.Key, StringComparer.Ordinal).ThenBy(static sum => sum.Key.Model, StringComparer.Ordinal).Select(static sum => sum.Value.Of(sum.Key.Key, sum.Key.Model))];
    }

    private sealed class Sum
    {
        private long _requests;
        private long _accepted;
        private long _input;
        private long _cached;
        private long _output;
        private double _cost;
        private bool _isComplete = true;

        public void Add(SqliteDataReader row)
        {
            _requests++;
            _accepted += row.GetInt64(2);
            _input += row.NumberOrNull(3) ?? 0;
            _cached += row.NumberOrNull(4) ?? 0;
            _output += row.NumberOrNull(5) ?? 0;
            _cost += row.GetDouble(6);
            _isComplete &= row.GetInt64(7) != 0;
        }

        public ModelSpending Of(string key, string model) => new()
        {
            Key = key,
            ModelId = model,
            Requests = _requests,
            Accepted = _accepted,
            InputTokens = _input,
            CachedInputTokens = _cached,
            OutputTokens = _output,
            CostUsd = _cost,
            IsCostComplete = _isComplete,
        };
    }
}
