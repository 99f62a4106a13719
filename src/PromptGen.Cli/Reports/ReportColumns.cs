using System.Globalization;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Reports;

/// <summary>The columns of a report: what people read, and what programs do.</summary>
internal static class ReportColumns
{
    /// <summary>What the calls cost and how long they took.</summary>
    public static IReadOnlyList<ReportColumn<CallKpis>> CostAndTime { get; } =
    [
        new("Calls", "calls", static group => Figures.Number(group.Calls), static group => group.Calls),
        Rate("Answered", "answer_rate", static group => (double)group.Answers / group.Calls),
        new("Requests", "attempts", static group => Figures.Number(group.Attempts), static group => group.Attempts),
        new("Cost", "cost_usd", static group => Figures.Cost(group.CostUsd, group.IsCostComplete), static group => group.CostUsd),
        new("Per answer", "cost_per_answer_usd", static group => Figures.Cost(group.CostPerAnswerUsd, group.IsCostComplete), static group => group.CostPerAnswerUsd),
        new("Saved", "saved_usd", static group => Figures.Cost(group.SavedUsd, group.IsSavedComplete), static group => group.SavedUsd),
        new("p50", "p50_seconds", static group => Figures.Time(group.P50), static group => group.P50?.TotalSeconds),
        new("p95", "p95_seconds", static group => Figures.Time(group.P95), static group => group.P95?.TotalSeconds),
        new("p99", "p99_seconds", static group => Figures.Time(group.P99), static group => group.P99?.TotalSeconds),
    ];

    /// <summary>Who answered.</summary>
    public static IReadOnlyList<ReportColumn<CallKpis>> Route { get; } =
    [
        Tier("Fast", PromptGen.Tier.Fast),
        Tier("General", PromptGen.Tier.General),
        Tier("Deep", PromptGen.Tier.Deep),
        Tier("Self-hosted", PromptGen.Tier.SelfHosted),
        Rate("Escalated", "escalation_rate", static group => group.EscalationRate),
        Rate("Fallback", "fallback_rate", static group => group.FallbackRate),
        Rate("Retried", "retry_rate", static group => group.RetryRate),
        Rate("Cache", "cache_rate", static group => group.CacheRate),
        Rate("Substitute", "substitute_rate", static group => group.SubstituteRate),
    ];

    /// <summary>How good the answers were.</summary>
    public static IReadOnlyList<ReportColumn<CallKpis>> Answers { get; } =
    [
        Rate("Broken", "breach_rate", static group => group.BreachRate),
        Rate("Repaired", "repair_rate", static group => group.RepairRate),
        Rate("Rungs", "rung_rate", static group => group.RungRate),
        Rate("Rejected", "rejection_rate", static group => group.RejectionRate),
        Rate("Agreement", "agreement", static group => group.Agreement),
        new("Judged", "judged", static group => Figures.Number(group.Judged), static group => group.Judged),
        Rate("Quality", "quality", static group => group.Quality),
    ];

    /// <summary>What the requests to the models have cost that were asked.</summary>
    public static IReadOnlyList<ReportColumn<ModelSpending>> Spending { get; } =
    [
        Count("Requests", "requests", static model => model.Requests),
        Count("Accepted", "accepted", static model => model.Accepted),
        Count("Input", "input_tokens", static model => model.InputTokens),
        Count("Cached", "cached_input_tokens", static model => model.CachedInputTokens),
        Count("Output", "output_tokens", static model => model.OutputTokens),
        new("Cost", "cost_usd", static model => Figures.Cost(model.CostUsd, model.IsCostComplete), static model => model.CostUsd),
    ];

    private static ReportColumn<ModelSpending> Count(string title, string name, Func<ModelSpending, long> count) => new(title, name, model => Figures.Number(count(model)), model => count(model));

    private static ReportColumn<CallKpis> Tier(string title, Tier tier) => Rate(title, title.ToLowerInvariant().Replace('-', '_') + "_share", group => group.TierShares.GetValueOrDefault(tier));

    private static ReportColumn<CallKpis> Rate(string title, string name, Func<CallKpis, double?> rate) => new(title, name, group => Figures.Percent(rate(group)), rate);
}

/// <summary>One column.</summary>
/// <param name="Title">Its heading for people.</param>
/// <param name="Name">Its name for programs.</param>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Text">The figure of a row for people.</param>
/// <param name="Value">The figure of a row for programs; null = there is none.</param>
internal sealed record ReportColumn<T>(string Title, string Name, Func<T, string> Text, Func<T, double?> Value)
{
    /// <summary>Whether it is aligned as a text.</summary>
    public bool IsText { get; init; }

    public string Invariant(T row) => Value(row) is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
