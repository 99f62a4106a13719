namespace PromptGen.Sqlite.Kpis;

/// <summary>What is counted and summed up of a group of calls: all that rates, means and their tests need.</summary>
internal sealed class KpiSums
{
    public required string Key { get; init; }

    public long Calls { get; init; }

    public long Answers { get; init; }

    public long ModelAnswers { get; init; }

    public long Attempts { get; init; }

    public double CostUsd { get; init; }

    public double FullCostUsd { get; init; }

    public double FullCostSquared { get; init; }

    public bool IsCostComplete { get; init; }

    public double SavedUsd { get; init; }

    public double AnswerSeconds { get; init; }

    public double AnswerSecondsSquared { get; init; }

    public long Escalated { get; init; }

    public long Repaired { get; init; }

    public long FellBack { get; init; }

    public long Retried { get; init; }

    public long Broken { get; init; }

    public long Rejected { get; init; }

    public long Substituted { get; init; }

    public long FromCache { get; init; }

    public long WithRungs { get; init; }

    public double? Agreement { get; init; }

    public required IReadOnlyDictionary<Tier, long> Tiers { get; init; }
}
