using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite;

/// <summary>The table of a journal, over one connection. For one thread at a time.</summary>
internal sealed class JournalTable : IDisposable
{
    /// <summary>The statements that lead from each version of the table to the next.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE journal_entry (
          sequence INTEGER PRIMARY KEY,  -- rises with every write: a row that is replaced moves to the end
          pipeline TEXT NOT NULL,
          stage TEXT NOT NULL,
          item TEXT NOT NULL,
          request TEXT NOT NULL,
          call TEXT NOT NULL,
          model TEXT NOT NULL,
          handle TEXT,
          state TEXT NOT NULL,
          failure TEXT NOT NULL,
          cost_usd TEXT NOT NULL,        -- exact, in invariant form
          cost_complete INTEGER NOT NULL,
          answer_code TEXT,              -- null, as the columns below: there is no answer
          answer TEXT,
          answer_model TEXT,
          finish_reason TEXT,
          usage TEXT,
          tokens TEXT,
          UNIQUE (pipeline, stage, item, request)
        ) STRICT;
        """,
    ];

    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _select;

    public JournalTable(SqliteConnection connection)
    {
        _insert = connection.Prepare(
            """
            INSERT OR REPLACE INTO journal_entry (
              pipeline, stage, item, request, call, model, handle, state, failure, cost_usd, cost_complete, answer_code, answer, answer_model, finish_reason, usage, tokens)
            VALUES (
              $pipeline, $stage, $item, $request, $call, $model, $handle, $state, $failure, $cost_usd, $cost_complete, $answer_code, $answer, $answer_model, $finish_reason, $usage, $tokens);
            """,
            "$pipeline", "$stage", "$item", "$request", "$call", "$model", "$handle", "$state", "$failure", "$cost_usd", "$cost_complete",
            "$answer_code", "$answer", "$answer_model", "$finish_reason", "$usage", "$tokens");

        // As a blob: the text of an answer is read up to its end, not up to a zero in it.
        _select = connection.Prepare(
            """
            SELECT request, call, model, state, failure, cost_usd, cost_complete, answer_code, CAST(answer AS BLOB), answer_model, finish_reason, usage, tokens, handle
            FROM journal_entry WHERE pipeline = $pipeline AND stage = $stage AND item = $item ORDER BY sequence;
            """,
            "$pipeline", "$stage", "$item");
    }

    public void Write(JournalItem item, JournalEntry entry)
    {
        var (answer, cost) = (entry.Answer, entry.Cost);
        _insert.Run(
            item.Pipeline, item.Stage, item.Key, entry.Request, entry.Call, entry.ModelId, entry.Handle, entry.State.ToString(), entry.Failure.ToString(),
            cost.Usd.ToString(CultureInfo.InvariantCulture), cost.IsComplete,
            answer?.Code.ToString(), answer?.Text, answer?.ModelId, answer?.FinishReason, JournalJson.Write(answer?.Usage), JournalJson.Write(answer?.Tokens));
    }

    /// <returns>The entries of an item, in the order in which they were last written.</returns>
    public IReadOnlyList<JournalEntry> Read(JournalItem item) => _select.ReadAll(Read, item.Pipeline, item.Stage, item.Key);

    public void Dispose()
    {
        _insert.Dispose();
        _select.Dispose();
    }

    private static JournalEntry Read(SqliteDataReader row) => new()
    {
        Request = row.GetString(0),
        Call = row.GetString(1),
        ModelId = row.GetString(2),
        Handle = row.TextOrNull(13),
        State = Enum.Parse<JournalState>(row.GetString(3)),
        Failure = Enum.Parse<PromptErrorCode>(row.GetString(4)),
        Cost = new PromptCost(decimal.Parse(row.GetString(5), CultureInfo.InvariantCulture), row.GetBoolean(6)),
        Answer = row.IsDBNull(7) ? null : new JournalAnswer
        {
            Code = Enum.Parse<PromptErrorCode>(row.GetString(7)),
            Text = row.BlobTextOrNull(8)!,
            ModelId = row.TextOrNull(9),
            FinishReason = row.TextOrNull(10),
            Usage = JournalJson.ReadUsage(row.TextOrNull(11)),
            Tokens = JournalJson.ReadTokens(row.TextOrNull(12)),
        },
    };
}
