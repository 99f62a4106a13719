using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 1–5: rate limits and quotas of a provider.</summary>
public sealed class RateLimitTests : WallTests
{
    [Theory]
    [ViaBoth]
    public async Task Row01_A_rate_limit_is_waited_for_as_long_as_the_provider_asks(Via via)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: "2", message: ErrorText), Reply(Good));

        var call = Start(via);
        var wait = await Time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2));
        Time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Single(Server.Requests);
        Time.Advance(wait - TimeSpan.FromSeconds(1.5));

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry None"], (await call).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row02_A_rate_limit_without_a_wait_is_backed_off_from_and_left_after_three_tries(Via via)
    {
        Enqueue(via, ModelReply.Error(429), ModelReply.Error(429), ModelReply.Error(429));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry RateLimited", $"{Primary(via)} Retry RateLimited", $"{Backup(via)} Fallback None"],
            call.Ledger);
        Assert.Collection(
            Pauses,
            static first => Assert.InRange(first, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75)),
            static second => Assert.InRange(second, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5)));
    }

    [Theory]
    [ViaBoth("1.5", "retry-after-ms")]
    public async Task Row03_Parts_of_seconds_are_understood(Via via, string value)
    {
        var reply = value == "1.5"
            ? ModelReply.Error(429, retryAfter: value)
            : ModelReply.Error(429, retryAfter: "4") with { Headers = new Dictionary<string, string> { [value] = "300" } };
        var expected = TimeSpan.FromSeconds(value == "1.5" ? 1.5 : 0.3);
        Enqueue(via, reply, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.InRange(Assert.Single(Pauses), expected, expected * 1.1);
    }

    // The date is compared with the machine's own clock, so that the wait is known to a few seconds only.
    [Theory]
    [ViaBoth]
    public async Task Row03_A_date_is_waited_for(Via via)
    {
        Configure = static builder => builder.Resilience.MaxRetryAfter = TimeSpan.FromSeconds(40);
        Enqueue(via, ModelReply.Error(429, retryAfter: DateTimeOffset.UtcNow.AddSeconds(30).ToString("r")), Reply(Good));

        var call = Start(via);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(5.1), TimeSpan.FromSeconds(33)).WaitAsync(Hanging));

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry None"], (await call).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row03_A_date_that_has_passed_is_not_waited_for(Via via)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: DateTimeOffset.UtcNow.AddDays(-1).ToString("r")), Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.Empty(Pauses);
    }

    [Theory]
    [ViaBoth("3600", "1000000000000000")]
    public async Task Row04_A_wait_that_is_too_long_is_not_begun_and_the_model_cools_down_until_then(Via via, string retryAfter)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: retryAfter), Reply(Good));
        Server.Enqueue(Backup(via), Reply(Good), Reply(Good));

        var first = await AskAsync(via);
        var second = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Backup(via)} Fallback None"], first.Ledger);
        Assert.Equal([$"{Backup(via)} Fallback None"], second.Ledger);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);

        LetRecover();
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth("-5", "abc", "", "99999999999999999999999999999999999999999999e999")]
    public async Task Row04_A_wait_that_cannot_be_is_ignored(Via via, string retryAfter)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: retryAfter), Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.InRange(Assert.Single(Pauses), TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75));
    }

    [Theory]
    [ViaBoth]
    public async Task Row04_Of_two_waits_the_longer_one_counts(Via via)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: "1") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "3" } }, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.InRange(Assert.Single(Pauses), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.3));
    }

    [Theory]
    [InlineData(Via.OpenAI, 429, "insufficient_quota", null)]
    [InlineData(Via.OpenAI, 402, null, null)]
    [InlineData(Via.Anthropic, 429, "workspace_spend_limit_exceeded", null)]
    [InlineData(Via.Anthropic, 400, null, "Your credit balance is too low to access the API.")]
    public async Task Row05_A_quota_that_is_used_up_is_not_tried_again_and_the_model_cools_down_for_long(Via via, int status, string? code, string? message)
    {
        Enqueue(via, ModelReply.Error(status, code, message: message), Reply(Good));
        Server.Enqueue(Backup(via), Reply(Good), Reply(Good));

        var first = await AskAsync(via);
        Time.Advance(TimeSpan.FromMinutes(4));
        var second = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial QuotaExhausted", $"{Backup(via)} Fallback None"], first.Ledger);
        Assert.Equal([$"{Backup(via)} Fallback None"], second.Ledger);
        Assert.Empty(Pauses);

        Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }
}
