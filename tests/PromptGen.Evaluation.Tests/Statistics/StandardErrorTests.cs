using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class StandardErrorTests
{
    [Fact]
    public void It_is_the_standard_deviation_over_the_root_of_the_number() =>
        Assert.Equal(Math.Sqrt(2.5) / Math.Sqrt(5), StandardError.OfMean([1, 2, 3, 4, 5]), 12);

    [Fact]
    public void With_one_value_per_cluster_it_is_that_of_independent_values()
    {
        double[] values = [0.3, 0.9, 0.1, 0.4, 1];

        Assert.Equal(StandardError.OfMean(values), StandardError.OfClusters(values, ["a", "b", "c", "d", "e"]), 12);
    }

    [Fact]
    public void Copies_of_a_value_in_its_cluster_add_nothing()
    {
        double[] values = [0.3, 0.9, 0.1, 0.4, 1];
        string[] clusters = ["a", "b", "c", "d", "e"];

        Assert.Equal(StandardError.OfMean(values), StandardError.OfClusters([.. values, .. values, .. values], [.. clusters, .. clusters, .. clusters]), 12);
    }

    [Fact]
    public void Intervals_of_clustered_scores_cover_the_true_mean_where_those_of_independent_ones_do_not()
    {
        var random = new Random(11);
        string[] clusters = [.. Enumerable.Range(0, 200).Select(static i => $"document {i / 10}")];
        int covered = 0, naive = 0;
        for (var run = 0; run < 2_000; run++)
        {
            double[] documents = [.. Normal.Samples(random, 0, 1).Take(20)];
            double[] values = [.. Enumerable.Range(0, 200).Select(i => documents[i / 10] + Normal.Sample(random, 0, 1))];
            covered += ConfidenceInterval.StudentT(values.Average(), StandardError.OfClusters(values, clusters), 19).Contains(0) ? 1 : 0;
            naive += ConfidenceInterval.StudentT(values.Average(), StandardError.OfMean(values), 199).Contains(0) ? 1 : 0;
        }

        Assert.InRange(covered / 2_000.0, 0.935, 0.965);
        Assert.InRange(naive / 2_000.0, 0, 0.75);
    }

    [Fact]
    public void A_missing_cluster_and_a_single_one_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => StandardError.OfClusters([1, 2], ["a", ""]));
        Assert.Throws<ArgumentException>(static () => StandardError.OfClusters([1, 2], ["a"]));
        Assert.Throws<ArgumentException>(static () => StandardError.OfClusters([1, 2], ["a", "a"]));
        Assert.Throws<ArgumentException>(static () => StandardError.OfMean([1]));
    }
}
