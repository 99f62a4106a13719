namespace PromptGen.Cli.Reports;

/// <summary>The key figures that a report shows.</summary>
/// <param name="By">What the calls are grouped by.</param>
/// <param name="Groups">The groups, by key.</param>
/// <param name="Days">All of the calls by day.</param>
internal sealed record Report(KpiGroup By, IReadOnlyList<CallKpis> Groups, IReadOnlyList<CallKpis> Days)
{
    public long Calls => Groups.Sum(static group => group.Calls);

    public double CostUsd => Groups.Sum(static group => group.CostUsd);

    public double SavedUsd => Groups.Sum(static group => group.SavedUsd);
}
