using PromptGen.Providers;

namespace PromptGen.Tests.Providers;

public class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2", null, 2d)]
    [InlineData(" 2 ", null, 2d)]
    [InlineData("1.5", null, 1.5)]
    [InlineData("0", null, 0d)]
    [InlineData(null, "300", 0.3)]
    [InlineData("20", "300", 0.3)]
    [InlineData("20", "soon", 20d)]
    [InlineData("Sat, 21 Nov 2026 12:00:30 GMT", null, 30d)]
    [InlineData("Saturday, 21-Nov-26 12:00:30 GMT", null, 30d)]
    [InlineData("Sat Nov 21 12:00:30 2026", null, 30d)]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT", null, 0d)]
    [InlineData("Sun Nov  1 12:00:00 2026", null, 0d)]
    [InlineData("2, 7", null, 7d)]
    [InlineData("7, 2", null, 7d)]
    [InlineData("x, 7", null, 7d)]
    [InlineData(null, "Sat, 21 Nov 2026 12:00:30 GMT, 5", 0.005)]
    [InlineData("3600", null, 3_600d)]
    [InlineData("1000000000000000", null, 86_400d)]
    [InlineData(null, "99999999999999999999999999", 86_400d)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", null, 86_400d)]
    public void Seconds_decimals_dates_and_milliseconds_are_read_and_the_absurd_is_cut_down(string? retryAfter, string? retryAfterMs, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(retryAfter, retryAfterMs, Now));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("-5", "-5")]
    [InlineData("abc", null)]
    [InlineData("NaN", "Infinity")]
    [InlineData("1e400", null)]
    [InlineData("١٢", null)]
    [InlineData(",", ",,")]
    public void What_makes_no_sense_says_nothing(string? retryAfter, string? retryAfterMs) =>
        Assert.Null(RetryAfter.Parse(retryAfter, retryAfterMs, Now));

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void A_number_too_long_for_a_double_is_a_long_wait_too(int unit)
    {
        var digits = new string('9', 400);

        Assert.Equal(RetryAfter.Longest, unit == 1 ? RetryAfter.Parse(digits, null, Now) : RetryAfter.Parse(null as string, digits, Now));
        Assert.Equal(RetryAfter.Longest, RetryAfter.Parse($"2, {digits}, Infinity, -5", null, Now));
        Assert.Null(RetryAfter.Parse("Infinity, -Infinity, ∞, NaN, -0", null, Now));
    }

    public static TheoryData<TimeSpan?, TimeSpan?> Hints => new()
    {
        { null, null },
        { TimeSpan.MinValue, null },
        { TimeSpan.FromTicks(-1), null },
        { TimeSpan.Zero, TimeSpan.Zero },
        { TimeSpan.FromDays(1), TimeSpan.FromDays(1) },
        { TimeSpan.FromDays(1) + TimeSpan.FromTicks(1), TimeSpan.FromDays(1) },
        { TimeSpan.MaxValue, TimeSpan.FromDays(1) },
    };

    [Theory]
    [MemberData(nameof(Hints))]
    public void A_wait_that_a_client_or_a_classifier_names_is_kept_within_the_same_bounds(TimeSpan? hint, TimeSpan? wait)
    {
        Assert.Equal(wait, new PromptFailure(PromptErrorCode.RateLimited, hint).RetryAfter);
        Assert.Equal(wait, (new PromptFailure(PromptErrorCode.RateLimited) with { RetryAfter = hint }).RetryAfter);
        Assert.Equal(wait, new ProviderRequestException(PromptErrorCode.RateLimited, "x") { RetryAfter = hint }.RetryAfter);
    }

    [Fact]
    public void Of_two_headers_the_longer_wait_counts()
    {
        Assert.Equal(TimeSpan.FromSeconds(9), RetryAfter.Parse(["2", "9", "x"], null, Now));
        Assert.Equal(TimeSpan.FromMilliseconds(40), RetryAfter.Parse(["9"], ["10", "40"], Now));
        Assert.Equal(TimeSpan.FromSeconds(9), RetryAfter.Parse(["9", "", "2"], ["soon", " "], Now));
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Parse(["2", "Sat, 21 Nov 2026 12:00:30 GMT"], [], Now));
        Assert.Equal(TimeSpan.FromDays(1), RetryAfter.Parse(["86400"], null, Now));
        Assert.Equal(TimeSpan.FromSeconds(86_399), RetryAfter.Parse(["86399"], null, Now));
        Assert.Equal(TimeSpan.Zero, RetryAfter.Parse(["0"], null, Now));
        Assert.Null(RetryAfter.Parse(null as IEnumerable<string>, null, Now));
    }
}
