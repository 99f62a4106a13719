namespace PromptGen.Sqlite.Kpis;

/// <summary>
/// Compares the figures of groups with those of a baseline. A difference is reported where it is unlikely to be chance (Benjamini–Hochberg at 5 % over all figures of all groups) and it is
/// large enough to matter: 2 percentage points of a share, 10 % of a mean. Groups of fewer than 30 calls are not compared.
/// </summary>
internal static class DriftTest
{
    private const int FewestCalls = 30;
    private const double FalseDiscoveries = 0.05;
    private const double LeastShare = 0.02;
    private const double LeastChange = 0.10;

    private static readonly (string Name, Func<KpiSums, long> Hits, Func<KpiSums, long> Of)[] s_shares =
    [
        ("AnswerRate", static group => group.Answers, static group => group.Calls),
        (nameof(CallKpis.EscalationRate), static group => group.Escalated, static group => group.Calls),
        (nameof(CallKpis.RepairRate), static group => group.Repaired, static group => group.Calls),
        (nameof(CallKpis.FallbackRate), static group => group.FellBack, static group => group.Calls),
        (nameof(CallKpis.BreachRate), static group => group.Broken, static group => group.Calls),
        (nameof(CallKpis.RejectionRate), static group => group.Rejected, static group => group.Calls),
        (nameof(CallKpis.SubstituteRate), static group => group.Substituted, static group => group.Calls),
        (nameof(CallKpis.CacheRate), static group => group.FromCache, static group => group.Calls),
        (nameof(CallKpis.RungRate), static group => group.WithRungs, static group => group.ModelAnswers),
    ];

    private static readonly (string Name, Func<KpiSums, double> Sum, Func<KpiSums, double> Squares, Func<KpiSums, long> Of)[] s_means =
    [
        ("CostUsd", static group => group.FullCostUsd, static group => group.FullCostSquared, static group => group.Calls),
        ("AnswerSeconds", static group => group.AnswerSeconds, static group => group.AnswerSecondsSquared, static group => group.Answers),
    ];

    /// <returns>What differs, by the key of the group.</returns>
    public static ILookup<string, KpiDrift> Compare(IEnumerable<KpiSums> current, IEnumerable<KpiSums> baseline)
    {
        var before = baseline.ToDictionary(static group => group.Key);
        var tests = new List<(string Key, KpiDrift Drift, bool IsLarge)>();
        foreach (var group in current)
        {
            if (before.TryGetValue(group.Key, out var old))
            {
                tests.AddRange(s_shares.Where(share => IsEnough(share.Of, old, group)).Select(share => Share(group.Key, share.Name, share.Hits(old), share.Of(old), share.Hits(group), share.Of(group))));
                tests.AddRange(s_means.Where(mean => IsEnough(mean.Of, old, group)).Select(mean =>
                    Mean(group.Key, mean.Name, (mean.Sum(old), mean.Squares(old), mean.Of(old)), (mean.Sum(group), mean.Squares(group), mean.Of(group)))));
            }
        }

        var ordered = tests.OrderBy(static test => test.Drift.P).ToList();
        var passed = 1 + Enumerable.Range(0, ordered.Count).LastOrDefault(i => ordered[i].Drift.P <= FalseDiscoveries * (i + 1) / ordered.Count, -1);
        return ordered.Take(passed).Where(static test => test.IsLarge).ToLookup(static test => test.Key, static test => test.Drift);
    }

    private static bool IsEnough(Func<KpiSums, long> of, KpiSums old, KpiSums current) => of(old) >= FewestCalls && of(current) >= FewestCalls;

    /// <summary>G-test of a 2 × 2 table: 2 Σ observed · ln(observed / expected), chi-squared with one degree of freedom (Sokal and Rohlf, Biometry).</summary>
    private static (string, KpiDrift, bool) Share(string key, string name, long hitsBefore, long before, long hitsNow, long now)
    {
        var (a, b) = ((double)hitsBefore / before, (double)hitsNow / now);
        var pooled = (double)(hitsBefore + hitsNow) / (before + now);
        var g = 2 * (Term(hitsBefore, before * pooled) + Term(before - hitsBefore, before * (1 - pooled)) + Term(hitsNow, now * pooled) + Term(now - hitsNow, now * (1 - pooled)));
        return (key, new KpiDrift(name, a, b, Normal.TwoSided(Math.Sqrt(Math.Max(0, g)))), Math.Abs(b - a) >= LeastShare);
    }

    private static double Term(double observed, double expected) => observed == 0 ? 0 : observed * Math.Log(observed / expected);

    /// <summary>Welch's test of two means. Both groups are large enough for the normal distribution.</summary>
    private static (string, KpiDrift, bool) Mean(string key, string name, (double Sum, double Squares, long Count) before, (double Sum, double Squares, long Count) now)
    {
        var (a, b) = (before.Sum / before.Count, now.Sum / now.Count);
        var error = Math.Sqrt(SquaredError(before, a) + SquaredError(now, b));
        var p = error > 0 ? Normal.TwoSided((b - a) / error) : a == b ? 1 : 0;
        return (key, new KpiDrift(name, a, b, p), Math.Abs(b - a) >= LeastChange * Math.Abs(a) && a != b);
    }

    private static double SquaredError((double Sum, double Squares, long Count) group, double mean) =>
        Math.Max(0, (group.Squares / group.Count) - (mean * mean)) / (group.Count - 1);
}
