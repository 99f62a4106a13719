using PromptGen.Health;
using PromptGen.Testing;
using PromptGen.Timing;

namespace PromptGen.Tests.Health;

public sealed class CooldownTests
{
    [Fact]
    public void It_lasts_as_long_as_it_was_asked_to()
    {
        var clock = new ManualTimeProvider();
        var rest = new Cooldown(clock);
        Assert.Equal((false, TimeSpan.Zero), (rest.WasSet, rest.Left));

        rest.Extend(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((true, TimeSpan.FromSeconds(6)), (rest.WasSet, rest.Left));

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((true, TimeSpan.Zero), (rest.WasSet, rest.Left));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, rest.Left);
    }

    [Fact]
    public void It_is_made_longer_and_never_shorter()
    {
        var rest = new Cooldown(new ManualTimeProvider());
        rest.Extend(TimeSpan.FromSeconds(10));
        rest.Extend(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(10), rest.Left);

        rest.Extend(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(20), rest.Left);
    }

    [Theory]
    [InlineData(90, "90 s")]
    [InlineData(2.54, "2.5 s")]
    [InlineData(0, "0 s")]
    public void A_time_is_reported_in_seconds(double seconds, string text) => Assert.Equal(text, Seconds.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_call_reports_what_is_left_of_its_deadline()
    {
        var time = new ManualTimeProvider();
        time.Advance(TimeSpan.FromSeconds(100));
        var clock = new CallClock(time, TimeSpan.FromSeconds(5));
        var endless = new CallClock(time, null);
        time.Advance(TimeSpan.FromSeconds(3));
        var now = clock.Now;

        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)), (clock.Elapsed, clock.Remaining));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.Zero), (clock.Elapsed, clock.Remaining));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, clock.Remaining);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)), (clock.ElapsedAt(now), clock.RemainingAt(now)));
        Assert.Equal(TimeSpan.FromSeconds(4), clock.Between(now, clock.Now));
        Assert.Null(endless.Remaining);
        Assert.Null(endless.RemainingAt(now));
        using var over = clock.Limit(CancellationToken.None);
        using var open = endless.Limit(CancellationToken.None);
        Assert.True(over.Token.IsCancellationRequested);
        Assert.False(open.Token.IsCancellationRequested);
    }
}
