using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite;

/// <summary>The tables of a ledger, over one connection that writes. For one thread at a time.</summary>
internal sealed class LedgerTables : IDisposable
{
    /// <summary>The statements that lead from each version of the tables to the next.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE call (
          sequence INTEGER PRIMARY KEY,  -- rises with every call that is written
          id TEXT NOT NULL UNIQUE,
          parent TEXT,                   -- the id of the call that made it
          prompt TEXT NOT NULL,
          version TEXT NOT NULL,
          started_us INTEGER NOT NULL,   -- microseconds since 1970-01-01 UTC
          duration_us INTEGER NOT NULL,
          outcome TEXT NOT NULL,         -- None = with an answer
          is_substituted INTEGER NOT NULL,
          from_cache INTEGER NOT NULL,
          saved_usd REAL NOT NULL,
          saved_complete INTEGER NOT NULL,
          model TEXT,                    -- the model that answered
          tier TEXT,
          routed_by TEXT,
          entry_tier TEXT,
          arm TEXT,
          scope TEXT,
          pipeline TEXT,
          stage TEXT,
          trace TEXT,
          cost_usd REAL NOT NULL,        -- of its own requests
          cost_complete INTEGER NOT NULL,
          full_cost_usd REAL NOT NULL,   -- with those of the calls that it made
          full_cost_complete INTEGER NOT NULL,
          agreement REAL,
          requests INTEGER NOT NULL,     -- how many of its own
          is_retried INTEGER NOT NULL,   -- these and the next: whether any of its requests was made for that reason, or ended so
          is_repaired INTEGER NOT NULL,
          is_fallback INTEGER NOT NULL,
          is_escalated INTEGER NOT NULL,
          is_broken INTEGER NOT NULL,    -- an answer broke the contract
          is_rejected INTEGER NOT NULL,  -- a valid answer was not accepted
          has_rungs INTEGER NOT NULL     -- the accepted answer was not strictly valid
        ) STRICT;
        CREATE TABLE attempt (
          call INTEGER NOT NULL,
          number INTEGER NOT NULL,
          model TEXT NOT NULL,
          response_model TEXT,
          provider TEXT NOT NULL,
          tier TEXT NOT NULL,
          reason TEXT NOT NULL,
          outcome TEXT NOT NULL,
          input_tokens INTEGER,
          output_tokens INTEGER,
          cached_tokens INTEGER,
          reasoning_tokens INTEGER,
          cost_usd REAL NOT NULL,
          cost_complete INTEGER NOT NULL,
          duration_us INTEGER NOT NULL,
          first_token_us INTEGER,
          arm TEXT,
          rungs TEXT NOT NULL,           -- separated by commas
          is_abandoned INTEGER NOT NULL,
          from_journal INTEGER NOT NULL,
          request TEXT,                  -- null, as the next: content is not captured
          answer TEXT,
          PRIMARY KEY (call, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE violation (
          call INTEGER NOT NULL,
          attempt INTEGER NOT NULL,
          number INTEGER NOT NULL,
          pointer TEXT NOT NULL,
          PRIMARY KEY (call, attempt, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE vote (
          call INTEGER NOT NULL,
          number INTEGER NOT NULL,
          model TEXT NOT NULL,
          weight REAL NOT NULL,
          counted INTEGER NOT NULL,
          is_behind_winner INTEGER NOT NULL,
          PRIMARY KEY (call, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE verdict (
          call_id TEXT NOT NULL,
          source TEXT NOT NULL,
          score REAL NOT NULL,
          at_us INTEGER NOT NULL,
          PRIMARY KEY (call_id, source)
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    private static readonly string[] s_call =
    [
        "id", "parent", "prompt", "version", "started_us", "duration_us", "outcome", "is_substituted", "from_cache", "saved_usd", "saved_complete", "model", "tier", "routed_by",
        "entry_tier", "arm", "scope", "pipeline", "stage", "trace", "cost_usd", "cost_complete", "full_cost_usd", "full_cost_complete", "agreement", "requests", "is_retried", "is_repaired",
        "is_fallback", "is_escalated", "is_broken", "is_rejected", "has_rungs",
    ];

    private static readonly string[] s_attempt =
    [
        "call", "number", "model", "response_model", "provider", "tier", "reason", "outcome", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "cost_usd",
        "cost_complete", "duration_us", "first_token_us", "arm", "rungs", "is_abandoned", "from_journal", "request", "answer",
    ];

    private readonly SqliteCommand _call;
    private readonly SqliteCommand _attempt;
    private readonly SqliteCommand _violation;
    private readonly SqliteCommand _vote;
    private readonly SqliteCommand _verdict;
    private readonly SqliteCommand[] _forget;

    public LedgerTables(SqliteConnection connection)
    {
        _call = Insert(connection, "call", s_call, "ON CONFLICT (id) DO NOTHING RETURNING sequence");
        _attempt = Insert(connection, "attempt", s_attempt);
        _violation = Insert(connection, "violation", ["call", "attempt", "number", "pointer"]);
        _vote = Insert(connection, "vote", ["call", "number", "model", "weight", "counted", "is_behind_winner"]);
        _verdict = Insert(connection, "verdict", ["call_id", "source", "score", "at_us"], "ON CONFLICT (call_id, source) DO UPDATE SET score = excluded.score, at_us = excluded.at_us");

        // Calls are written about in the order in which they started: the old ones are the first rows, and no index has to find them.
        const string Old = "FROM call WHERE sequence < (SELECT min(sequence) + 5000 FROM call) AND started_us < $before";
        _forget =
        [
            .. new[]
            {
                $"DELETE FROM attempt WHERE call IN (SELECT sequence {Old});",
                $"DELETE FROM violation WHERE call IN (SELECT sequence {Old});",
                $"DELETE FROM vote WHERE call IN (SELECT sequence {Old});",
                $"DELETE FROM verdict WHERE call_id IN (SELECT id {Old});",
                $"DELETE {Old};",
            }.Select(statement => connection.Prepare(statement, "$before")),
        ];
    }

    /// <summary>Writes a call, unless it is there.</summary>
    public void Write(CallRecord call)
    {
        _call.Set(
            call.CallId, call.ParentCallId, call.Prompt, call.Version, LedgerTime.Of(call.StartedAt), LedgerTime.Of(call.Duration), call.Outcome.ToString(), call.IsSubstituted,
            call.FromCache, (double)call.Saved.Usd, call.Saved.IsComplete, call.ModelId, call.Tier?.ToString(), call.RoutedBy, call.EntryTier?.ToString(), call.Arm, call.Scope,
            call.Pipeline, call.Stage, call.TraceId, (double)call.Cost.Usd, call.Cost.IsComplete, (double)call.FullCost.Usd, call.FullCost.IsComplete, call.Agreement, call.Attempts.Count,
            call.Has(PromptAttemptReason.Retry), call.Has(PromptAttemptReason.Repair), call.Has(PromptAttemptReason.Fallback), call.Has(PromptAttemptReason.Escalation),
            call.Has(PromptErrorCode.InvalidJson) || call.Has(PromptErrorCode.SchemaMismatch), call.Has(PromptErrorCode.NotAccepted),
            call.Attempts.Any(static attempt => attempt is { Outcome: PromptErrorCode.None, Rungs.Count: > 0 }));
        if (_call.ExecuteScalar() is not long sequence)
        {
            return;
        }

        for (var i = 0; i < call.Attempts.Count; i++)
        {
            Write(sequence, i, call.Attempts[i]);
        }

        for (var i = 0; i < call.Votes.Count; i++)
        {
            var vote = call.Votes[i];
            _vote.Run(sequence, i, vote.ModelId, vote.Weight, vote.Counted, vote.IsBehindWinner);
        }
    }

    /// <summary>Writes a verdict, in place of what its source said before.</summary>
    public void Write(CallVerdict verdict) => _verdict.Run(verdict.CallId, verdict.Source, verdict.Score, LedgerTime.Of(verdict.At));

    /// <summary>Deletes up to 5,000 of the calls that started before a moment.</summary>
    /// <returns>How many.</returns>
    public int Forget(DateTimeOffset before)
    {
        var deleted = 0;
        foreach (var command in _forget)
        {
            command.Set(LedgerTime.Of(before));
            deleted = command.ExecuteNonQuery();
        }

        return deleted;
    }

    public void Dispose()
    {
        foreach (var command in _forget.Concat([_call, _attempt, _violation, _vote, _verdict]))
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table, string[] columns, string? rest = null) => connection.Prepare(
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static column => "$" + column))}) {rest};",
        [.. columns.Select(static column => "$" + column)]);

    private void Write(long call, int number, CallAttempt attempt)
    {
        _attempt.Run(
            call, number, attempt.ModelId, attempt.ResponseModelId, attempt.Provider, attempt.Tier.ToString(), attempt.Reason.ToString(), attempt.Outcome.ToString(),
            attempt.InputTokens, attempt.OutputTokens, attempt.CachedInputTokens, attempt.ReasoningTokens, (double)attempt.Cost.Usd, attempt.Cost.IsComplete,
            LedgerTime.Of(attempt.Duration), attempt.TimeToFirstToken is { } first ? LedgerTime.Of(first) : null, attempt.Arm, string.Join(',', attempt.Rungs), attempt.IsAbandoned,
            attempt.FromJournal, attempt.Request, attempt.Answer);
        for (var i = 0; i < attempt.Violations.Count; i++)
        {
            _violation.Run(call, number, i, attempt.Violations[i]);
        }
    }
}
