namespace PromptGen.Evaluation.Tests.Statistics;

public sealed class RepeatedAttemptsTests
{
    [Theory]
    [InlineData(5, 2, 1, 0.4, 0.4)]
    [InlineData(5, 2, 2, 0.7, 0.1)]
    [InlineData(5, 2, 4, 1, 0)]
    [InlineData(5, 0, 3, 0, 0)]
    [InlineData(5, 5, 5, 1, 1)]
    public void By_hand(int attempts, int passes, int k, double any, double all)
    {
        Assert.Equal(any, RepeatedAttempts.AnyOf(attempts, passes, k), 12);
        Assert.Equal(all, RepeatedAttempts.AllOf(attempts, passes, k), 12);
    }

    [Fact]
    public void Many_attempts_do_not_overflow()
    {
        Assert.Equal(1 - Math.Pow(0.5, 100), RepeatedAttempts.AnyOf(1_000_000, 500_000, 100), 6);
        Assert.Equal(Math.Pow(0.9, 10), RepeatedAttempts.AllOf(1_000_000, 900_000, 10), 5);
    }

    /// <summary>The mean over many items is the true probability, although only 8 attempts were made at each.</summary>
    [Fact]
    public void The_estimates_are_unbiased()
    {
        var random = new Random(9);
        int[] passes = [.. Enumerable.Range(0, 40_000).Select(_ => Enumerable.Range(0, 8).Count(_ => random.NextDouble() < 0.3))];

        Assert.Equal(1 - Math.Pow(0.7, 4), passes.Average(static count => RepeatedAttempts.AnyOf(8, count, 4)), 0.01);
        Assert.Equal(Math.Pow(0.3, 3), passes.Average(static count => RepeatedAttempts.AllOf(8, count, 3)), 0.005);
    }

    [Fact]
    public void More_than_the_attempts_made_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => RepeatedAttempts.AnyOf(3, 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(static () => RepeatedAttempts.AllOf(3, 4, 1));
    }
}
