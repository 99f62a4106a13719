using System.Globalization;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Row 103: a provider whose answers say how much of its limits is left.</summary>
public sealed class LearnedLimitTests : WallTests
{
    [Theory]
    [ViaBoth]
    public async Task Row103_A_model_whose_limit_is_used_up_is_not_asked_until_it_resets(Via via)
    {
        Enqueue(via, Reply(Good) with { Headers = Left(via, requests: 0) }, Reply(Good));
        BackupAnswers(via);

        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);

        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row103_The_call_comes_back_to_it_where_the_other_model_fails(Via via)
    {
        Enqueue(via, Reply(Good) with { Headers = Left(via, requests: 0) }, Reply(Good));
        Server.Enqueue(Backup(via), ModelReply.Error(401));
        await AskAsync(via);

        var call = Start(via);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)).WaitAsync(Hanging));

        Assert.Equal([$"{Backup(via)} Fallback Auth", $"{Primary(via)} Fallback None"], (await call).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row103_Tokens_that_are_left_are_not_exceeded(Via via)
    {
        Enqueue(via, Reply(Good) with { Headers = Left(via, tokens: 299) });
        BackupAnswers(via);
        await AskAsync(via);

        // The answer alone may take 300.
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row103_An_error_says_it_too(Via via)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: "1") with { Headers = Left(via, requests: 0) }, Reply(Good));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial RateLimited", $"{Backup(via)} Fallback None"], call.Ledger);
        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth("-1", "many", "99999999999999999999", "")]
    public async Task Row103_Headers_that_cannot_be_limit_nothing(Via via, string value)
    {
        Enqueue(via, Reply(Good) with { Headers = Headers(via, value, value, value) }, Reply(Good));

        await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    private static Dictionary<string, string> Left(Via via, int? requests = null, int? tokens = null)
    {
        // Anthropic names a time in whole seconds of the machine's own clock.
        var reset = via == Via.OpenAI ? "30s" : DateTimeOffset.UtcNow.AddSeconds(30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Headers(via, requests?.ToString(CultureInfo.InvariantCulture), tokens?.ToString(CultureInfo.InvariantCulture), reset);
    }

    private static Dictionary<string, string> Headers(Via via, string? requests, string? tokens, string reset)
    {
        var headers = new Dictionary<string, string>();
        foreach (var (kind, left) in new[] { ("requests", requests), ("tokens", tokens) })
        {
            if (left is not null)
            {
                headers[via == Via.OpenAI ? $"x-ratelimit-limit-{kind}" : $"anthropic-ratelimit-{kind}-limit"] = "100000";
                headers[via == Via.OpenAI ? $"x-ratelimit-remaining-{kind}" : $"anthropic-ratelimit-{kind}-remaining"] = left;
                headers[via == Via.OpenAI ? $"x-ratelimit-reset-{kind}" : $"anthropic-ratelimit-{kind}-reset"] = reset;
            }
        }

        return headers;
    }
}
