using System.Net;
using System.Security.Authentication;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Health;

public class RetryTests
{
    [Theory]
    [InlineData(PromptErrorCode.RateLimited)]
    [InlineData(PromptErrorCode.Overloaded)]
    [InlineData(PromptErrorCode.ServerError)]
    [InlineData(PromptErrorCode.Transport)]
    [InlineData(PromptErrorCode.ProtocolError)]
    public async Task A_passing_fault_is_retried_on_the_same_model_after_a_pause(PromptErrorCode fault)
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(fault)).Answers("""{"value":3}""");

        var call = desk.AskAsync();
        Assert.Equal(TimeSpan.FromSeconds(0.5), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, Desk.LongestPause));
        Assert.Single(desk.Mini.Requests);
        desk.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal($"mini Initial {fault}, mini Retry None", (await call).Attempts.Line());
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_fault_that_stays_is_tried_three_times_with_growing_pauses_and_then_replaced_by_the_next_model()
    {
        using var desk = new Desk();
        for (var i = 0; i < 3; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        }

        desk.Haiku.Answers("""{"value":4}""");
        var call = desk.AskAsync();
        foreach (var pause in new[] { 0.5, 1 })
        {
            Assert.Equal(TimeSpan.FromSeconds(pause), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, Desk.LongestPause));
            desk.Clock.Advance(TimeSpan.FromSeconds(pause));
        }

        var result = await call;

        Assert.Equal("mini Initial Overloaded, mini Retry Overloaded, mini Retry Overloaded, haiku Fallback None", result.Attempts.Line());
        Assert.Equal("haiku", result.ModelId);
        Assert.All(result.Attempts.Take(3), static attempt => Assert.Equal(PromptCost.Zero, attempt.Cost));
    }

    [Theory]
    [InlineData(PromptErrorCode.AttemptTimeout)]
    [InlineData(PromptErrorCode.Auth)]
    [InlineData(PromptErrorCode.NotFound)]
    [InlineData(PromptErrorCode.BadRequest)]
    [InlineData(PromptErrorCode.QuotaExhausted)]
    [InlineData(PromptErrorCode.EmptyOutput)]
    public async Task What_does_not_pass_goes_to_the_next_model_at_once(PromptErrorCode fault)
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(fault));
        desk.Haiku.Answers("""{"value":4}""");

        var result = await desk.AskAsync();

        Assert.Equal($"mini Initial {fault}, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task Gibberish_is_retried_once_only()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ProtocolError)).Fails(new ProviderException(PromptErrorCode.ProtocolError));
        desk.Haiku.Answers("""{"value":4}""");

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal("mini Initial ProtocolError, mini Retry ProtocolError, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_certificate_that_was_rejected_is_not_tried_again()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new HttpRequestException("tls", new AuthenticationException("certificate")));
        desk.Haiku.Answers("""{"value":4}""");

        var result = await desk.AskAsync();

        Assert.Equal("mini Initial Transport, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task The_wait_that_the_provider_asks_for_is_kept_and_a_little_added()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(2))).Answers("""{"value":3}""");

        var call = desk.AskAsync();
        var wait = await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, Desk.LongestPause);

        Assert.InRange(wait, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2));
        desk.Clock.Advance(wait);
        Assert.Equal("mini Initial RateLimited, mini Retry None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task A_wait_of_nothing_is_no_wait()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.Zero)).Answers("""{"value":3}""");

        Assert.Equal("mini Initial RateLimited, mini Retry None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(3_600)]
    [InlineData(86_400 * 365)]
    public async Task A_wait_that_is_too_long_is_not_waited_for_and_the_model_cools_down(double seconds)
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(seconds))).Answers("""{"value":3}""");
        desk.Haiku.Answers("""{"value":4}""").Answers("""{"value":5}""");

        var first = await desk.AskAsync();
        var second = await desk.AskAsync();

        Assert.Equal("mini Initial RateLimited, haiku Fallback None", first.Attempts.Line());
        Assert.Equal("haiku Fallback None", second.Attempts.Line());
        desk.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_model_whose_quota_is_used_up_cools_down_for_minutes()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.QuotaExhausted)).Answers("""{"value":3}""");
        desk.Haiku.Answers("""{"value":4}""").Answers("""{"value":5}""");

        await desk.AskAsync();
        desk.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());

        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task When_every_model_cools_down_the_call_fails_at_once_and_says_for_how_long()
    {
        using var desk = new Desk();
        foreach (var model in new[] { desk.Mini, desk.Haiku, desk.Sonnet })
        {
            model.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(60)));
        }

        Assert.Equal(PromptErrorCode.RouteExhausted, (await desk.FailAsync()).Code);
        var error = await desk.FailAsync();

        Assert.Equal(PromptErrorCode.CircuitOpen, error.Code);
        Assert.Empty(error.Attempts);
        Assert.Contains("sonnet (cooling down for another 60 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_can_be_turned_off()
    {
        using var desk = new Desk(static builder => builder.Resilience.MaxRetries = 0);
        desk.Mini.Fails(new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable));
        desk.Haiku.Answers("""{"value":4}""");

        Assert.Equal("mini Initial Overloaded, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task The_clients_own_classifier_is_asked_before_the_programs()
    {
        using var desk = new Desk();
        desk.Mini.Services.Add(new Always(PromptErrorCode.Auth));
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        desk.Haiku.Answers("""{"value":4}""");

        Assert.Equal("mini Initial Auth, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    private sealed class Always(PromptErrorCode code) : PromptGen.IFailureClassifier
    {
        public PromptGen.PromptFailure? Classify(Exception exception) => new(code);
    }
}
