namespace PromptGen.Evaluation;

/// <summary>The score of an arm over the items that were asked.</summary>
internal static class ArmScore
{
    /// <param name="set">The items.</param>
    /// <param name="arm">What the arm has measured.</param>
    /// <param name="asked">The ids of the items that count.</param>
    public static ModelScore Of(EvaluationSet set, ArmRun arm, IReadOnlySet<string> asked)
    {
        EvaluationResult[] results = [.. arm.Results.Where(result => asked.Contains(result.Item))];
        BrokenMeasurement[] broken = [.. arm.Broken.Where(one => asked.Contains(one.Item))];
        var scores = results.ToLookup(static result => result.Item, static result => result.Score, StringComparer.Ordinal);
        var missing = broken.ToLookup(static one => one.Item, StringComparer.Ordinal);
        EvaluationItem[] measured = [.. set.Items.Where(item => scores.Contains(item.Id))];
        ScoredItem[] items = [.. measured.Select(item => Scored(item, scores[item.Id]))];
        double[] seconds = [.. results.Where(static result => result.Seconds is not null).Select(static result => result.Seconds!.Value)];
        return new(
            arm.Arm.Name,
            items,
            ScoreSummary.Of(items),
            results.Count(static result => result.Outcome != PromptErrorCode.None),
            asked.Count(id => !scores.Contains(id) && !missing.Contains(id)))
        {
            Broken = broken.Length,
            Problem = broken.Length > 0 ? broken[0].Problem : null,
            LowestMean = MeanIf(0),
            HighestMean = MeanIf(1),
            CostUsd = MeanCostOf(results),
            P95Seconds = seconds.Length > 0 ? MathNet.Numerics.Statistics.Statistics.Quantile(seconds, 0.95) : null,
            IsRoute = arm.Arm.ModelId is null,
        };

        // The mean where every broken measurement had this score.
        double MeanIf(double score) => broken.Length == 0
            ? ScoreSummary.Of(items).Mean
            : ScoreSummary.Of([.. set.Items.Where(item => scores.Contains(item.Id) || missing.Contains(item.Id)).Select(item => Scored(item, scores[item.Id].Concat(missing[item.Id].Select(_ => score))))]).Mean;
    }

    /// <summary>What a call has cost; null unless the cost of every one is known.</summary>
    public static decimal? MeanCostOf(IReadOnlyCollection<EvaluationResult> results) =>
        results.Count > 0 && results.All(static result => result.Cost.IsComplete) ? results.Average(static result => result.Cost.Usd) : null;

    private static ScoredItem Scored(EvaluationItem item, IEnumerable<double> scores) =>
        ScoredItem.OfAttempts(item.Id, [.. scores], item.Slice, item.Cluster) with { Weight = item.Weight };
}
