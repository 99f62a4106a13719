using PromptGen.Health;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Health;

public class ContractBreakerTests
{
    private static readonly TimeSpan Break = TimeSpan.FromMinutes(1);
    private static readonly PromptDefinition<int> Plain = Sample.Define(repairs: 0);

    [Fact]
    public async Task A_model_that_keeps_breaking_a_contract_is_skipped_for_a_while()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Haiku.Answers("""{"value":3}""");
        var asked = desk.Mini.Requests.Count;

        var result = await desk.AskAsync(Plain);

        Assert.Equal("haiku Fallback None", result.Attempts.Line());
        Assert.Equal(asked, desk.Mini.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_fails_anyway_says_why_the_model_was_not_asked()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Sonnet.Fails(new ProviderException(PromptErrorCode.Auth));

        var error = await desk.FailAsync(Plain);

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Contains("Not asked: mini (breaks this contract: 10 of 10 answers)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_prompts_go_on_asking_it()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Mini.Answers("""{"value":3}""");

        Assert.Equal("mini Initial None", (await desk.AskAsync(Sample.Define())).Attempts.Line());
    }

    [Fact]
    public async Task The_last_model_of_a_route_is_asked_anyway()
    {
        var prompt = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));
        using var desk = await BrokenAsync(prompt);
        desk.Mini.Answers("no").Answers("""{"value":3}""");

        Assert.Equal(PromptErrorCode.RouteExhausted, (await desk.FailAsync(prompt)).Code);
        Assert.Equal(3, (await desk.AskAsync(prompt)).Value);
    }

    [Fact]
    public async Task A_model_is_skipped_only_for_one_that_can_be_asked()
    {
        var prompt = Sample.Define(repairs: 0, route: [new PromptStep(Tier.Fast, [Sample.Mini]), Sample.General]);
        using var desk = await BrokenAsync(prompt);
        desk.Sonnet.Fails(new ProviderException(PromptErrorCode.QuotaExhausted));
        desk.Mini.Answers("""{"value":3}""");

        Assert.Equal("sonnet Fallback QuotaExhausted", (await desk.FailAsync(prompt)).Attempts.Line());
        Assert.Equal("mini Initial None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Fact]
    public async Task One_good_probe_after_the_break_brings_it_back()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Mini.Answers("""{"value":3}""").Answers("no").Answers("""{"value":3}""");
        desk.Sonnet.Answers("""{"value":5}""");
        desk.Clock.Advance(Break);

        Assert.Equal("mini Initial None", (await desk.AskAsync(Plain)).Attempts.Line());
        Assert.Equal("mini Initial InvalidJson, sonnet Escalation None", (await desk.AskAsync(Plain)).Attempts.Line());
        Assert.Equal("mini Initial None", (await desk.AskAsync(Plain)).Attempts.Line());
    }

    [Fact]
    public async Task A_probe_that_breaks_the_contract_keeps_it_skipped_for_as_long_again()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Mini.Answers("no").Answers("""{"value":3}""");
        desk.Sonnet.Answers("""{"value":5}""");
        desk.Haiku.Answers("""{"value":4}""");
        desk.Clock.Advance(Break);

        Assert.Equal("mini Initial InvalidJson, sonnet Escalation None", (await desk.AskAsync(Plain)).Attempts.Line());
        desk.Clock.Advance(Break - TimeSpan.FromSeconds(1));
        Assert.Equal("haiku Fallback None", (await desk.AskAsync(Plain)).Attempts.Line());
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("mini Initial None", (await desk.AskAsync(Plain)).Attempts.Line());
    }

    [Fact]
    public async Task One_call_at_a_time_probes_and_one_that_is_cancelled_has_no_effect()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Mini.Hangs().Answers("""{"value":3}""");
        desk.Haiku.Answers("""{"value":4}""").Answers("""{"value":4}""");
        desk.Clock.Advance(Break);
        using var cancellation = new CancellationTokenSource();
        var asked = desk.Mini.Requests.Count;
        var probe = desk.AskAsync(Plain, cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(asked + 1);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync(Plain)).Attempts.Line());
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => probe);
        Assert.Equal("haiku Fallback None", (await desk.AskAsync(Plain)).Attempts.Line());
        desk.Clock.Advance(Break);
        Assert.Equal("mini Initial None", (await desk.AskAsync(Plain)).Attempts.Line());
    }

    [Fact]
    public async Task A_probe_that_finds_the_model_unavailable_has_no_effect()
    {
        using var desk = await BrokenAsync(Plain);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth)).Answers("""{"value":3}""");
        desk.Haiku.Answers("""{"value":4}""").Answers("""{"value":4}""");
        desk.Clock.Advance(Break);

        Assert.Equal("mini Initial Auth, haiku Fallback None", (await desk.AskAsync(Plain)).Attempts.Line());
        Assert.Equal("haiku Fallback None", (await desk.AskAsync(Plain)).Attempts.Line());
        desk.Clock.Advance(Break);
        Assert.Equal("mini Initial None", (await desk.AskAsync(Plain)).Attempts.Line());
    }

    [Fact]
    public async Task A_model_that_needs_one_repair_each_time_is_not_skipped()
    {
        using var desk = new Desk();
        for (var i = 0; i < 20; i++)
        {
            desk.Mini.Answers("no").Answers("""{"value":3}""");
            Assert.Equal("mini Initial InvalidJson, mini Repair None", (await desk.AskAsync()).Attempts.Line());
        }
    }

    [Fact]
    public async Task Answers_that_an_acceptance_check_rejects_keep_their_contract()
    {
        using var desk = new Desk();
        for (var i = 0; i < 20; i++)
        {
            desk.Mini.Answers("""{"value":3}""");
            desk.Sonnet.Answers("""{"value":4}""");
            Assert.Equal("mini Initial NotAccepted, sonnet Escalation None", (await desk.AskAsync(reject: static value => value == 3 ? "no" : null)).Attempts.Line());
        }
    }

    [Fact]
    public void A_probe_without_an_answer_does_not_block_the_model()
    {
        var (breaker, clock) = Open(new ResilienceOptions());
        clock.Advance(Break);
        Assert.True(breaker.TryEnter(out var lost));
        Assert.False(breaker.TryEnter(out _));

        clock.Advance(Break);
        Assert.True(breaker.TryEnter(out var next));
        breaker.Record(broken: true, lost, clock.GetTimestamp());
        breaker.Leave(lost);
        Assert.False(breaker.TryEnter(out _));
        breaker.Record(broken: false, next, clock.GetTimestamp());

        Assert.NotEqual(lost, next);
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void An_answer_asked_for_before_the_break_neither_closes_it_nor_makes_it_longer()
    {
        var (breaker, clock) = Open(new ResilienceOptions());

        breaker.Record(broken: false, 0, clock.GetTimestamp());
        clock.Advance(Break / 2);
        breaker.Record(broken: true, 0, clock.GetTimestamp());
        Assert.False(breaker.IsClosed);
        clock.Advance(Break / 2);

        Assert.True(breaker.TryEnter(out var probe));
        breaker.Record(broken: false, 0, clock.GetTimestamp());
        Assert.False(breaker.IsClosed);
        breaker.Record(broken: false, probe, clock.GetTimestamp());
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task Of_many_calls_at_once_exactly_one_becomes_the_probe()
    {
        var (breaker, clock) = Open(new ResilienceOptions());
        clock.Advance(Break);

        var entered = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => breaker.TryEnter(out var _))));

        Assert.Single(entered, static isIn => isIn);
    }

    [Fact]
    public void A_probe_that_was_left_starts_the_break_anew_and_comes_too_late_afterwards()
    {
        var (breaker, clock) = Open(new ResilienceOptions());
        clock.Advance(Break);
        Assert.True(breaker.TryEnter(out var probe));
        clock.Advance(Break / 2);

        new ContractWatch(breaker, probe).Leave();
        breaker.Record(broken: false, probe, clock.GetTimestamp());

        Assert.False(breaker.IsClosed);
        clock.Advance(Break / 2);
        Assert.False(breaker.TryEnter(out _));
        clock.Advance(Break / 2);
        Assert.True(breaker.TryEnter(out _));
    }

    [Fact]
    public void A_model_that_is_back_starts_with_a_clean_slate()
    {
        var (breaker, clock) = Open(new ResilienceOptions());
        clock.Advance(Break);
        breaker.TryEnter(out var probe);
        breaker.Record(broken: false, probe, clock.GetTimestamp());

        for (var i = 0; i < 10; i++)
        {
            Assert.True(breaker.IsClosed);
            breaker.Record(broken: true, 0, clock.GetTimestamp());
        }

        Assert.False(breaker.IsClosed);
    }

    [Fact]
    public void It_says_how_long_it_lasts_and_what_for()
    {
        var clock = new ManualTimeProvider();
        var breaker = new ContractBreaker(new ResilienceOptions(), 0.8, clock);
        Assert.True(breaker.TryEnter(out var none));
        breaker.Record(broken: false, none, clock.GetTimestamp());
        for (var i = 0; i < 9; i++)
        {
            breaker.Record(broken: true, none, clock.GetTimestamp());
        }

        Assert.Equal(0, none);
        Assert.Equal((Break, 9L, 10L), breaker.Describe());
        clock.Advance(Break / 4);
        Assert.Equal(Break * 3 / 4, breaker.Describe().Wait);
        clock.Advance(Break);
        Assert.Equal(TimeSpan.Zero, breaker.Describe().Wait);
    }

    [Theory]
    [InlineData(8, 2, false)]
    [InlineData(7, 3, true)]
    public void It_opens_at_the_ratio_and_not_below(int broken, int kept, bool staysClosed)
    {
        var clock = new ManualTimeProvider();
        var breaker = new ContractBreaker(new ResilienceOptions(), 0.8, clock);
        for (var i = 0; i < kept; i++)
        {
            breaker.Record(broken: false, 0, clock.GetTimestamp());
        }

        for (var i = 0; i < broken; i++)
        {
            Assert.True(breaker.IsClosed);
            breaker.Record(broken: true, 0, clock.GetTimestamp());
        }

        Assert.Equal(staysClosed, breaker.IsClosed);
    }

    [Fact]
    public void Answers_of_long_ago_do_not_count()
    {
        var clock = new ManualTimeProvider();
        var breaker = new ContractBreaker(new ResilienceOptions(), 0.8, clock);
        for (var i = 0; i < 9; i++)
        {
            breaker.Record(broken: true, 0, clock.GetTimestamp());
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        breaker.Record(broken: true, 0, clock.GetTimestamp());

        Assert.True(breaker.IsClosed);
    }

    [Theory]
    [InlineData(PromptErrorCode.None, false)]
    [InlineData(PromptErrorCode.NotAccepted, false)]
    [InlineData(PromptErrorCode.InvalidJson, true)]
    [InlineData(PromptErrorCode.SchemaMismatch, true)]
    [InlineData(PromptErrorCode.Truncated, true)]
    [InlineData(PromptErrorCode.EmptyOutput, true)]
    [InlineData(PromptErrorCode.OutputTooLarge, true)]
    [InlineData(PromptErrorCode.Refused, null)]
    [InlineData(PromptErrorCode.ContentFiltered, null)]
    [InlineData(PromptErrorCode.RateLimited, null)]
    [InlineData(PromptErrorCode.AttemptTimeout, null)]
    [InlineData(PromptErrorCode.Cancelled, null)]
    public void Only_answers_say_something_about_the_contract(PromptErrorCode code, bool? breaks) => Assert.Equal(breaks, ContractBreaker.Breaks(code));

    private static (ContractBreaker Breaker, ManualTimeProvider Clock) Open(ResilienceOptions options)
    {
        var clock = new ManualTimeProvider();
        var breaker = new ContractBreaker(options, 0.8, clock);
        for (var i = 0; i < 10; i++)
        {
            breaker.Record(broken: true, 0, clock.GetTimestamp());
        }

        Assert.False(breaker.IsClosed);
        return (breaker, clock);
    }

    /// <summary>A desk whose mini has broken the contract of a prompt ten times in a row.</summary>
    private static async Task<Desk> BrokenAsync(PromptDefinition<int> prompt)
    {
        var desk = new Desk();
        for (var i = 0; i < 10; i++)
        {
            desk.Mini.Answers("no");
            if (prompt.Route.Count == 1)
            {
                await desk.FailAsync(prompt);
                continue;
            }

            desk.Sonnet.Answers("""{"value":5}""");
            Assert.Equal("mini Initial InvalidJson, sonnet Escalation None", (await desk.AskAsync(prompt)).Attempts.Line());
        }

        return desk;
    }
}
