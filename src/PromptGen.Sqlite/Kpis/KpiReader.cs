using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite.Kpis;

/// <summary>Computes key figures by queries over the tables of a ledger.</summary>
internal sealed class KpiReader
{
    private const int MostMembers = 20;

    private readonly SqliteConnection _connection;
    private readonly KpiQuery _query;
    private readonly CancellationToken _cancellationToken;
    private readonly string _key;

    private KpiReader(SqliteConnection connection, KpiQuery query, CancellationToken cancellationToken)
    {
        (_connection, _query, _cancellationToken) = (connection, query, cancellationToken);
        _key = query.By switch
        {
            KpiGroup.Prompt => "prompt",
            KpiGroup.Model => "coalesce(model, 'none')",
            KpiGroup.Tier => "coalesce(tier, 'none')",
            KpiGroup.Version => "prompt || ' ' || version",
            KpiGroup.Day => "date(started_us / 1000000, 'unixepoch')",
            KpiGroup.Scope => "coalesce(scope, 'none')",
            var other => throw new ArgumentOutOfRangeException(nameof(query), other, "There is no such group."),
        };
    }

    public static IReadOnlyList<CallKpis> Read(SqliteConnection connection, KpiQuery query, CancellationToken cancellationToken)
    {
        var reader = new KpiReader(connection, query, cancellationToken);
        var groups = reader.Sums(query.From, query.Until);
        var times = reader.Times();
        var quality = reader.Quality();
        var breaches = reader.Breaches();
        var drift = query.BaselineFrom is { } from ? DriftTest.Compare(groups, reader.Sums(from, query.BaselineUntil ?? query.From)) : Enumerable.Empty<KpiDrift>().ToLookup(static _ => "");
        return
        [
            .. groups.Select(group =>
            {
                var (p50, p95, p99) = times.GetValueOrDefault(group.Key);
                var (judged, score) = quality.GetValueOrDefault(group.Key);
                return Figures(group) with
                {
                    P50 = p50,
                    P95 = p95,
                    P99 = p99,
                    Judged = judged,
                    Quality = judged > 0 ? score : null,
                    Breaches = [.. breaches[group.Key].Take(MostMembers)],
                    Drift = [.. drift[group.Key]],
                };
            }),
        ];
    }

    private static CallKpis Figures(KpiSums group) => new()
    {
        Key = group.Key,
        Calls = group.Calls,
        Answers = group.Answers,
        Attempts = group.Attempts,
        CostUsd = group.CostUsd,
        IsCostComplete = group.IsCostComplete,
        CostPerAnswerUsd = group.Answers > 0 ? group.FullCostUsd / group.Answers : null,
        SavedUsd = group.SavedUsd,
        TierShares = group.Tiers.Where(static tier => tier.Value > 0).ToDictionary(static tier => tier.Key, tier => (double)tier.Value / group.Answers),
        EscalationRate = Share(group.Escalated, group.Calls),
        RepairRate = Share(group.Repaired, group.Calls),
        FallbackRate = Share(group.FellBack, group.Calls),
        RetryRate = Share(group.Retried, group.Calls),
        BreachRate = Share(group.Broken, group.Calls),
        RejectionRate = Share(group.Rejected, group.Calls),
        SubstituteRate = Share(group.Substituted, group.Calls),
        CacheRate = Share(group.FromCache, group.Calls),
        RungRate = Share(group.WithRungs, group.ModelAnswers),
        Agreement = group.Agreement,
        Judged = 0,
    };

    private static double Share(long hits, long of) => of == 0 ? 0 : (double)hits / of;

