namespace PromptGen.Evaluation.Tests.Runs;

/// <summary>Drawn runs that may end at each of their looks: how often they end wrongly, and how many items they save.</summary>
public sealed class EvaluationStoppingTests(ITestOutputHelper output)
{
    private const int Looks = 5;

    /// <summary>A route whose quality is the threshold is neither above nor below it: each verdict is an error, and all looks together make one in 5 % of all runs at most.</summary>
    [Theory]
    [InlineData(0.5, 200)]
    [InlineData(0.8, 200)]
    [InlineData(0.95, 200)]
    [InlineData(0.8, 50)]
    public void At_the_threshold_a_verdict_is_as_rare_as_its_confidence_says(double quality, int items)
    {
        const int Runs = 2_000;
        var random = new Random(4);
        var stopping = EvaluationStopping.AtThreshold(SequentialPlan.OBrienFleming(Looks), quality);

        var runs = Enumerable.Range(0, Runs).Select(_ => RunOf(stopping, items, [Passes(random, items, quality)])).ToArray();

        Report($"quality = threshold = {quality}, {items} items", runs, items);
        Assert.True(runs.Count(static run => run.Verdict != ComparisonVerdict.Undecided) <= MostOf(0.05, Runs));
    }

    [Theory]
    [InlineData(0.95, 0.8, ComparisonVerdict.Better)]
    [InlineData(0.6, 0.8, ComparisonVerdict.Worse)]
    public void Far_from_the_threshold_a_run_ends_early_with_the_right_verdict(double quality, double least, ComparisonVerdict verdict)
    {
        const int Runs = 500, Items = 200;
        var random = new Random(4);
        var stopping = EvaluationStopping.AtThreshold(SequentialPlan.OBrienFleming(Looks), least);

        var runs = Enumerable.Range(0, Runs).Select(_ => RunOf(stopping, Items, [Passes(random, Items, quality)])).ToArray();

        Report($"quality {quality}, threshold {least}, {Items} items", runs, Items);
        Assert.InRange(runs.Count(run => run.Verdict == verdict), 0.99 * Runs, Runs);
        Assert.InRange(runs.Average(static run => run.Items), 0, 0.6 * Items);
    }

    /// <summary>Scores between 0 and 1, some of which are equal: the share of three members that are right.</summary>
    [Fact]
    public void Scores_between_0_and_1_keep_the_confidence_too()
    {
        const int Runs = 2_000, Items = 100;
        var random = new Random(4);
        var stopping = EvaluationStopping.AtThreshold(SequentialPlan.OBrienFleming(Looks), 0.8);

        var runs = Enumerable.Range(0, Runs).Select(_ => RunOf(stopping, Items, [Scores(Items, _ => Enumerable.Range(0, 3).Count(_ => random.NextDouble() < 0.8) / 3.0)])).ToArray();

        Report("scores with a mean at the threshold", runs, Items);
        Assert.True(runs.Count(static run => run.Verdict != ComparisonVerdict.Undecided) <= MostOf(0.05, Runs));
    }

    [Fact]
    public void Equally_good_arms_are_distinguished_in_5_percent_of_all_runs_at_most()
    {
        const int Runs = 1_000, Items = 200;
        var random = new Random(4);
        var stopping = EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(Looks));

        var runs = Enumerable.Range(0, Runs).Select(_ => RunOf(stopping, Items, Arms(random, Items, 0.1, 0.1))).ToArray();

