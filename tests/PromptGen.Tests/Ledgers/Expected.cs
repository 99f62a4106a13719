using System.Globalization;

namespace PromptGen.Tests.Ledgers;

/// <summary>Key figures computed from the records one by one.</summary>
internal static class Expected
{
    public static List<CallKpis> Of(IReadOnlyList<CallRecord> calls, IReadOnlyList<CallVerdict> verdicts, KpiQuery query) =>
    [
        .. Selected(calls, query)
            .GroupBy(call => Key(call, query.By))
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group], verdicts)),
    ];

    public static List<ModelSpending> SpendingOf(IReadOnlyList<CallRecord> calls, KpiQuery query) =>
    [
        .. Selected(calls, query)
            .SelectMany(call => call.Attempts.Select(attempt => (Key: Key(call, query.By), Attempt: attempt)))
            .GroupBy(static one => (one.Key, one.Attempt.ModelId), static one => one.Attempt)
            .OrderBy(static group => group.Key.Key, StringComparer.Ordinal).ThenBy(static group => group.Key.ModelId, StringComparer.Ordinal)
            .Select(static group => new ModelSpending
            {
                Key = group.Key.Key,
                ModelId = group.Key.ModelId,
                Requests = group.Count(),
                Accepted = group.Count(static attempt => attempt.Outcome == PromptErrorCode.None),
                InputTokens = group.Sum(static attempt => attempt.InputTokens ?? 0),
                CachedInputTokens = group.Sum(static attempt => attempt.CachedInputTokens ?? 0),
                OutputTokens = group.Sum(static attempt => attempt.OutputTokens ?? 0),
                CostUsd = Math.Round((double)group.Sum(static attempt => attempt.Cost.Usd), 9),
                IsCostComplete = group.All(static attempt => attempt.Cost.IsComplete),
            }),
    ];

    private static IEnumerable<CallRecord> Selected(IReadOnlyList<CallRecord> calls, KpiQuery query) => calls
        .Where(call => (query.Prompt is null || call.Prompt == query.Prompt) && (query.Scope is null || call.Scope == query.Scope))
        .Where(call => !(call.StartedAt < query.From) && !(call.StartedAt >= query.Until));

    /// <summary>Compares all figures: counts and times exactly, sums and shares as numbers that were added in another order.</summary>
    public static void Same(IReadOnlyList<CallKpis> expected, IReadOnlyList<CallKpis> came)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(static kpis => kpis.Key), came.Select(static kpis => kpis.Key));
        foreach (var (a, b) in expected.Zip(came))
        {
            Assert.Equal(
                (a.Calls, a.Answers, a.Attempts, a.IsCostComplete, a.IsSavedComplete, a.P50, a.P95, a.P99, a.Judged),
                (b.Calls, b.Answers, b.Attempts, b.IsCostComplete, b.IsSavedComplete, b.P50, b.P95, b.P99, b.Judged));
            Assert.Equal(Rounded(a), Rounded(b));
            Assert.Equal(a.TierShares.OrderBy(static share => share.Key).Select(static share => (share.Key, Round(share.Value))), b.TierShares.OrderBy(static share => share.Key).Select(static share => (share.Key, Round(share.Value))));
            Assert.Equal(a.Breaches, b.Breaches);
        }
    }

    private static double?[] Rounded(CallKpis kpis) =>
    [
        Round(kpis.CostUsd), Round(kpis.CostPerAnswerUsd), Round(kpis.SavedUsd), Round(kpis.EscalationRate), Round(kpis.RepairRate), Round(kpis.FallbackRate), Round(kpis.RetryRate),
        Round(kpis.BreachRate), Round(kpis.RejectionRate), Round(kpis.SubstituteRate), Round(kpis.CacheRate), Round(kpis.RungRate), Round(kpis.Agreement), Round(kpis.Quality),
    ];

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 9) : null;

    private static string Key(CallRecord call, KpiGroup by) => by switch
    {
        KpiGroup.Prompt => call.Prompt,
        KpiGroup.Model => call.ModelId ?? "none",
        KpiGroup.Tier => call.Tier?.ToString() ?? "none",
        KpiGroup.Version => $"{call.Prompt} {call.Version}",
        KpiGroup.Day => call.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => call.Scope ?? "none",
    };

    private static CallKpis Of(string key, CallRecord[] calls, IReadOnlyList<CallVerdict> verdicts)
    {
        CallRecord[] answers = [.. calls.Where(static call => call.Outcome == PromptErrorCode.None)];
        CallRecord[] ofModels = [.. answers.Where(static call => call.ModelId is not null && !call.FromCache)];
        TimeSpan[] times = [.. answers.Select(static call => call.Duration).Order()];
        double[] scores = [.. calls.Select(call => verdicts.Where(verdict => verdict.CallId == call.CallId).ToArray()).Where(static said => said.Length > 0).Select(static said => said.Average(static verdict => verdict.Score))];
        double[] agreements = [.. calls.Where(static call => call.Agreement is not null).Select(static call => call.Agreement!.Value)];
        return new CallKpis
        {
            Key = key,
            Calls = calls.Length,
            Answers = answers.Length,
            Attempts = calls.Sum(static call => call.Attempts.Count),
            CostUsd = (double)calls.Sum(static call => call.Cost.Usd),
            IsCostComplete = calls.All(static call => call.FullCost.IsComplete),
            CostPerAnswerUsd = answers.Length == 0 ? null : (double)calls.Sum(static call => call.FullCost.Usd) / answers.Length,
            SavedUsd = (double)calls.Sum(static call => call.Saved.Usd),
            IsSavedComplete = calls.All(static call => call.Saved.IsComplete),
            P50 = Percentile(times, 0.50m),
            P95 = Percentile(times, 0.95m),
            P99 = Percentile(times, 0.99m),
            TierShares = answers.Where(static call => call.Tier is not null).GroupBy(static call => call.Tier!.Value).ToDictionary(static tier => tier.Key, tier => (double)tier.Count() / answers.Length),
            EscalationRate = With(PromptAttemptReason.Escalation),
            RepairRate = With(PromptAttemptReason.Repair),
            FallbackRate = With(PromptAttemptReason.Fallback),
            RetryRate = With(PromptAttemptReason.Retry),
            BreachRate = Share(static call => call.Attempts.Any(static attempt => attempt.Outcome is PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch)),
            RejectionRate = Share(static call => call.Attempts.Any(static attempt => attempt.Outcome == PromptErrorCode.NotAccepted)),
            SubstituteRate = Share(static call => call.IsSubstituted),
            CacheRate = Share(static call => call.FromCache),
            RungRate = ofModels.Length == 0 ? 0 : (double)answers.Count(static call => call.Attempts.Any(static attempt => attempt is { Outcome: PromptErrorCode.None, Rungs.Count: > 0 })) / ofModels.Length,
            Agreement = agreements.Length == 0 ? null : agreements.Average(),
            Judged = scores.Length,
            Quality = scores.Length == 0 ? null : scores.Average(),
            Breaches =
            [
                .. calls.SelectMany(static call => call.Attempts).SelectMany(static attempt => attempt.Violations.Distinct())
                    .GroupBy(static pointer => pointer).Select(static pointer => new MemberBreaches(pointer.Key, pointer.Count()))
                    .OrderByDescending(static breaches => breaches.Answers).ThenBy(static breaches => breaches.Pointer, StringComparer.Ordinal),
            ],
        };

        double With(PromptAttemptReason reason) => Share(call => call.Attempts.Any(attempt => attempt.Reason == reason));

        double Share(Func<CallRecord, bool> has) => (double)calls.Count(has) / calls.Length;
    }

    /// <summary>The smallest time that so many are not above.</summary>
    private static TimeSpan? Percentile(TimeSpan[] sorted, decimal share) => sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
