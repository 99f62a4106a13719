using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite;

/// <summary>Reads calls over one connection. For one thread at a time.</summary>
internal sealed class LedgerReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _attempts;
    private readonly SqliteCommand _violations;
    private readonly SqliteCommand _votes;
    private readonly SqliteCommand _verdicts;

    public LedgerReader(SqliteConnection connection)
    {
        _connection = connection;

        // As blobs: a text is read up to its end, not up to a zero in it.
        _attempts = connection.Prepare(
            """
            SELECT model, response_model, provider, tier, reason, outcome, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_usd, cost_complete, duration_us,
              first_token_us, arm, rungs, is_abandoned, from_journal, CAST(request AS BLOB), CAST(answer AS BLOB), number
            FROM attempt WHERE call = $call ORDER BY number;
            """,
            "$call");
        _violations = connection.Prepare("SELECT pointer FROM violation WHERE call = $call AND attempt = $attempt ORDER BY number;", "$call", "$attempt");
        _votes = connection.Prepare("SELECT model, weight, counted, is_behind_winner FROM vote WHERE call = $call ORDER BY number;", "$call");
        _verdicts = connection.Prepare("SELECT call_id, source, score, at_us FROM verdict WHERE call_id = $call ORDER BY source;", "$call");
    }

    public IEnumerable<CallRecord> Read(CallFilter filter)
    {
        using var command = _connection.CreateCommand();
        var condition = command.Where(
            ("id =", filter.CallId),
            ("parent =", filter.ParentCallId),
            ("prompt =", filter.Prompt),
            ("model =", filter.ModelId),
            ("outcome =", filter.Outcome?.ToString()),
            ("scope =", filter.Scope),
            ("pipeline =", filter.Pipeline),
            ("started_us >=", LedgerTime.Of(filter.From)),
            ("started_us <", LedgerTime.Of(filter.Until)));
        command.CommandText =
            $"""
            SELECT sequence, id, parent, prompt, version, started_us, duration_us, outcome, is_substituted, from_cache, saved_usd, saved_complete, model, tier, routed_by, entry_tier,
              arm, scope, pipeline, stage, trace, cost_usd, cost_complete, full_cost_usd, full_cost_complete, agreement
            FROM call WHERE {condition} ORDER BY started_us DESC, id DESC LIMIT $limit;
            """;
        command.Parameters.AddWithValue("$limit", filter.Limit ?? -1);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return Call(rows);
        }
    }

    public void Dispose()
    {
        _attempts.Dispose();
        _violations.Dispose();
        _votes.Dispose();
        _verdicts.Dispose();
    }

    private CallRecord Call(SqliteDataReader row)
    {
        var (sequence, id) = (row.GetInt64(0), row.GetString(1));
        return new CallRecord
        {
            CallId = id,
            ParentCallId = row.TextOrNull(2),
            Prompt = row.GetString(3),
            Version = row.GetString(4),
            StartedAt = LedgerTime.Moment(row.GetInt64(5)),
            Duration = LedgerTime.Time(row.GetInt64(6)),
            Outcome = Enum.Parse<PromptErrorCode>(row.GetString(7)),
            IsSubstituted = row.GetBoolean(8),
            FromCache = row.GetBoolean(9),
            Saved = Cost(row, 10),
            ModelId = row.TextOrNull(12),
            Tier = TierOrNull(row, 13),
            RoutedBy = row.TextOrNull(14),
            EntryTier = TierOrNull(row, 15),
            Arm = row.TextOrNull(16),
            Scope = row.TextOrNull(17),
            Pipeline = row.TextOrNull(18),
            Stage = row.TextOrNull(19),
            TraceId = row.TextOrNull(20),
            Cost = Cost(row, 21),
            FullCost = Cost(row, 23),
            Agreement = row.RealOrNull(25),
            Attempts = _attempts.ReadAll(attempt => Attempt(sequence, attempt), sequence),
            Votes = _votes.ReadAll(static vote => new CallVote(vote.GetString(0), vote.GetDouble(1), vote.GetBoolean(2), vote.GetBoolean(3)), sequence),
            Verdicts = _verdicts.ReadAll(static verdict => new CallVerdict(verdict.GetString(0), verdict.GetString(1), verdict.GetDouble(2)) { At = LedgerTime.Moment(verdict.GetInt64(3)) }, id),
        };
    }

    private CallAttempt Attempt(long call, SqliteDataReader row) => new()
    {
        ModelId = row.GetString(0),
        ResponseModelId = row.TextOrNull(1),
        Provider = row.GetString(2),
        Tier = Enum.Parse<Tier>(row.GetString(3)),
        Reason = Enum.Parse<PromptAttemptReason>(row.GetString(4)),
        Outcome = Enum.Parse<PromptErrorCode>(row.GetString(5)),
        InputTokens = row.NumberOrNull(6),
        OutputTokens = row.NumberOrNull(7),
        CachedInputTokens = row.NumberOrNull(8),
        ReasoningTokens = row.NumberOrNull(9),
        Cost = Cost(row, 10),
        Duration = LedgerTime.Time(row.GetInt64(12)),
        TimeToFirstToken = row.NumberOrNull(13) is { } first ? LedgerTime.Time(first) : null,
        Arm = row.TextOrNull(14),
        Rungs = row.GetString(15) is { Length: > 0 } rungs ? rungs.Split(',') : [],
        IsAbandoned = row.GetBoolean(16),
        FromJournal = row.GetBoolean(17),
        Request = row.BlobTextOrNull(18),
        Answer = row.BlobTextOrNull(19),
        Violations = _violations.ReadAll(static violation => violation.GetString(0), call, row.GetInt64(20)),
    };

    /// <summary>An amount and, in the next column, whether it is complete.</summary>
    private static PromptCost Cost(SqliteDataReader row, int column) => new((decimal)row.GetDouble(column), row.GetBoolean(column + 1));

    private static Tier? TierOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Enum.Parse<Tier>(row.GetString(column));
}
