using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Health;

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

    public static TheoryData<Action<ResilienceOptions>, Action<ResilienceOptions>> Edges => new()
    {
        { o => o.MaxRetries = 0, o => o.MaxRetries = -1 },
        { o => o.MaxRetries = 10, o => o.MaxRetries = 11 },
        { o => o.RetryDelay = TimeSpan.Zero, o => o.RetryDelay = new(-1) },
        { o => o.RetryDelay = TimeSpan.FromMinutes(1), o => o.RetryDelay = new(TimeSpan.TicksPerMinute + 1) },
        { o => o.MaxRetryAfter = TimeSpan.Zero, o => o.MaxRetryAfter = new(-1) },
        { o => o.MaxRetryAfter = TimeSpan.FromHours(1), o => o.MaxRetryAfter = new(TimeSpan.TicksPerHour + 1) },
        { o => o.QuotaCooldown = TimeSpan.Zero, o => o.QuotaCooldown = new(-1) },
        { o => o.QuotaCooldown = TimeSpan.FromDays(1), o => o.QuotaCooldown = new(TimeSpan.TicksPerDay + 1) },
        { o => o.FailureRatio = 0.01, o => o.FailureRatio = 0.0099 },
        { o => o.FailureRatio = 1, o => o.FailureRatio = 1.01 },
        { o => o.MinimumThroughput = 2, o => o.MinimumThroughput = 1 },
        { o => o.SamplingDuration = TimeSpan.FromSeconds(0.5), o => o.SamplingDuration = TimeSpan.FromSeconds(0.49) },
        { o => o.SamplingDuration = TimeSpan.FromDays(1), o => o.SamplingDuration = new(TimeSpan.TicksPerDay + 1) },
        { o => o.BreakDuration = TimeSpan.FromSeconds(0.5), o => o.BreakDuration = TimeSpan.FromSeconds(0.49) },
        { o => o.BreakDuration = TimeSpan.FromDays(1), o => o.BreakDuration = new(TimeSpan.TicksPerDay + 1) },
        { o => o.RetryBudget = 0, o => o.RetryBudget = -0.01 },
        { o => o.RetryBudget = 1, o => o.RetryBudget = 1.01 },
        { o => o.MinRetriesPerSecond = 0, o => o.MinRetriesPerSecond = -0.01 },
        { o => o.MinRetriesPerSecond = 10_000, o => o.MinRetriesPerSecond = 10_001 },
        { o => o.ContractFailureRatio = 0.01, o => o.ContractFailureRatio = 0.0099 },
        { o => o.ContractFailureRatio = 1, o => o.ContractFailureRatio = 1.01 },
        { o => o.ContractMinimumThroughput = 2, o => o.ContractMinimumThroughput = 1 },
        { o => o.ContractSamplingDuration = TimeSpan.FromSeconds(1), o => o.ContractSamplingDuration = TimeSpan.FromSeconds(0.99) },
        { o => o.ContractSamplingDuration = TimeSpan.FromDays(1), o => o.ContractSamplingDuration = new(TimeSpan.TicksPerDay + 1) },
        { o => o.ContractBreakDuration = TimeSpan.FromSeconds(1), o => o.ContractBreakDuration = TimeSpan.FromSeconds(0.99) },
        { o => o.ContractBreakDuration = TimeSpan.FromDays(1), o => o.ContractBreakDuration = new(TimeSpan.TicksPerDay + 1) },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void The_ends_of_a_range_belong_to_it(Action<ResilienceOptions> atTheEnd, Action<ResilienceOptions> beyond)
    {
        var options = new ResilienceOptions();

        atTheEnd(options);
        Assert.Throws<ArgumentOutOfRangeException>(() => beyond(options));
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new ResilienceOptions();

        Assert.Equal((2, 0.5, 5, 300), (options.MaxRetries, options.RetryDelay.TotalSeconds, options.MaxRetryAfter.TotalSeconds, options.QuotaCooldown.TotalSeconds));
        Assert.Equal((0.5, 5, 30, 10), (options.FailureRatio, options.MinimumThroughput, options.SamplingDuration.TotalSeconds, options.BreakDuration.TotalSeconds));
        Assert.Equal((0.2, 1), (options.RetryBudget, options.MinRetriesPerSecond));
        Assert.Equal(
            (0.8, 10, 120, 60),
            (options.ContractFailureRatio!.Value, options.ContractMinimumThroughput, options.ContractSamplingDuration.TotalSeconds, options.ContractBreakDuration.TotalSeconds));
        options.ContractFailureRatio = null;
        Assert.Null(options.ContractFailureRatio);
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
