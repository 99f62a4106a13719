using System.Text.Json.Serialization;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Reports;

/// <summary>The key figures that a report shows.</summary>
/// <param name="By">What the calls are grouped by.</param>
/// <param name="Groups">The groups, by key.</param>
/// <param name="Days">All of the calls by day.</param>
/// <param name="Spending">What was spent in each group on each model that was asked.</param>
internal sealed record Report(KpiGroup By, IReadOnlyList<CallKpis> Groups, IReadOnlyList<CallKpis> Days, IReadOnlyList<ModelSpending> Spending)
{
    public long Calls => Groups.Sum(static group => group.Calls);

    /// <summary>What the calls have cost, as far as that is known.</summary>
    public double CostUsd => Groups.Sum(static group => group.CostUsd);

    /// <summary>Whether that is all they have cost.</summary>
    public bool IsCostComplete => Groups.All(static group => group.IsCostComplete);

    public double SavedUsd => Groups.Sum(static group => group.SavedUsd);

    public bool IsSavedComplete => Groups.All(static group => group.IsSavedComplete);

    /// <summary>The same over all groups: one row for each model that was asked, the most expensive first.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelSpending> Asked { get; } =
    [
        .. Spending.GroupBy(static row => row.ModelId).Select(static model => new ModelSpending
        {
            Key = "all",
            ModelId = model.Key,
            Requests = model.Sum(static row => row.Requests),
            Accepted = model.Sum(static row => row.Accepted),
            InputTokens = model.Sum(static row => row.InputTokens),
            CachedInputTokens = model.Sum(static row => row.CachedInputTokens),
            OutputTokens = model.Sum(static row => row.OutputTokens),
            CostUsd = model.Sum(static row => row.CostUsd),
            IsCostComplete = model.All(static row => row.IsCostComplete),
        }).OrderByDescending(static model => model.CostUsd).ThenBy(static model => model.ModelId, StringComparer.Ordinal),
    ];

    /// <summary>Calls, cost and what was saved, in one sentence without its end.</summary>
    public string Summary() =>
        $"{Figures.Count(Calls, "call")}, {Figures.Cost(CostUsd, IsCostComplete)}{(IsCostComplete ? "" : " (the usage or the price of some requests is unknown)")}"
        + (SavedUsd > 0 || !IsSavedComplete ? $", {Figures.Cost(SavedUsd, IsSavedComplete)} saved by the cache" : "");
}
