namespace PromptGen.Evaluation;

/// <summary>What k attempts at each item achieve, estimated without bias from at least k of them: <see cref="RepeatedAttempts"/>.</summary>
/// <param name="K">How many attempts.</param>
/// <param name="Any">pass@k: the share of items of which at least one of k attempts passes.</param>
/// <param name="All">pass^k: the share of items of which all of k attempts pass.</param>
public sealed record PassAt(int K, ScoreSummary Any, ScoreSummary All)
{
    /// <summary>Estimates both from items that were asked several times.</summary>
    /// <param name="items">The scores. Items with fewer than <paramref name="k"/> attempts, and those whose attempts neither pass nor fail, are left out.</param>
    /// <param name="k">At least 1.</param>
    /// <returns>The estimate; null where no item is left.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public static PassAt? Of(IReadOnlyList<ScoredItem> items, int k)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ScoredItem[] usable = [.. items.Where(item => item.Passes is not null && item.Attempts >= k)];
        return usable.Length == 0 ? null : new(k, SummaryOf(RepeatedAttempts.AnyOf), SummaryOf(RepeatedAttempts.AllOf));

        ScoreSummary SummaryOf(Func<int, int, int, double> estimate) => ScoreSummary.Of([.. usable.Select(item => item with { Score = estimate(item.Attempts, item.Passes!.Value, k) })]);
    }
}
