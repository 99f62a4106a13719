using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.Health;

public sealed class LearnedLimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_limit_that_the_provider_names_applies_and_counts_what_was_sent_afterwards()
    {
        var limit = RateLimits.Create(new ProviderRate(_clock));
        Assert.False(limit.IsLimited);

        limit.Learn(Requests(2, null, null));

        Assert.True(limit.IsLimited);
        Assert.True(limit.TryAcquire(1, out _));
        Assert.True(limit.TryAcquire(1, out _));
        Assert.Equal(Minute, limit.WaitFor(1));
    }

    [Theory]
    [InlineData(1, 5, 1)]
    [InlineData(5, 1, 1)]
    [InlineData(null, 2, 2)]
    [InlineData(2, null, 2)]
    public void Of_the_configured_and_the_learned_limit_the_lower_one_counts(int? configured, int? learned, int admitted)
    {
        var limit = RateLimits.Create(new ProviderRate(_clock), configured);
        limit.Learn(Requests(learned, null, null));

        Assert.All(Enumerable.Range(0, admitted), _ => Assert.True(limit.TryAcquire(1, out var _)));
        Assert.False(limit.TryAcquire(1, out _));
    }

    [Fact]
    public void What_other_programs_take_counts_until_the_limit_resets()
    {
        var limit = RateLimits.Create(new ProviderRate(_clock), 100);
        Assert.True(limit.TryAcquire(1, out _));
        limit.Learn(Requests(100, 1, TimeSpan.FromSeconds(20)));

        Assert.True(limit.TryAcquire(1, out _));
        Assert.Equal(TimeSpan.FromSeconds(20), limit.WaitFor(1));
        var waiting = limit.AcquireAsync(1, CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Tokens_that_are_left_are_those_that_requests_may_take()
    {
        var limit = RateLimits.Create(new ProviderRate(_clock));
        limit.Learn(new RateLimitReport(default, new RateAllowance(1_000, 300, TimeSpan.FromSeconds(10))));

        Assert.False(limit.TryAcquire(301, out _));
        Assert.True(limit.TryAcquire(300, out _));
        Assert.Equal(TimeSpan.FromSeconds(10), limit.WaitFor(1));
    }

    [Fact]
    public void What_is_left_applies_without_a_limit_too()
    {
        var limit = RateLimits.Create(new ProviderRate(_clock));
        limit.Learn(Requests(null, 0, TimeSpan.FromSeconds(5)));

        Assert.Equal(TimeSpan.FromSeconds(5), limit.WaitFor(1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(limit.TryAcquire(1, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100_000)]
    public void Nothing_is_held_for_longer_than_a_minute(int? seconds)
    {
        var limit = RateLimits.Create(new ProviderRate(_clock));
        limit.Learn(Requests(100, 0, seconds is { } time ? TimeSpan.FromSeconds(time) : null));

        Assert.Equal(Minute, limit.WaitFor(1));
    }

    [Fact]
    public void The_latest_answer_counts()
    {
        var limit = RateLimits.Create(new ProviderRate(_clock));
        limit.Learn(Requests(100, 0, Minute));
        var waiting = limit.AcquireAsync(1, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        limit.Learn(Requests(100, 50, Minute));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void An_answer_that_was_given_before_later_requests_holds_nothing_back()
    {
        var limit = RateLimits.Create(new ProviderRate(_clock), 10);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(limit.TryAcquire(1, out _));
        }

        limit.Learn(Requests(10, 9, TimeSpan.FromSeconds(6)));

        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(limit.TryAcquire(1, out var _)));
        Assert.Equal(Minute, limit.WaitFor(1));
    }

    [Theory]
    [InlineData("100", "7", 100, 7)]
    [InlineData(" 100 ", "0", 100, 0)]
    [InlineData("0", "-1", null, null)]
    [InlineData("1e3", "1,000", null, null)]
    [InlineData("99999999999999999999", "", null, null)]
    [InlineData(null, null, null, null)]
    public void Numbers_of_headers_are_read_or_count_as_absent(string? limit, string? left, int? expectedLimit, int? expectedLeft)
    {
        var allowance = RateAllowance.Parse(limit, left, TimeSpan.FromSeconds(-1));

        Assert.Equal((expectedLimit, expectedLeft), (allowance.Limit, allowance.Left));
        Assert.Equal(TimeSpan.Zero, allowance.ResetsIn);
    }

    private static RateLimitReport Requests(int? limit, int? left, TimeSpan? resetsIn) => new(new RateAllowance(limit, left, resetsIn), default);
}