    private List<KpiSums> Sums(DateTimeOffset? from, DateTimeOffset? until) => Rows(
        condition => $"""
        SELECT {_key}, count(*), sum(outcome = 'None'), sum(outcome = 'None' AND model IS NOT NULL AND NOT from_cache),
          sum(cost_usd), sum(full_cost_usd), sum(full_cost_usd * full_cost_usd), min(full_cost_complete), sum(saved_usd),
          sum(CASE WHEN outcome = 'None' THEN duration_us / 1e6 ELSE 0 END), sum(CASE WHEN outcome = 'None' THEN (duration_us / 1e6) * (duration_us / 1e6) ELSE 0 END),
          sum(is_escalated), sum(is_repaired), sum(is_fallback), sum(is_retried), sum(is_broken), sum(is_rejected), sum(is_substituted), sum(from_cache),
          sum(has_rungs AND outcome = 'None'), avg(agreement),
          sum(outcome = 'None' AND tier = 'Fast'), sum(outcome = 'None' AND tier = 'General'), sum(outcome = 'None' AND tier = 'Deep'), sum(outcome = 'None' AND tier = 'SelfHosted'),
          sum(requests)
        FROM call WHERE {condition} GROUP BY 1 ORDER BY 1;
        """,
        from,
        until,
        static row => new KpiSums
        {
            Key = row.GetString(0),
            Calls = row.GetInt64(1),
            Answers = row.GetInt64(2),
            ModelAnswers = row.NumberOrNull(3) ?? 0,
            CostUsd = row.GetDouble(4),
            FullCostUsd = row.GetDouble(5),
            FullCostSquared = row.GetDouble(6),
            IsCostComplete = row.GetBoolean(7),
            SavedUsd = row.GetDouble(8),
            AnswerSeconds = row.GetDouble(9),
            AnswerSecondsSquared = row.GetDouble(10),
            Escalated = row.GetInt64(11),
            Repaired = row.GetInt64(12),
            FellBack = row.GetInt64(13),
            Retried = row.GetInt64(14),
            Broken = row.GetInt64(15),
            Rejected = row.GetInt64(16),
            Substituted = row.GetInt64(17),
            FromCache = row.GetInt64(18),
            WithRungs = row.GetInt64(19),
            Agreement = row.RealOrNull(20),
            Attempts = row.GetInt64(25),
            Tiers = new Dictionary<Tier, long>
            {
                [Tier.Fast] = row.NumberOrNull(21) ?? 0,
                [Tier.General] = row.NumberOrNull(22) ?? 0,
                [Tier.Deep] = row.NumberOrNull(23) ?? 0,
                [Tier.SelfHosted] = row.NumberOrNull(24) ?? 0,
            },
        });

    /// <summary>Percentiles by the nearest rank, of the calls that gave an answer.</summary>
    private Dictionary<string, (TimeSpan? P50, TimeSpan? P95, TimeSpan? P99)> Times() => Rows(
        condition => $"""
        SELECT key, max(CASE WHEN place = (n * 50 + 99) / 100 THEN duration_us END), max(CASE WHEN place = (n * 95 + 99) / 100 THEN duration_us END), max(CASE WHEN place = (n * 99 + 99) / 100 THEN duration_us END)
        FROM (
          SELECT key, duration_us, row_number() OVER (PARTITION BY key ORDER BY duration_us) AS place, count(*) OVER (PARTITION BY key) AS n
          FROM (SELECT {_key} AS key, duration_us FROM call WHERE outcome = 'None' AND {condition}))
        GROUP BY key;
        """,
        static row => (Key: row.GetString(0), Times: (Time(row, 1), Time(row, 2), Time(row, 3)))).ToDictionary(static row => row.Key, static row => row.Times);

    private Dictionary<string, (long Judged, double Score)> Quality() => Rows(
        condition => $"""
        SELECT {_key}, count(*), avg(score)
        FROM (SELECT call_id, avg(score) AS score FROM verdict GROUP BY call_id) JOIN call ON call.id = call_id
        WHERE {condition} GROUP BY 1;
        """,
        static row => (Key: row.GetString(0), Quality: (row.GetInt64(1), row.GetDouble(2)))).ToDictionary(static row => row.Key, static row => row.Quality);

    private ILookup<string, MemberBreaches> Breaches() => Rows(
        condition => $"""
        SELECT {_key}, pointer, count(*)
        FROM (SELECT DISTINCT call, attempt, pointer FROM violation) AS broken JOIN call ON call.sequence = broken.call
        WHERE {condition} GROUP BY 1, 2 ORDER BY 3 DESC, 2;
        """,
        static row => (Key: row.GetString(0), Breaches: new MemberBreaches(row.GetString(1), row.GetInt64(2)))).ToLookup(static row => row.Key, static row => row.Breaches);

    private static TimeSpan? Time(SqliteDataReader row, int column) => row.NumberOrNull(column) is { } microseconds ? LedgerTime.Time(microseconds) : null;

    private List<T> Rows<T>(Func<string, string> statement, Func<SqliteDataReader, T> read) => Rows(statement, _query.From, _query.Until, read);

    /// <param name="statement">The statement, from the condition of its calls.</param>
    /// <param name="from">The beginning of the period; null = there is none.</param>
    /// <param name="until">Its end.</param>
    /// <param name="read">Reads a row.</param>
    private List<T> Rows<T>(Func<string, string> statement, DateTimeOffset? from, DateTimeOffset? until, Func<SqliteDataReader, T> read)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        using var command = _connection.CreateCommand();
        command.CommandText = statement(command.Where(
            ("prompt =", _query.Prompt), ("scope =", _query.Scope), ("started_us >=", LedgerTime.Of(from)), ("started_us <", LedgerTime.Of(until))));
        return command.ReadAll(read);
    }
}
