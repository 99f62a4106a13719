using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Pipelines;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>Whether a call waits for the limit per minute of a model, at the edge between that and another model or none.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class RateWaitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly ModelInfo Limited = new("mini", "openai", Tier.Fast) { ContextWindow = 8_000, MaxOutputTokens = 1_000, RequestsPerMinute = 1 };

    private static readonly PromptStep OnlyLimited = new(Tier.Fast, [Limited]);

    [Fact]
    public async Task A_wait_exactly_as_long_as_the_call_may_take_is_not_begun()
    {
        using var desk = await UsedUpAsync();

        var call = desk.FailAsync(Sample.Define(deadline: Minute, route: OnlyLimited));

        Assert.True(call.IsCompleted);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await call).Code);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task The_next_step_follows_where_the_wait_is_exactly_as_long_as_the_call_may_take()
    {
        using var desk = await UsedUpAsync();
        desk.Sonnet.Answers(Numbers.Answer);

        var result = await desk.AskAsync(Sample.Define(deadline: Minute, route: [OnlyLimited, Sample.General]));

        Assert.Equal("sonnet Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_model_that_was_skipped_for_a_wait_exactly_as_long_as_the_call_may_take_is_not_asked_later()
    {
        using var desk = await UsedUpAsync();
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));

        var error = await desk.FailAsync(Sample.Define(deadline: Minute, route: new PromptStep(Tier.Fast, [Limited, Sample.Haiku])));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Contains("mini (its limit per minute used up for another 60 s)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(0.5, 10d)]
    [InlineData(0.4, 10d)]
    public async Task A_wait_no_longer_than_another_model_takes_is_waited_for(double wait, double? deadline)
    {
        using var desk = await UsedUpAsync();
        desk.Mini.Answers(Numbers.Answer);
        desk.Clock.Advance(Minute - TimeSpan.FromSeconds(wait));

        var result = await desk.WaitOutAsync(desk.AskAsync(Sample.Define(
            deadline: deadline is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            route: new PromptStep(Tier.Fast, [Limited, Sample.Haiku]))));

        Assert.Equal("mini Initial None", result.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(wait), result.Duration);
    }

    [Fact]
    public async Task The_request_to_the_next_model_has_the_limit_as_its_trigger()
    {
        using var probe = new TelemetryProbe();
        using var desk = await UsedUpAsync();
        desk.Haiku.Answers(Numbers.Answer);

        await desk.AskAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Limited, Sample.Haiku])));

        Assert.Equal(["chat mini", "chat haiku"], probe.Attempts.Select(static span => span.DisplayName));
        Assert.Equal("rate_limited", probe.Attempts[1].GetTagItem("promptgen.attempt.trigger"));
    }

    /// <summary>A desk whose smallest model has no room for another request within the next minute.</summary>
    private static async Task<Desk> UsedUpAsync()
    {
        var desk = new Desk();
        desk.Mini.Answers(Numbers.Answer);
        await desk.AskAsync(Sample.Define(route: OnlyLimited));
        return desk;
    }
}
