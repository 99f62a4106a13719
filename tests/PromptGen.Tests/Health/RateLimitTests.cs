using PromptGen.Health;
using PromptGen.Testing;

namespace PromptGen.Tests.Health;

public sealed class RateLimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();
    private int _generation = 1;

    [Theory]
    [InlineData(50, 150)]
    [InlineData(200, 600)]
    [InlineData(20, 320)]
    public void Sixty_four_callers_use_the_limits_of_each_minute_and_never_more_and_none_of_them_starves(int fewest, int most)
    {
        const int callers = 64;
        var (limit, random) = (Limit(600, 100_000), new Random(most));
        var admissions = new List<Admission>();
        var callersOf = Enumerable.Range(0, callers).Select(_ => new Caller()).ToArray();
        while (_clock.Elapsed < TimeSpan.FromMinutes(10))
        {
            foreach (var caller in callersOf)
            {
                if (caller.Waiting is { IsCompletedSuccessfully: true, Result: var lease })
                {
                    (caller.Waiting, caller.Lease, caller.Ends) = (null, lease, TimeSpan.FromTicks(lease.At) + TimeSpan.FromMilliseconds(random.Next(200, 2_000)));
                    caller.Admissions++;
                }

                if (caller.Waiting is null && caller.Ends <= _clock.Elapsed)
                {
                    if (caller.Lease.IsTaken)
                    {
                        var took = caller.Tokens * random.Next(50, 101) / 100;
                        limit.Settle(caller.Lease, took);
                        admissions.Add(new Admission(caller.Lease.At, took));
                    }

                    caller.Tokens = random.Next(fewest, most);
                    caller.Waiting = limit.AcquireAsync(caller.Tokens, CancellationToken.None);
                }
            }

            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        admissions.Sort(static (one, other) => one.At.CompareTo(other.At));
        var first = 0;
        var (requests, tokens) = (0, 0L);
        for (var i = 0; i < admissions.Count; i++)
        {
            (requests, tokens) = (requests + 1, tokens + admissions[i].Tokens);
            for (; admissions[first].At <= admissions[i].At - Minute.Ticks; first++)
            {
                (requests, tokens) = (requests - 1, tokens - admissions[first].Tokens);
            }

            Assert.InRange(requests, 1, 600);
            Assert.InRange(tokens, 1, 100_000);
        }

        var ofRequests = admissions.Count / (600.0 * 10);
        var ofTokens = admissions.Sum(static admission => (double)admission.Tokens) / (100_000.0 * 10);
        Assert.InRange(Math.Max(ofRequests, ofTokens), 0.95, 1);
        Assert.InRange(callersOf.Max(static caller => caller.Admissions) / (double)callersOf.Min(static caller => caller.Admissions), 1, 1.5);
    }

    [Fact]
    public void At_any_moment_each_request_that_fits_is_admitted_and_no_other_one_and_none_overtakes()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            new Simulation(seed).Run(2_000);
        }
    }

    [Fact]
    public async Task A_request_that_waits_is_admitted_when_the_oldest_one_is_a_minute_old()
    {
        var limit = Limit(2, null);
        Take(limit, 1);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Take(limit, 1);

        var waiting = limit.AcquireAsync(1, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.InRange(TimeSpan.FromTicks((await waiting).At), Minute, Minute + TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(null, 1_000)]
    [InlineData(4, 700)]
    public void The_expected_wait_is_the_one_that_follows(int? requests, int? tokens)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var limit = Limit(requests, tokens);
            var waiting = new List<(TimeSpan Expected, Task<RateLease> Task)>();
            for (var i = 0; i < 4; i++)
            {
                limit.TryAcquire(100, out _);
                _clock.Advance(TimeSpan.FromSeconds(random.Next(1, 10)));
            }

            // Those that wait are as large as the others: then no request in front leaves room for a part of the next one.
            for (var i = 0; i < 3; i++)
            {
                var expected = _clock.Elapsed + limit.WaitFor(100);
                waiting.Add((expected, limit.AcquireAsync(100, CancellationToken.None)));
                _clock.Advance(TimeSpan.FromSeconds(random.Next(0, 3)));
            }

            for (var i = 0; i < 10; i++)
            {
                _clock.Advance(Minute);
            }

            Assert.All(waiting, static one => Assert.Equal(one.Expected, TimeSpan.FromTicks(one.Task.Result.At)));
        }
    }

    [Fact]
    public void A_queue_longer_than_the_limit_is_expected_to_take_minutes()
    {
        var limit = Limit(2, null);
        for (var i = 0; i < 7; i++)
        {
            _ = limit.AcquireAsync(1, CancellationToken.None);
        }

        Assert.Equal(3 * Minute, limit.WaitFor(1));
    }

    [Fact]
    public async Task A_request_that_is_cancelled_while_it_waits_leaves_its_place_to_the_next_one()
    {
        var limit = Limit(null, 100);
        using var cancelled = new CancellationTokenSource();
        Take(limit, 60);
        var large = limit.AcquireAsync(80, cancelled.Token);
        var small = limit.AcquireAsync(40, CancellationToken.None);
        Assert.False(small.IsCompleted);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.True(small.IsCompletedSuccessfully);
        Assert.Equal(0, limit.Waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => limit.AcquireAsync(1, cancelled.Token));
        Assert.Equal(0, limit.Waiting);
    }

    [Fact]
    public async Task What_a_request_took_replaces_what_it_was_expected_to_take()
    {
        var limit = Limit(null, 100);
        var lease = Take(limit, 100);
        var waiting = limit.AcquireAsync(60, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        limit.Settle(lease, 40);
        Assert.True(waiting.IsCompletedSuccessfully);

        limit.Settle(await waiting, 61);
        Assert.False(limit.TryAcquire(0, out _));
    }

    [Fact]
    public void A_request_that_was_not_sent_does_not_count()
    {
        var limit = Limit(1, 100);
        var lease = Take(limit, 100);
        Assert.False(limit.TryAcquire(1, out _));

        limit.Release(lease);

        Assert.True(limit.TryAcquire(100, out _));
    }

    [Fact]
    public void A_request_larger_than_the_limit_is_admitted_alone()
    {
        var limit = Limit(null, 100);
        Take(limit, 1);
        var large = limit.AcquireAsync(500, CancellationToken.None);
        var next = limit.AcquireAsync(1, CancellationToken.None);

        _clock.Advance(Minute);
        Assert.True(large.IsCompletedSuccessfully);
        Assert.False(next.IsCompleted);

        _clock.Advance(Minute);
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void Other_limits_take_effect_at_once_and_count_what_was_admitted_before()
    {
        var limit = Limit(2, null);
        Take(limit, 1);
        Take(limit, 1);
        var waiting = limit.AcquireAsync(1, CancellationToken.None);

        Change(limit, 3, null);
        Assert.True(waiting.IsCompletedSuccessfully);

        Change(limit, 3, 10);
        Assert.False(limit.TryAcquire(1, out _));
        Change(limit, 4, 3);
        Assert.False(limit.TryAcquire(1, out _));
        Change(limit, null, null);
        Assert.True(limit.TryAcquire(1_000_000, out _));
    }

    [Fact]
    public void A_lease_of_a_request_that_has_left_the_window_corrects_nothing()
    {
        var limit = Limit(1, 100);
        var lease = Take(limit, 100);
        _clock.Advance(Minute);
        Take(limit, 100);

        limit.Settle(lease, 0);
        limit.Release(lease);

        Assert.False(limit.TryAcquire(0, out _));
    }

    [Fact]
    public void A_lease_without_a_wait_allocates_nothing()
    {
        var limit = Limit(1_000_000, null);
        Leases(5_000);
        _clock.Advance(Minute);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Leases(5_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Leases(int count)
        {
            for (var i = 0; i < count; i++)
            {
                limit.TryAcquire(10, out var lease);
                limit.Settle(lease, 5);
            }
        }
    }

    private static RateLease Take(RateLimit limit, long tokens)
    {
        Assert.True(limit.TryAcquire(tokens, out var lease));
        return lease;
    }

    private RateLimit Limit(int? requests, int? tokens) => RateLimits.Create(new ProviderRate(_clock), requests, tokens);

    private void Change(RateLimit limit, int? requests, int? tokens) => limit.Configure(RateLimits.Model(requests, tokens), ++_generation);

    private sealed record Admission(long At, long Tokens);

    private sealed class Caller
    {
        public Task<RateLease>? Waiting { get; set; }

        public RateLease Lease { get; set; }

        public TimeSpan Ends { get; set; }

        public long Tokens { get; set; }

        public int Admissions { get; set; }
    }

    /// <summary>Random requests, whose admissions are compared with those that a plain list of all requests gives.</summary>
    private sealed class Simulation
    {
        private readonly ManualTimeProvider _clock = new();
        private readonly Random _random;
        private readonly int _requests;
        private readonly int _tokens;
        private readonly RateLimit _limit;
        private readonly List<Request> _waiting = [];
        private readonly List<Request> _admitted = [];

        public Simulation(int seed)
        {
            _random = new Random(seed);
            (_requests, _tokens) = (_random.Next(1, 20), _random.Next(50, 500));
            _limit = RateLimits.Create(new ProviderRate(_clock), _requests, _tokens);
        }

        public void Run(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                Act();
                Check();
            }

            Assert.True(_admitted.Count > steps / 50);
        }

        private void Act()
        {
            switch (_random.Next(6))
            {
                case 0 or 1:
                    var stop = new CancellationTokenSource();
                    var tokens = _random.Next(_random.Next(10) == 0 ? 2 * _tokens : _tokens / 3);
                    _waiting.Add(new Request(tokens, _limit.AcquireAsync(tokens, stop.Token), stop));
                    break;
                case 2 when _admitted.Count > 0:
                    var settled = _admitted[_random.Next(_admitted.Count)];
                    settled.Tokens = _random.Next(_tokens / 3);
                    _limit.Settle(settled.Task.Result, settled.Tokens);
                    settled.Counts = true;
                    break;
                case 3 when _admitted.Count > 0 && _random.Next(4) == 0:
                    var released = _admitted[^1];
                    (released.Tokens, released.Counts) = (0, false);
                    _limit.Release(released.Task.Result);
                    break;
                case 4 when _waiting.Count > 0 && _random.Next(3) == 0:
                    _waiting[_random.Next(_waiting.Count)].Stop.Cancel();
                    break;
                default:
                    _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(8_000)));
                    break;
            }
        }

        /// <summary>Takes over what was admitted, in the order of the requests, and checks each admission by what counted at its time.</summary>
        private void Check()
        {
            _waiting.RemoveAll(static request => request.Task.IsCanceled);
            while (_waiting is [{ Task.IsCompletedSuccessfully: true } request, ..])
            {
                Assert.True(Fits(request, request.Task.Result.At), "admitted without room");
                _waiting.RemoveAt(0);
                _admitted.Add(request);
            }

            Assert.DoesNotContain(_waiting, static request => request.Task.IsCompleted);
            Assert.False(_waiting is [var first, ..] && Fits(first, _clock.GetTimestamp() - TimeSpan.TicksPerMillisecond), "has room and waits");
        }

        private bool Fits(Request request, long at)
        {
            var window = _admitted.Where(other => other.Task.Result.At > at - Minute.Ticks).ToArray();
            var tokens = window.Sum(static other => other.Tokens);
            return window.Count(static other => other.Counts) < _requests && (tokens + request.Tokens <= _tokens || (request.Tokens > _tokens && tokens == 0));
        }

        private sealed class Request(long tokens, Task<RateLease> task, CancellationTokenSource stop)
        {
            public long Tokens { get; set; } = tokens;

            public bool Counts { get; set; } = true;

            public Task<RateLease> Task { get; } = task;

            public CancellationTokenSource Stop { get; } = stop;
        }
    }
}
