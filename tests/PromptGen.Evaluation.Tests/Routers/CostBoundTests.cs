namespace PromptGen.Evaluation.Tests.Routers;

public sealed class CostBoundTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(1_000)]
    public void The_bound_holds_as_often_as_it_says(int count)
    {
        // Scores are evenly distributed, so that the threshold itself is the share of the calls below it.
        const int Splits = 2_000;
        var random = new Shuffler(7);

        var held = Enumerable.Range(0, Splits).Count(_ => CostBound.Threshold([.. Enumerable.Range(0, count).Select(_ => random.NextDouble())], 0.3, 0.9) <= 0.3);

        Assert.InRange((double)held / Splits, 0.88, 0.98);
    }

    [Fact]
    public void The_threshold_uses_most_of_the_bound()
    {
        double[] scores = [.. Enumerable.Range(0, 10_000).Select(static i => i / 10_000.0)];

        Assert.InRange(CostBound.Threshold(scores, 0.3), 0.285, 0.3);
    }

    [Fact]
    public void Too_few_scores_send_no_call_up()
    {
        Assert.Equal(0, CostBound.Threshold([], 0.5));
        Assert.Equal(0, CostBound.Threshold([0.2, 0.4], 0.1));
        Assert.Equal(0, CostBound.Threshold([0.2, 0.4], 0));
        Assert.Equal(1, CostBound.Threshold([0.2], 1));
    }

    [Theory]
    [InlineData(-0.1, 0.9)]
    [InlineData(double.NaN, 0.9)]
    [InlineData(0.5, 1)]
    [InlineData(0.5, 0)]
    public void Numbers_out_of_range_are_refused(double share, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CostBound.Threshold([0.5], share, confidence));

    /// <summary>Over 100 splits of published data: on the half that did not choose the threshold, as many calls go up as were stated, give or take what the half itself varies.</summary>
    [SharedDataFact("routellm/mmlu.csv.gz")]
    public void A_stated_cost_holds_on_the_other_half()
    {
        var examples = RouterExamples.Read(SharedData.Find("routellm/mmlu.csv.gz"));
        var order = new Shuffler(1).Shuffle(examples.Count);
        var router = RouterTrainer.Train([.. order[..1000].Select(i => examples[i])], new RouterTraining { Date = new DateOnly(2026, 11, 30) }).Router;
        var scores = order[1000..].Select(i => router.Score(examples[i].Task, examples[i].Input)).ToArray();

        var shares = Enumerable.Range(1, 100).Select(split =>
        {
            var half = new Shuffler((ulong)split).Shuffle(scores.Length);
            var threshold = CostBound.Threshold([.. half[..(scores.Length / 2)].Select(i => scores[i])], 0.4);
            return half[(scores.Length / 2)..].Average(i => scores[i] < threshold ? 1.0 : 0);
        }).ToArray();

        Assert.True(shares.Average() < 0.4, $"{shares.Average()}");
        Assert.True(shares.Count(static share => share > 0.4) <= 25, $"{shares.Count(static share => share > 0.4)} above");
        Assert.True(shares.Max() < 0.4 + (4 * Math.Sqrt(0.24 / (scores.Length / 2))), $"{shares.Max()}");
    }
}
