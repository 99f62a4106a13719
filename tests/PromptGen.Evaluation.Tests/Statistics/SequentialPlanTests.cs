namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class SequentialPlanTests
{
    /// <summary>C. Jennison, B. W. Turnbull, Group sequential methods (2000), tables 2.1 and 2.3, for α = 0.05.</summary>
    [Theory]
    [InlineData(1, 1.960, 1.960)]
    [InlineData(2, 2.178, 1.977)]
    [InlineData(3, 2.289, 2.004)]
    [InlineData(5, 2.413, 2.040)]
    [InlineData(10, 2.555, 2.087)]
    public void The_critical_values_are_the_published_ones(int looks, double pocock, double last)
    {
        Assert.All(SequentialPlan.Pocock(looks).CriticalValues, value => Assert.Equal(pocock, value, 3));

        var falling = SequentialPlan.OBrienFleming(looks).CriticalValues;
        Assert.Equal(last, falling[^1], 3);
        Assert.Equal(falling[^1] * Math.Sqrt(looks), falling[0], 9);
    }

    [Fact]
    public void Models_that_are_equally_good_are_distinguished_in_5_percent_of_all_runs_although_each_is_looked_at_five_times()
    {
        var (corrected, single) = (SequentialPlan.Pocock(5), SequentialPlan.Pocock(1));
        var random = new Random(4);
        int found = 0, uncorrected = 0;
        for (var run = 0; run < 3_000; run++)
        {
            var counts = Run(random, 0.15, 0.15);
            found += Enumerable.Range(1, 5).Any(look => IsDecided(corrected.Decide(look, counts[look - 1].Base, counts[look - 1].Candidate, look * 200))) ? 1 : 0;
            uncorrected += counts.Select((count, i) => (count, i)).Any(pair => IsDecided(single.Decide(1, pair.count.Base, pair.count.Candidate, (pair.i + 1) * 200))) ? 1 : 0;
        }

        Assert.InRange(found / 3_000.0, 0.038, 0.062);
        Assert.InRange(uncorrected / 3_000.0, 0.11, 0.18);
    }

    [Fact]
    public void A_large_difference_ends_a_comparison_early()
    {
        var plan = SequentialPlan.OBrienFleming(5);
        var random = new Random(4);
        var stops = Enumerable.Range(0, 500).Select(_ =>
        {
            var counts = Run(random, 0.08, 0.20);
            return Enumerable.Range(1, 5).FirstOrDefault(look => plan.Decide(look, counts[look - 1].Base, counts[look - 1].Candidate, look * 200) == ComparisonVerdict.Better);
        }).ToArray();

        Assert.DoesNotContain(0, stops);
        Assert.InRange(stops.Average(), 1, 3);
    }

    [Fact]
    public void A_comparison_also_ends_where_its_interval_lies_inside_the_margin()
    {
        var plan = SequentialPlan.OBrienFleming(2);

        Assert.Equal(ComparisonVerdict.Equal, plan.Decide(2, 20, 20, 2_000, margin: 0.02));
        Assert.Equal(ComparisonVerdict.Undecided, plan.Decide(1, 20, 20, 400, margin: 0.02));
        Assert.Equal(ComparisonVerdict.Worse, plan.Decide(2, mean: -0.5, standardError: 0.1, margin: 0.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Decide(3, 0, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SequentialPlan.Pocock(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SequentialPlan.Pocock(SequentialPlan.MaxLooks + 1));
    }

    [Fact]
    public void The_confidence_of_a_look_is_that_of_its_critical_value()
    {
        var plan = SequentialPlan.OBrienFleming(4);

        Assert.Equal(0.95, SequentialPlan.OBrienFleming(1).ConfidenceAt(1), 6);
        double[] expected = [0.99995, 0.9958, 0.9806, 0.9571];
        Assert.All(expected, (confidence, i) => Assert.Equal(confidence, plan.ConfidenceAt(i + 1), 0.0002));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ConfidenceAt(5));
    }

    private static bool IsDecided(ComparisonVerdict verdict) => verdict != ComparisonVerdict.Undecided;

    /// <summary>Items of five times 200 that only one of the two passes, as they add up.</summary>
    private static (int Base, int Candidate)[] Run(Random random, double onlyBase, double onlyCandidate)
    {
        var counts = new (int Base, int Candidate)[5];
        var (first, second) = (0, 0);
        for (var item = 0; item < 1_000; item++)
        {
            var draw = random.NextDouble();
            first += draw < onlyBase ? 1 : 0;
            second += draw >= onlyBase && draw < onlyBase + onlyCandidate ? 1 : 0;
            counts[item / 200] = (first, second);
        }

        return counts;
    }
}
