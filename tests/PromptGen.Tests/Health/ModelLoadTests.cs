using PromptGen.Health;
using PromptGen.Testing;

namespace PromptGen.Tests.Health;

/// <summary>The mean of the times that a model's requests took, in which old ones lose weight.</summary>
public sealed class ModelLoadTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ModelLoad _load;

    public ModelLoadTests() => _load = new ModelLoad(_clock);

    [Fact]
    public void A_model_that_was_never_asked_is_to_be_measured() => Assert.Equal((0, 0d), _load.Pace);

    [Fact]
    public void Requests_of_one_moment_have_the_same_weight()
    {
        var sentAt = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(4));
        _load.Answered(sentAt, PromptErrorCode.None);
        _load.Answered(sentAt + (2 * _clock.TimestampFrequency), PromptErrorCode.None);

        Assert.Equal((1, 3d), _load.Pace);
    }

    [Fact]
    public void A_request_counts_half_after_a_minute()
    {
        Measure(4);
        _clock.Advance(TimeSpan.FromSeconds(60 - 1));
        Measure(1);

        Assert.Equal(1, _load.Pace.Rank);
        Assert.Equal(((0.5 * 4) + 1) / 1.5, _load.Pace.Seconds, 6);
    }

    [Fact]
    public void A_measurement_of_more_than_five_minutes_is_none()
    {
        Measure(4);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, _load.Pace.Rank);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _load.Pace.Rank);
    }

    [Theory]
    [InlineData(PromptErrorCode.ServerError, 2)]
    [InlineData(PromptErrorCode.Cancelled, 0)]
    public void A_failure_is_no_measurement(PromptErrorCode code, int rank)
    {
        Measure(4, code);

        Assert.Equal((rank, 0d), _load.Pace);
    }

    [Fact]
    public void A_model_that_is_being_measured_waits_for_the_result()
    {
        _load.Start();

        Assert.Equal((2, 1), (_load.Pace.Rank, _load.InFlight));
    }

    private void Measure(double seconds, PromptErrorCode code = PromptErrorCode.None)
    {
        var sentAt = _clock.GetTimestamp();
        _load.Start();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _load.Answered(sentAt, code);
        _load.End();
    }
}
