namespace PromptGen.Evaluation.Tests.Comparisons;

public sealed class RunComparisonTests(ITestOutputHelper output)
{
    private const string Prime = "llmdrift/PRIME_FULL_EVAL.csv.gz";

    private static readonly Lazy<RecordedAnswers> Drift = new(static () => RecordedAnswers.Open(SharedData.Find(Prime)));

    /// <summary>The same questions to GPT-4 in March and June 2023: 84.0 % and 51.1 % right, as published (L. Chen et al., arXiv 2307.09009).</summary>
    [SharedDataFact(Prime)]
    public void The_drop_of_Gpt4_is_found_and_the_primes_are_named()
    {
        var comparison = RunComparison.Of(Scores("openaichat/gpt-4-0314"), Scores("openaichat/gpt-4-0613"), margin: 0.02);

        Assert.Equal((0.840, 0.511), (Math.Round(comparison.BaseMean, 3), Math.Round(comparison.CandidateMean, 3)));
        Assert.Equal(ComparisonVerdict.Worse, comparison.Verdict);
        Assert.InRange(comparison.Difference.PValue, 0, 1e-40);
        Assert.Equal(["prime"], comparison.Slices.Where(static slice => slice.Verdict == ComparisonVerdict.Worse).Select(static slice => slice.Category));
        Assert.True(comparison.IsRegression);
    }

    [SharedDataFact(Prime)]
    public void The_rise_of_Gpt35_is_found() =>
        Assert.Equal(ComparisonVerdict.Better, RunComparison.Of(Scores("openaichat/gpt-3.5-turbo-0301"), Scores("openaichat/gpt-3.5-turbo-0613"), margin: 0.02).Verdict);

    /// <summary>
    /// Runs of one distribution: of each question, the answers of both months change places by chance. The exact test finds a difference in at most 5 %, a little less because the counts are whole numbers.
    /// </summary>
    [SharedDataTheory(Prime)]
    [InlineData("openaichat/gpt-4-0314", "openaichat/gpt-4-0613")]
    [InlineData("openaichat/gpt-3.5-turbo-0301", "openaichat/gpt-3.5-turbo-0613")]
    public void Answers_that_change_places_by_chance_are_noise_at_the_nominal_rate(string march, string june)
    {
        var (first, second) = (Scores(march), Scores(june));
        var random = new Random(17);
        var found = Count(() =>
        {
            var swaps = first.Select(_ => random.Next(2) == 1).ToArray();
            return ([.. first.Select((item, i) => swaps[i] ? second[i] : item)], [.. second.Select((item, i) => swaps[i] ? first[i] : item)]);
        });

        Assert.InRange(found, 25, 64);
    }

    /// <summary>Two halves of the answers of one model, drawn by chance and paired in the order in which they were drawn.</summary>
    [SharedDataTheory(Prime)]
    [InlineData("openaichat/gpt-4-0314")]
    [InlineData("openaichat/gpt-3.5-turbo-0613")]
    public void Halves_of_the_answers_of_one_model_are_noise_at_the_nominal_rate(string model)
    {
        var scores = Scores(model);
        var random = new Random(23);
        var found = Count(() =>
        {
            var drawn = scores.Select(static item => item.Score).ToArray();
            random.Shuffle(drawn);
            return (Numbered(drawn[..500]), Numbered(drawn[500..]));
        });

        Assert.InRange(found, 25, 64);

        static ScoredItem[] Numbered(double[] half) => [.. half.Select(static (score, i) => new ScoredItem($"{i}", score))];
    }

    [Fact]
    public void The_order_of_the_items_does_not_matter()
    {
        ScoredItem[] first = [new("a", 1), new("b", 0), new("c", 1)];
        var comparison = RunComparison.Of(first, [new("c", 0), new("a", 1), new("b", 1)]);

        Assert.Equal((1, 0.0), (comparison.Better, comparison.Difference.Mean));
        Assert.Equal(["c"], comparison.Worse);
        Assert.Equal(ComparisonVerdict.Undecided, comparison.Verdict);
    }

