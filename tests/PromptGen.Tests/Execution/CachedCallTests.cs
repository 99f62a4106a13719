using PromptGen.Ensembles;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Tests.Caching;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>What a call does with a kept answer, with the value of a vote, and without a route.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class CachedCallTests
{
    private const string Three = """{"value":3}""";
    private const string Four = """{"value":4}""";

    [Fact]
    public async Task A_prompt_that_is_not_cached_has_no_kept_answer()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        Assert.False(await call.CachedAsync(new TicketKey()));

        var error = Assert.Throws<InvalidOperationException>(() => call.Value);
        Assert.Equal("No step of Desk.Urgency gave an accepted answer.", error.Message);
        Assert.Equal(error.Message, Assert.Throws<InvalidOperationException>(() => call.Result).Message);
    }

    [Fact]
    public async Task A_call_that_switches_the_cache_off_says_so_in_its_span()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers(Three);

        await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Cache = CacheMode.Off });

        Assert.Equal("bypass", probe.Call.GetTagItem("promptgen.cache"));
    }

    [Fact]
    public async Task A_kept_answer_has_an_id_that_its_caller_gets_too()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three);
        var (first, second) = (new CallReference(), new CallReference());

        var asked = await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Call = first });
        var kept = await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Call = second });

        Assert.True(kept.FromCache);
        Assert.Equal((asked.CallId, kept.CallId), (first.CallId, second.CallId));
        Assert.NotEqual(first.CallId, second.CallId);
    }

    [Fact]
    public async Task A_kept_answer_passes_the_check_of_the_call_again()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);
        var checks = 0;
        await desk.AskCachedAsync();

        var other = await desk.AskCachedAsync(reject: value =>
        {
            checks++;
            return value == 3 ? "too low" : null;
        });

        Assert.Equal((4, false, 2), (other.Value, other.FromCache, checks));
        Assert.Equal(4, (await desk.AskCachedAsync()).Value);
    }

    [Theory]
    [InlineData("too low", 4, false)]
    [InlineData(null, 3, true)]
    public async Task A_kept_answer_passes_a_check_that_takes_its_time_again(string? reason, int value, bool isKept)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);
        await desk.AskCachedAsync();

        using var call = desk.Runtime.Start(
            CachedCalls.Prompt,
            async (checkedValue, _) =>
            {
                await Task.Yield();
                return checkedValue == 3 ? reason : null;
            },
            CancellationToken.None);
        var result = await call.FinishAsync(new RouteEntry(CachedCalls.OnlyMini));

        Assert.Equal((value, isKept), (result.Value, result.FromCache));
    }

    [Fact]
    public async Task No_judge_is_asked_for_a_kept_answer()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three);
        var judged = 0;

        Assert.False((await AskAsync()).FromCache);
        var second = await AskAsync();

        Assert.Equal((3, true, 1), (second.Value, second.FromCache, judged));

        async Task<PromptResult<int>> AskAsync()
        {
            using var call = desk.Runtime.StartJudged(
                CachedCalls.Prompt,
                (_, _) =>
                {
                    judged++;
                    return new ValueTask<PromptRejection?>(default(PromptRejection?));
                },
                CancellationToken.None);
            return await call.FinishAsync(new RouteEntry(CachedCalls.OnlyMini));
        }
    }

    [Fact]
    public async Task The_plain_checks_of_a_judged_prompt_hold_for_a_kept_answer()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three);
        await desk.AskCachedAsync();
        using var call = desk.Runtime.StartJudged(CachedCalls.Prompt, static (_, _) => throw new InvalidOperationException("A judge is asked."), CancellationToken.None);

        Assert.False(await call.CachedAsync(new TicketKey(), checks: static (value, _) => new ValueTask<string?>(value == 3 ? "too low" : null)));
    }

    [Fact]
    public void A_value_of_the_program_has_the_lowest_tier_where_there_is_no_route()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), null), CancellationToken.None);

        var result = call.Served(5);

        Assert.Equal((5, "", default(Tier)), (result.Value, result.ModelId, result.Tier));
    }

    [Fact]
    public async Task The_winner_of_a_vote_passes_a_check()
    {
        using var desk = Voting();

        Assert.Equal("mini 3", await VoteAsync(prompt => desk.Runtime.Start(prompt, static value => value == 3 ? null : "not 3", CancellationToken.None)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_winner_of_a_vote_is_rejected_by_a_check(bool isAsync)
    {
        using var desk = Voting();
        var checkedValues = new List<int>();

        var outcome = await VoteAsync(prompt => isAsync
            ? desk.Runtime.Start(prompt, (value, _) => new ValueTask<string?>(Reject(value)), CancellationToken.None)
            : desk.Runtime.Start(prompt, Reject, CancellationToken.None));

        Assert.Equal("not accepted", outcome);
        Assert.Equal([3], checkedValues);

        string? Reject(int value)
        {
            checkedValues.Add(value);
            return "never";
        }
    }

    private static Desk Voting()
    {
        var desk = new Desk();
        desk.Mini.Answers(Three);
        desk.Haiku.Answers(Three);
        return desk;
    }

    /// <returns>Model and value of the winner, or that it was not accepted.</returns>
    private static async Task<string> VoteAsync(Func<PromptDefinition<int>, PromptCall<int>> start)
    {
        var members = new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku]) { Samples = 1 };
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), null) { Entries = [members], Repairs = 0 };
        using var call = start(prompt);
        var ensemble = new PromptEnsemble<int>(members, static (writer, value) => writer.Text(value == 3 ? "3" : "other")) { Quorum = 2 };

        return await Ensemble.VoteAsync(call, ensemble, new UrgencyTemplate(Sample.Ticket)) ? $"{call.Result.ModelId} {call.Value}" : "not accepted";
    }
}