        Report("equally good arms", runs, Items);
        Assert.True(runs.Count(static run => run.IsDecided) <= MostOf(0.05, Runs));
    }

    /// <summary>An arm that is worse by just the margin must not be called not inferior: one bound of the interval, and so half of the error.</summary>
    [Fact]
    public void An_arm_that_is_worse_by_the_margin_is_rarely_called_not_inferior()
    {
        const int Runs = 1_000, Items = 200;
        const double Margin = 0.05;
        var random = new Random(4);
        var stopping = EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(Looks), Margin);

        var runs = Enumerable.Range(0, Runs).Select(_ => RunOf(stopping, Items, Arms(random, Items, 0.1 + Margin, 0.1))).ToArray();

        Report("worse by the margin", runs, Items);
        Assert.True(runs.Count(static run => run is { IsDecided: true, Verdict: not ComparisonVerdict.Worse }) <= MostOf(0.025, Runs));
    }

    [Fact]
    public void A_better_arm_ends_a_comparison_early()
    {
        const int Runs = 300, Items = 200;
        var random = new Random(4);
        var stopping = EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(Looks), 0.05);

        var runs = Enumerable.Range(0, Runs).Select(_ => RunOf(stopping, Items, Arms(random, Items, 0.05, 0.3))).ToArray();

        Report("better by 25 points", runs, Items);
        Assert.All(runs, static run => Assert.True(run.IsDecided));
        Assert.InRange(runs.Average(static run => run.Items), 0, 0.6 * Items);
    }

    /// <summary>The first scores may be equal by chance; that says nothing about how much the others differ.</summary>
    [Fact]
    public void Equal_scores_decide_nothing()
    {
        var stopping = EvaluationStopping.AtThreshold(SequentialPlan.OBrienFleming(2), 0.4);
        var comparison = EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(2), 0.1);
        var scores = Scores(10, static _ => 0.5);

        Assert.False(stopping.LookAt(1, [scores]).IsDecided);
        Assert.False(comparison.LookAt(1, [scores, scores]).IsDecided);
        Assert.False(comparison.LookAt(1, [Scores(0, static _ => 0), scores]).IsDecided);
    }

    [Fact]
    public void A_rule_that_cannot_hold_is_refused()
    {
        var plan = SequentialPlan.OBrienFleming(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationStopping.AtThreshold(plan, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationStopping.OfComparison(plan, 0));
    }

    /// <summary>The look at which a run ends.</summary>
    private static EvaluationLook RunOf(EvaluationStopping stopping, int items, ModelScore[] arms)
    {
        EvaluationLook look;
        var number = 0;
        do
        {
            number++;
            look = stopping.LookAt(number, [.. arms.Select(arm => Part(arm, items * number / Looks))]);
        }
        while (number < Looks && !look.IsDecided);

        return look;

        static ModelScore Part(ModelScore arm, int end) => arm with { Items = [.. arm.Items.Take(end)] };
    }

    private static ModelScore Passes(Random random, int items, double quality) => Scores(items, _ => random.NextDouble() < quality ? 1 : 0);

    private static ModelScore Scores(int items, Func<int, double> score)
    {
        ScoredItem[] scored = [.. Enumerable.Range(0, items).Select(i => new ScoredItem($"{i}", score(i)))];
        return new("arm", scored, new(items, double.NaN, null));
    }

    /// <summary>Two arms, and how many of the items only one of them passes.</summary>
    private static ModelScore[] Arms(Random random, int items, double onlyFirst, double onlySecond)
    {
        var draws = Enumerable.Range(0, items).Select(_ => random.NextDouble()).ToArray();
        return [Scores(items, i => draws[i] < onlyFirst ? 1 : draws[i] < onlyFirst + onlySecond ? 0 : 1), Scores(items, i => draws[i] < onlyFirst ? 0 : 1)];
    }

    /// <summary>A share of all runs, and three standard errors of it.</summary>
    private static double MostOf(double share, int runs) => (share * runs) + (3 * Math.Sqrt(share * (1 - share) * runs));

    private void Report(string what, IReadOnlyCollection<EvaluationLook> runs, int items) => output.WriteLine(
        $"{what}: {string.Join(", ", runs.GroupBy(static run => (run.Verdict, run.IsDecided)).Select(group => $"{group.Key.Verdict}{(group.Key.IsDecided ? "" : " (not decided)")} {group.Count() / (double)runs.Count:P1}"))}; {1 - (runs.Average(static run => run.Items) / items):P0} of the items saved");
}
