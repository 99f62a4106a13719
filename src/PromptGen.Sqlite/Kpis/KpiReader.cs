using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite.Kpis;

/// <summary>Computes key figures from the tables of a ledger: one pass over the calls, and one over what is known of some of them.</summary>
/// <param name="rows">The rows.</param>
internal sealed class KpiReader(KpiRows rows)
{
    private const int MostMembers = 20;

    public static IReadOnlyList<CallKpis> Read(SqliteConnection connection, KpiQuery query, CancellationToken cancellationToken)
    {
        var reader = new KpiReader(new KpiRows(connection, query, cancellationToken));
        var groups = reader.Sums(query.From, query.Until);
        var quality = reader.Quality();
        var breaches = reader.Breaches();
        var drift = query.BaselineFrom is { } from ? DriftTest.Compare(groups, reader.Sums(from, query.BaselineUntil ?? query.From)) : Enumerable.Empty<KpiDrift>().ToLookup(static _ => "");
        return
        [
            .. groups.Select(group =>
            {
                var (judged, score) = quality.GetValueOrDefault(group.Key);
                return Figures(group) with
                {
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
        IsSavedComplete = group.IsSavedComplete,
        P50 = group.Percentile(50),
        P95 = group.Percentile(95),
        P99 = group.Percentile(99),
        TierShares = group.Tiers.Where(static tier => tier.Answers > 0).ToDictionary(static tier => tier.Tier, tier => (double)tier.Answers / group.Answers),
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

    /// <returns>The sums of each group, in the order of the keys.</returns>
    private IReadOnlyList<KpiSums> Sums(DateTimeOffset? from, DateTimeOffset? until)
    {
        var groups = new Dictionary<string, KpiSums>(StringComparer.Ordinal);
        foreach (var row in rows.Read(condition => $"SELECT {rows.KeyColumn}, {KpiSums.Columns} FROM call WHERE {condition};", from, until))
        {
            var key = rows.Key(row);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = new KpiSums(key));
            }

            group.Add(row);
        }

        return [.. groups.Values.OrderBy(static group => group.Key, StringComparer.Ordinal)];
    }

    /// <returns>The calls of each group that have verdicts, and the mean of their mean scores.</returns>
    private Dictionary<string, (long Judged, double Score)> Quality()
    {
        var sums = new Dictionary<string, (long Judged, double Score)>(StringComparer.Ordinal);
        foreach (var row in rows.Read(condition => $"""
            SELECT {rows.KeyColumn}, judged.score
            FROM (SELECT call_id, avg(score) AS score FROM verdict GROUP BY call_id) AS judged JOIN call ON call.id = judged.call_id
            WHERE {condition};
            """))
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, rows.Key(row), out _);
            sum = (sum.Judged + 1, sum.Score + row.GetDouble(1));
        }

        return sums.ToDictionary(static sum => sum.Key, static sum => (sum.Value.Judged, sum.Value.Score / sum.Value.Judged));
    }

    /// <returns>How many answers broke the contract at each member, the most frequent first. An answer counts once for a member, however often it broke the contract there.</returns>
    private ILookup<string, MemberBreaches> Breaches()
    {
        var counts = new Dictionary<(string Key, string Pointer), long>();
        var (answer, members) = ((Call: 0L, Attempt: 0L), new HashSet<string>(StringComparer.Ordinal));

        // The outer table first: its rows come in the order of its key, those of one answer behind one another.
        foreach (var row in rows.Read(condition => $"""
            SELECT {rows.KeyColumn}, violation.call, violation.attempt, violation.pointer
            FROM violation CROSS JOIN call ON call.sequence = violation.call
            WHERE {condition} ORDER BY violation.call, violation.attempt;
            """))
        {
            if ((row.GetInt64(1), row.GetInt64(2)) is var next && next != answer)
            {
                answer = next;
                members.Clear();
            }

            var pointer = row.GetString(3);
            if (members.Add(pointer))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (rows.Key(row), pointer), out _)++;
            }
        }

        return counts.OrderByDescending(static count => count.Value).ThenBy(static count => count.Key.Pointer, StringComparer.Ordinal)
            .ToLookup(static count => count.Key.Key, static count => new MemberBreaches(count.Key.Pointer, count.Value));
    }
}
