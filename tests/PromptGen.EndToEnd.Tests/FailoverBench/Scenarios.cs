using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>FailoverBench v0.1, S01–S16. A scenario throws where its cell is not passed.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<(string Id, string Name, Func<Rig, Task> RunAsync)> All { get; } =
    [
        ("S01", "rate limited once, Retry-After 2 s", RateLimitedOnce),
        ("S02", "rate limited for good, no header", RateLimitedForGood),
        ("S03", "one 500", ServerErrorOnce),
        ("S04", "503 for good", OverloadedForGood),
        ("S05", "connection reset before the headers", Reset),
        ("S06", "no response", NoResponse),
        ("S07", "first token after 20 s", SlowFirstToken),
        ("S08", "cut in the middle, by reset and in good order", CutInTheMiddle),
        ("S09", "stall in the middle", Stall),
        ("S10", "malformed chunk", MalformedChunk),
        ("S11", "no end mark", NoEndMark),
        ("S12", "context length exceeded", ContextLength),
        ("S13", "content filter", ContentFilter),
        ("S14", "fallback rejects a prefill", RejectedPrefill),
        ("S15", "down for 60 s, 20 calls", Outage),
        ("S16", "accounting of a failover", Accounting),
    ];

    private static async Task RateLimitedOnce(Rig rig)
    {
        rig.MiniReplies(ModelReply.Error(429, retryAfter: "2", message: Rig.Secret), rig.Answer());

        var call = await rig.Ask();

        rig.AssertWhole(call);
        rig.AssertAsked(Rig.Mini, Rig.Mini);
        Assert.InRange(call.Took, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2));
    }

    private static Task RateLimitedForGood(Rig rig) => IsReplacedAsync(rig, 3, ModelReply.Error(429));

    private static async Task ServerErrorOnce(Rig rig)
    {
        rig.MiniReplies(ModelReply.Error(500), rig.Answer());

        rig.AssertWhole(await rig.Ask());
        rig.AssertAsked(Rig.Mini, Rig.Mini);
    }

    private static Task OverloadedForGood(Rig rig) => IsReplacedAsync(rig, 3, ModelReply.Error(503));

    private static Task Reset(Rig rig) => IsReplacedAsync(rig, 3, ModelReply.Reset());

    private static Task NoResponse(Rig rig) => IsLeftAtTimeOutAsync(rig, ModelReply.Hang());

    private static Task SlowFirstToken(Rig rig) => IsLeftAtTimeOutAsync(rig, rig.Answer() with { BodyDelay = TimeSpan.FromSeconds(20) });

    private static async Task CutInTheMiddle(Rig rig)
    {
        rig.MiniReplies(rig.Answer() with { Fault = ModelFault.CutAndReset, FaultAfter = 4 }, rig.Answer() with { Fault = ModelFault.Cut, FaultAfter = 4 });
        rig.Rest = request => request.ModelId == Rig.Mini ? ModelReply.Reset() : rig.Answer();

        var call = await rig.Ask();

        rig.AssertWhole(call);
        Assert.NotEqual(Rig.Mini, rig.Provider.Requests[^1].ModelId);
    }

    private static Task Stall(Rig rig) => IsLeftAtTimeOutAsync(rig, rig.Answer() with { Fault = ModelFault.Stall, FaultAfter = 4 });

    private static Task MalformedChunk(Rig rig) => IsReplacedAsync(rig, 2, rig.Answer() with { Fault = ModelFault.MalformedChunk, FaultAfter = 4 });

    private static async Task NoEndMark(Rig rig)
    {
        rig.MiniReplies(rig.Answer() with { Fault = ModelFault.NoEndMark });

        var call = await rig.Ask();

        rig.AssertWhole(call);
        rig.AssertAsked(Rig.Mini);
        Assert.Equal(TimeSpan.Zero, call.Took);
    }

    private static Task ContextLength(Rig rig) => IsReplacedAsync(rig, 1, ModelReply.Error(400, "context_length_exceeded"));

    private static async Task ContentFilter(Rig rig)
    {
        rig.MiniReplies(ModelReply.ContentFilterError());

        var call = await rig.Ask();

        Assert.Equal(PromptErrorCode.ContentFiltered, call.Code);
        rig.AssertAsked(Rig.Mini);
    }

    private static async Task RejectedPrefill(Rig rig)
    {
        rig.MiniReplies(rig.Answer() with { Fault = ModelFault.Cut, FaultAfter = 4 });
        rig.Rest = request => request.ModelId == Rig.Mini ? ModelReply.Error(401)
            : request.Messages[^1].Role == "assistant" ? ModelReply.Error(400, message: "prefill is not supported")
            : rig.Answer();

        var call = await rig.Ask();

        rig.AssertWhole(call);
        Assert.Equal("user", rig.Provider.Requests[^1].Messages[^1].Role);
    }

    private static async Task Outage(Rig rig)
    {
        var outage = TimeSpan.FromSeconds(60);
        rig.Rest = request => request.ModelId == Rig.Mini && rig.Clock.Elapsed < outage ? ModelReply.Error(503) : rig.Answer();
        for (var i = 0; i < 20; i++)
        {
            rig.AssertWhole(await rig.Ask());
            rig.Clock.Advance(TimeSpan.FromSeconds(4.5));
        }

        // 90 s have passed: half a minute after the outage the first model is back.
        Assert.Equal(Rig.Mini, rig.Provider.Requests[^1].ModelId);
        Assert.InRange(rig.Provider.Requests.Count(static request => request.ModelId == Rig.Mini), 1, 20);
    }

    private static async Task Accounting(Rig rig)
    {
        rig.MiniReplies(ModelReply.Error(503), ModelReply.Error(503), ModelReply.Error(503));
        rig.HaikuReplies(rig.Answer());

        var call = await rig.Ask();

        rig.AssertWhole(call);

        // 1,000 tokens in and 500 out at Haiku's price; the failed attempts cost nothing, and nothing at Haiku's price.
        Assert.Equal(0.004m, await rig.SpentAsync());
        if (call.Result is { } result)
        {
            Assert.Equal(Rig.Haiku, result.ModelId);
            Assert.Equal(new PromptCost(0.004m, IsComplete: true), result.Cost);
            Assert.All(result.Attempts.SkipLast(1), static attempt => Assert.Equal(PromptCost.Zero, attempt.Cost));
        }
    }

    private static async Task IsReplacedAsync(Rig rig, int tries, ModelReply reply)
    {
        rig.MiniReplies([.. Enumerable.Repeat(reply, tries)]);
        rig.HaikuReplies(rig.Answer());

        rig.AssertWhole(await rig.Ask());
        rig.AssertAsked([.. Enumerable.Repeat(Rig.Mini, tries), Rig.Haiku]);
    }

    private static async Task IsLeftAtTimeOutAsync(Rig rig, ModelReply reply)
    {
        rig.MiniReplies(reply);
        rig.HaikuReplies(rig.Answer());

        rig.AssertWhole(await rig.AskThroughTimeOut());
        rig.AssertAsked(Rig.Mini, Rig.Haiku);
        await rig.Provider.Requests[0].WaitForAbortAsync();
    }
}
