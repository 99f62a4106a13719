namespace PromptGen.Tests.Execution;

public class ResilienceOptionsTests
{
    [Fact]
    public void Values_outside_their_range_are_refused_where_they_are_set()
    {
        var options = new ResilienceOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRetries = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRetryAfter = TimeSpan.FromDays(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MinimumThroughput = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.BreakDuration = TimeSpan.FromSeconds(0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.SamplingDuration = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.FailureRatio = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.RetryBudget = 1.1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.RetryBudget = -0.1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MinRetriesPerSecond = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ContractFailureRatio = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ContractFailureRatio = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ContractMinimumThroughput = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ContractSamplingDuration = TimeSpan.FromSeconds(0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ContractBreakDuration = TimeSpan.FromDays(2));
        Assert.Equal(0.2, options.RetryBudget);
        Assert.Equal(0.8, options.ContractFailureRatio);
        Assert.Equal(2, options.MaxRetries);
        Assert.Equal(0.5, options.FailureRatio);
    }

    [Fact]
    public async Task Every_value_in_range_makes_a_working_pipeline()
    {
        using var desk = new Desk(static builder =>
        {
            builder.Resilience.MaxRetries = 10;
            builder.Resilience.RetryDelay = TimeSpan.Zero;
            builder.Resilience.FailureRatio = 0.01;
            builder.Resilience.MinimumThroughput = int.MaxValue;
            builder.Resilience.SamplingDuration = TimeSpan.FromDays(1);
            builder.Resilience.BreakDuration = TimeSpan.FromSeconds(0.5);
        });
        for (var i = 0; i < 10; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        }

        desk.Mini.Answers("""{"value":3}""");

        Assert.Equal(11, (await desk.AskAsync()).Attempts.Count);
    }
}
