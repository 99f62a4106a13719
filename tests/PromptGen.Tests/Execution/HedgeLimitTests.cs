using PromptGen.Contracts;
using PromptGen.Routing;
using static PromptGen.Tests.Execution.OrderedHedge;

namespace PromptGen.Tests.Execution;

/// <summary>How long the models of a hedged call may take, and which of its timers and limits end with it.</summary>
public sealed class HedgeLimitTests
{
    [Fact]
    public async Task The_limit_of_a_call_that_is_answered_in_time_is_used_again()
    {
        using var desk = new Desk();
        var unused = Limit(desk);
        desk.Mini.Answers(Answer(3));

        await desk.AskAsync(Hedged());

        Assert.Equal(unused, Limit(desk));
    }

    [Fact]
    public async Task The_limit_of_a_stream_that_was_read_to_its_end_is_used_again()
    {
        using var desk = new Desk();
        var unused = Limit(desk);
        desk.Mini.Streams("Dear ", "Ada,");

        Assert.Equal("Dear Ada,", string.Concat(await desk.ReplyAsync(Text(null, Sample.Fast)).ToListAsync()));

        Assert.Equal(unused, Limit(desk));
    }

    [Fact]
    public async Task The_last_model_of_a_step_has_no_time_after_which_another_one_is_asked()
    {
        using var desk = new Desk();
        var slow = desk.Mini.Slow();

        var call = desk.AskAsync(Hedged(null, new PromptStep(Tier.Fast, [Sample.Mini]), Sample.General));
        await desk.Mini.WaitForRequestAsync(1);

        Assert.False(desk.Clock.WaitForTimerAsync(HedgeDesk.After, HedgeDesk.After).IsCompleted);
        await slow.GiveAsync(3);
        Assert.Equal("mini Initial None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task A_second_stream_behind_which_no_model_follows_may_take_until_the_deadline_for_its_first_token()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());

        var items = desk.ReplyAsync(Text(TimeSpan.FromMinutes(1), new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku]))).ToListAsync();
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        await InPlaceAsync(() => desk.Clock.Advance(Sample.Mini.Timeout));
        await first.Disposed;
        await InPlaceAsync(() => desk.Clock.Advance(Sample.Haiku.Timeout));
        second.Send("Dear Ada,").Finish();

        Assert.Equal("Dear Ada,", string.Concat(await items));
    }

    [Fact]
    public async Task A_second_model_of_a_prompt_without_a_canary_has_no_arm()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Answers(Answer(2));

        var call = desk.AskAsync(Hedged());
        await desk.HedgeAsync();
        var result = await call;

        Assert.Equal("mini Initial Cancelled, haiku Hedge None", result.Attempts.Line());
        Assert.Equal([null, null, null], result.Attempts.Select(static attempt => attempt.Arm).Append(result.Arm));
    }

    /// <summary>The token of the limit that the next hedged call uses.</summary>
    private static CancellationToken Limit(Desk desk)
    {
        using var limit = desk.Runtime.GroupLimits.Start(Timeout.InfiniteTimeSpan, CancellationToken.None);
        return limit.Token;
    }

    private static PromptDefinition<string> Text(TimeSpan? deadline, PromptStep route) =>
        new("Desk.Reply", "00c0ffee", TextContract.Instance, route) { Repairs = 0, HedgeAfter = HedgeDesk.After, Deadline = deadline };
}
