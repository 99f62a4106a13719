using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>What happens when a model is unavailable.</summary>
public sealed class FailureTests : CallTests
{
    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_Retry_After_says()
    {
        Server.Enqueue(ModelReply.Error(429, retryAfter: "2"), Reply(Good));

        var call = Desk.TriageAsync("I was charged twice");
        var wait = await Time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2));
        Assert.Single(Server.Requests);
        Time.Advance(wait);
        var result = await call;

        AssertLedger(result.Attempts, $"{Mini} Initial RateLimited", $"{Mini} Retry None");
        AssertCost(result, 2_000m / 1_000_000);
        Assert.True(result.Duration >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_rate_limit_of_Anthropic_is_waited_for_as_long_as_Retry_After_says()
    {
        Server.Enqueue(ModelReply.Error(429, retryAfter: "2"), Reply(Good));

        var call = Desk.AskSonnetAsync("I was charged twice");
        var wait = await Time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2));
        Assert.Single(Server.Requests);
        Time.Advance(wait);

        AssertLedger((await call).Attempts, $"{Sonnet} Initial RateLimited", $"{Sonnet} Retry None");
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_not_waited_for_and_another_provider_answers()
    {
        Server.Enqueue(ModelReply.Error(429, retryAfter: "3600"), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial RateLimited", $"{Haiku} Fallback None");
        AssertCost(result, ((1_000 * 2m) + (500 * 4m)) / 1_000_000);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_not_retried()
    {
        Server.Enqueue(ModelReply.Error(429, "insufficient_quota"), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial QuotaExhausted", $"{Haiku} Fallback None");
    }

    [Fact]
    public async Task One_server_error_is_retried_on_the_same_model()
    {
        Server.Enqueue(ModelReply.Error(500), Reply(Good));

        var call = Desk.TriageAsync("I was charged twice");
        await AdvanceThroughBackOffAsync(1);

        AssertLedger((await call).Attempts, $"{Mini} Initial ServerError", $"{Mini} Retry None");
    }

    [Fact]
    public async Task A_provider_that_stays_down_is_asked_three_times_and_then_replaced()
    {
        Server.Enqueue(Mini, ModelReply.Error(503), ModelReply.Error(503), ModelReply.Error(503));
        Server.Enqueue(Haiku, Reply(Good));

        var call = Desk.TriageAsync("I was charged twice");
        await AdvanceThroughBackOffAsync(2);
        var result = await call;

        AssertLedger(
            result.Attempts,
            $"{Mini} Initial Overloaded", $"{Mini} Retry Overloaded", $"{Mini} Retry Overloaded", $"{Haiku} Fallback None");
        AssertCost(result, ((1_000 * 2m) + (500 * 4m)) / 1_000_000);
    }

    [Fact]
    public async Task A_silent_provider_is_left_at_its_time_out_and_not_asked_again()
    {
        Server.Enqueue(Mini, ModelReply.Hang());
        Server.Enqueue(Haiku, Reply(Good));

        var call = Desk.TriageAsync("I was charged twice");
        var silent = await Server.WaitForRequestAsync(1);
        Time.Advance(TimeSpan.FromSeconds(5));
        var result = await call;

        AssertLedger(result.Attempts, $"{Mini} Initial AttemptTimeout", $"{Haiku} Fallback None");
        Assert.False(result.Cost.IsComplete);
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        Server.Enqueue(ModelReply.Reset(), Reply(Good));

        var call = Desk.TriageAsync("I was charged twice");
        await AdvanceThroughBackOffAsync(1);

        AssertLedger((await call).Attempts, $"{Mini} Initial Transport", $"{Mini} Retry None");
    }

    [Fact]
    public async Task A_connection_to_Anthropic_that_breaks_is_tried_again()
    {
        Server.Enqueue(ModelReply.Reset(), Reply(Good));

        var call = Desk.AskSonnetAsync("I was charged twice");
        await AdvanceThroughBackOffAsync(1);

        AssertLedger((await call).Attempts, $"{Sonnet} Initial Transport", $"{Sonnet} Retry None");
    }

    [Fact]
    public async Task A_wrong_key_is_not_tried_again_and_is_in_no_message()
    {
        Server.Enqueue(Mini, ModelReply.Error(401, "invalid_api_key", message: "Incorrect API key provided: sk-canary"));
        Server.Enqueue(Haiku, ModelReply.Error(401, "authentication_error", message: "sk-canary"));
        Server.Enqueue(Sonnet, ModelReply.Error(401, "authentication_error", message: "sk-canary"));

        var error = await Assert.ThrowsAsync<PromptException>(() => Desk.TriageAsync("the secret of the ticket"));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial Auth", $"{Haiku} Fallback Auth", $"{Sonnet} Fallback Auth");
        Assert.DoesNotContain("sk-canary", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("test-key", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the secret of the ticket", error.ToString(), StringComparison.Ordinal);
    }

    // Each wait between attempts is a timer of 1 ms to 4.9 s; the time-outs of attempts, 5 s or longer, are ignored.
    private async Task AdvanceThroughBackOffAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Server.WaitForRequestAsync(i + 1);
            Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(4.9)));
        }
    }
}
