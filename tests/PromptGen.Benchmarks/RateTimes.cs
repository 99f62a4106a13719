using PromptGen.Catalog;
using PromptGen.Health;

namespace PromptGen.Benchmarks;

/// <summary>
/// What a lease of rate limits takes where a request does not have to wait: acquired and settled, with 10,000 requests in the window. Ends with 1 where it is above its bound.
/// </summary>
internal static class RateTimes
{
    private const int Calls = 20_000;
    private const int RequestsPerMinute = 10_000;
    private const double MostMicroseconds = 0.2;

    public static int Run()
    {
        var model = Limited(new ProviderRate(new Clock()));
        var provider = new ProviderRate(new Clock());
        provider.Limit(2 * RequestsPerMinute, int.MaxValue);
        var both = Limited(provider);
        var rows = TimeTable.Measure(Calls, ("limits of a model", () => Lease(model)), ("limits of a model and of its provider", () => Lease(both)));
        Console.WriteLine($"a lease takes at most {rows.Max(static row => row.Microseconds):0.000} µs");
        return rows.Any(static row => row.Microseconds > MostMicroseconds || row.Bytes > 0) ? 1 : 0;
    }

    private static RateLimit Limited(ProviderRate provider)
    {
        var limit = new RateLimit(provider);
        limit.Configure(new ModelInfo("mini", "openai", Tier.Fast) { RequestsPerMinute = 2 * RequestsPerMinute, TokensPerMinute = int.MaxValue }, 1);
        return limit;
    }

    private static void Lease(RateLimit limit)
    {
        if (!limit.TryAcquire(1_200, out var lease))
        {
            throw new InvalidOperationException("The request would have to wait.");
        }

        limit.Settle(lease, 800);
    }

    /// <summary>A clock on which requests come at an even pace, and whose reading takes as long as that of the system's clock.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly long _pace = Frequency * 60 / RequestsPerMinute;
        private long _now;

        private static long Frequency => System.TimestampFrequency;

        public override long GetTimestamp()
        {
            _ = base.GetTimestamp();
            return _now += _pace;
        }
    }
}
