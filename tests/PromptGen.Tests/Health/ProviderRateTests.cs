using PromptGen.Health;
using PromptGen.Testing;

namespace PromptGen.Tests.Health;

public sealed class ProviderRateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_limits_of_the_provider_and_of_its_models_hold_at_once_and_are_used_and_no_caller_starves(int seed)
    {
        const int most = 300, tokens = 60_000;
        var random = new Random(seed);
        var provider = Provider(most, tokens);
        RateLimit[] models = [RateLimits.Create(provider, 200, 30_000), RateLimits.Create(provider, 250), RateLimits.Create(provider)];
        var callers = Enumerable.Range(0, 48).Select(i => new Caller(i % models.Length)).ToArray();
        var admissions = new List<(long At, int Model, long Tokens)>();
        while (_clock.Elapsed < TimeSpan.FromMinutes(8))
        {
            foreach (var caller in callers)
            {
                if (caller.Waiting is { IsCompletedSuccessfully: true, Result: var lease })
                {
                    (caller.Waiting, caller.Lease, caller.Ends) = (null, lease, _clock.Elapsed + TimeSpan.FromMilliseconds(random.Next(200, 1_000)));
                }

                if (caller.Waiting is null && caller.Ends <= _clock.Elapsed)
                {
                    if (caller.Lease.IsTaken)
                    {
                        var took = caller.Tokens * random.Next(50, 101) / 100;
                        models[caller.Model].Settle(caller.Lease, took);
                        admissions.Add((caller.Lease.At, caller.Model, took));
                        caller.Admissions++;
                    }

                    caller.Tokens = random.Next(50, 400);
                    caller.Waiting = models[caller.Model].AcquireAsync(caller.Tokens, CancellationToken.None);
                }
            }

            _clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        AssertNeverMore(admissions, most, tokens);
        AssertNeverMore(admissions.Where(static one => one.Model == 0), 200, 30_000);
        AssertNeverMore(admissions.Where(static one => one.Model == 1), 250, long.MaxValue);
        Assert.InRange(Math.Max(admissions.Count / (most * 8.0), admissions.Sum(static one => one.Tokens) / (tokens * 8.0)), 0.93, 1);
        Assert.InRange(callers.Max(static caller => caller.Admissions) / (double)callers.Min(static caller => caller.Admissions), 1, 2);
    }

    [Fact]
    public void A_request_that_its_model_has_no_room_for_holds_up_no_other_model()
    {
        var provider = Provider(10, null);
        var (limited, free) = (RateLimits.Create(provider, 1), RateLimits.Create(provider));
        Assert.True(limited.TryAcquire(1, out _));
        var waiting = limited.AcquireAsync(1, CancellationToken.None);

        Assert.True(free.TryAcquire(1, out _));
        Assert.True(free.AcquireAsync(1, CancellationToken.None).IsCompletedSuccessfully);

        Assert.False(waiting.IsCompleted);
        _clock.Advance(Minute);
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_request_that_the_provider_has_no_room_for_is_not_overtaken_by_a_smaller_one_to_another_model()
    {
        var provider = Provider(null, 100);
        var (one, other) = (RateLimits.Create(provider), RateLimits.Create(provider));
        Assert.True(one.TryAcquire(60, out var lease));
        var large = one.AcquireAsync(90, CancellationToken.None);

        Assert.False(other.TryAcquire(10, out _));
        var small = other.AcquireAsync(10, CancellationToken.None);
        Assert.False(small.IsCompleted);

        one.Settle(lease, 0);
        Assert.True(large.IsCompletedSuccessfully);
        Assert.True(small.IsCompletedSuccessfully);
        Assert.Equal(0, one.Waiting + other.Waiting);
    }

    [Fact]
    public async Task A_cancelled_request_leaves_its_place_to_those_of_other_models()
    {
        var provider = Provider(null, 100);
        var (one, other) = (RateLimits.Create(provider), RateLimits.Create(provider));
        Assert.True(one.TryAcquire(60, out _));
        using var stop = new CancellationTokenSource();
        var large = one.AcquireAsync(90, stop.Token);
        var small = other.AcquireAsync(10, CancellationToken.None);

        await stop.CancelAsync();

        Assert.True(small.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
    }

    [Fact]
    public void The_expected_wait_is_the_longer_one_of_model_and_provider()
    {
        var provider = Provider(2, null);
        var (one, other) = (RateLimits.Create(provider, 1), RateLimits.Create(provider));
        Assert.True(one.TryAcquire(1, out _));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((TimeSpan.FromSeconds(50), TimeSpan.Zero), (one.WaitFor(1), other.WaitFor(1)));

        Assert.True(other.TryAcquire(1, out _));
        Assert.Equal(TimeSpan.FromSeconds(50), other.WaitFor(1));

        _ = other.AcquireAsync(1, CancellationToken.None);
        Assert.Equal(Minute, other.WaitFor(1));
    }

    [Fact]
    public void A_request_that_was_not_sent_counts_for_neither()
    {
        var provider = Provider(1, null);
        var limit = RateLimits.Create(provider, 1);
        Assert.True(limit.TryAcquire(1, out var lease));

        limit.Release(lease);

        Assert.True(limit.TryAcquire(1, out _));
        Assert.False(RateLimits.Create(provider).TryAcquire(1, out _));
    }

    [Fact]
    public void Models_without_any_limit_have_none_until_their_provider_gets_one()
    {
        var provider = new ProviderRate(_clock);
        var limit = RateLimits.Create(provider);
        provider.Limit(null, null);
        Assert.False(limit.IsLimited);

        provider.Limit(1, null);

        Assert.True(limit.IsLimited);
        Assert.True(limit.TryAcquire(1, out _));
        var waiting = limit.AcquireAsync(1, CancellationToken.None);
        provider.Limit(null, null);
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    private static void AssertNeverMore(IEnumerable<(long At, int Model, long Tokens)> admissions, int mostRequests, long mostTokens)
    {
        var window = new Queue<(long At, int Model, long Tokens)>();
        var sum = 0L;
        foreach (var admission in admissions.OrderBy(static one => one.At))
        {
            window.Enqueue(admission);
            sum += admission.Tokens;
            while (window.Peek().At <= admission.At - Minute.Ticks)
            {
                sum -= window.Dequeue().Tokens;
            }

            Assert.InRange(window.Count, 1, mostRequests);
            Assert.InRange(sum, 1, mostTokens);
        }
    }

    private ProviderRate Provider(int? requests, int? tokens)
    {
        var provider = new ProviderRate(_clock);
        provider.Limit(requests, tokens);
        return provider;
    }

    private sealed class Caller(int model)
    {
        public int Model { get; } = model;

        public Task<RateLease>? Waiting { get; set; }

        public RateLease Lease { get; set; }

        public TimeSpan Ends { get; set; }

        public long Tokens { get; set; }

        public int Admissions { get; set; }
    }
}