    [Fact]
    public void Slices_are_corrected_for_their_number()
    {
        // In each of ten categories, 12 items got worse and 2 better: p = 0.013 alone, 0.13 corrected.
        var items = Enumerable.Range(0, 500).Select(static i => (Id: $"{i}", Category: $"category {i % 10}", Number: i / 10)).ToArray();
        var comparison = RunComparison.Of(
            [.. items.Select(static item => new ScoredItem(item.Id, item.Number is < 12 or > 20 ? 1 : 0, item.Category))],
            [.. items.Select(static item => new ScoredItem(item.Id, item.Number is 12 or 13 or > 20 ? 1 : 0, item.Category))]);

        Assert.Equal(10, comparison.Slices.Count);
        Assert.All(comparison.Slices, static slice => Assert.Equal(10 * McNemarTest.Exact(12, 2), slice.Difference.PValue, 12));
        Assert.All(comparison.Slices, static slice => Assert.Equal(ComparisonVerdict.Undecided, slice.Verdict));
        Assert.Equal(ComparisonVerdict.Worse, comparison.Verdict);
    }

    [Fact]
    public void Items_of_clusters_are_compared_with_clustered_errors()
    {
        ScoredItem[] Items(Func<int, double> score) => [.. Enumerable.Range(0, 200).Select(i => new ScoredItem($"{i}", score(i), null, $"document {i / 50}"))];
        var first = Items(static _ => 1);
        var second = Items(static i => i < 30 ? 0 : 1);

        Assert.Equal(ComparisonVerdict.Undecided, RunComparison.Of(first, second).Verdict);
        Assert.Equal(ComparisonVerdict.Worse, RunComparison.Of([.. first.Select(static item => item with { Cluster = null })], second).Verdict);
    }

    [Fact]
    public void The_smallest_detectable_difference_is_reported()
    {
        ScoredItem[] Items(Func<int, double> score) => [.. Enumerable.Range(0, 400).Select(i => new ScoredItem($"{i}", score(i)))];

        Assert.Equal(DetectableDifference.OfPasses(400, 0.1), RunComparison.Of(Items(static _ => 1), Items(static i => i % 10 == 0 ? 0 : 1)).SmallestDetectable);
        Assert.Null(RunComparison.Of(Items(static _ => 1), Items(static _ => 1)).SmallestDetectable);
        Assert.InRange(RunComparison.Of(Items(static _ => 0.5), Items(static i => i % 2 / 2.0)).SmallestDetectable!.Value, 0.034, 0.036);
    }

    [Fact]
    public void Runs_with_different_items_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => RunComparison.Of([], []));
        Assert.Throws<ArgumentException>(static () => RunComparison.Of([new("a", 1)], [new("b", 1)]));
        Assert.Throws<ArgumentException>(static () => RunComparison.Of([new("a", 1)], [new("a", 1), new("b", 1)]));
        Assert.Throws<ArgumentException>(static () => RunComparison.Of([new("a", 1), new("a", 1)], [new("a", 1), new("b", 1)]));
        Assert.Throws<ArgumentException>(static () => RunComparison.Of([new("a", 1)], [new("a", 1), new("a", 1)]));
    }

    private static ScoredItem[] Scores(string model) => [.. ModelScore.Of(Drift.Value, model, AnswerMetric.Choice(["yes", "no"])).Items];

    /// <summary>In how many of 1,000 resamplings a difference is called real.</summary>
    private int Count(Func<(ScoredItem[] Base, ScoredItem[] Candidate)> draw)
    {
        var found = Enumerable.Range(0, 1_000).Count(_ =>
        {
            var (first, second) = draw();
            return RunComparison.Of([.. first.Select(static item => item with { Category = null })], second).Verdict is ComparisonVerdict.Better or ComparisonVerdict.Worse;
        });
        output.WriteLine($"{found} of 1,000");
        return found;
    }
}
