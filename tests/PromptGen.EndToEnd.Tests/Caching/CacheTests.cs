using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Caching;

/// <summary>Cached answers: what they cost, which calls share one, which answers are never cached.</summary>
public sealed class CacheTests : CallTests
{
    private const string Ticket = "I was charged twice";

    private CacheDesk? _cached;

    private CacheDesk Cached => _cached ??= new CacheDesk(Prompts);

    [Fact]
    public async Task A_second_call_costs_nothing_and_says_what_it_saved()
    {
        Server.Enqueue(Reply(Good));

        var first = await Cached.TriageAsync(Ticket);
        var second = await Cached.TriageAsync(Ticket);

        Assert.Single(Server.Requests);
        Assert.False(first.FromCache);
        Assert.Equal(PromptCost.Zero, first.Saved);
        Assert.True(second.FromCache);
        Assert.Equal((first.Value, Mini, Tier.Fast), (second.Value, second.ModelId, second.Tier));
        Assert.Empty(second.Attempts);
        AssertCost(second, 0);
        Assert.Equal(first.Cost, second.Saved);
        Assert.NotEqual(PromptCost.Zero, second.Saved);
    }

    [Fact]
    public async Task An_answer_is_kept_as_long_as_declared_and_a_call_may_require_a_younger_one()
    {
        Server.Enqueue(Reply(Good), Reply(Good), Reply(Good));

        await Cached.TriageAsync(Ticket);
        Time.Advance(TimeSpan.FromMinutes(30));
        Assert.True((await Cached.TriageAsync(Ticket)).FromCache);
        Assert.False((await Cached.TriageAsync(Ticket, new PromptOptions { MaxAge = TimeSpan.FromMinutes(20) })).FromCache);
        Time.Advance(TimeSpan.FromMinutes(60));
        Assert.True((await Cached.TriageAsync(Ticket)).FromCache);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Cached.TriageAsync(Ticket)).FromCache);
    }

    [Theory]
    [InlineData(CacheMode.Off, 2)]
    [InlineData(CacheMode.Read, 2)]
    [InlineData(CacheMode.Write, 1)]
    [InlineData(CacheMode.Both, 1)]
    public async Task The_mode_of_a_call_says_whether_its_answer_is_kept(CacheMode mode, int requests)
    {
        Server.Enqueue(Reply(Good), Reply(Good));

        await Cached.TriageAsync(Ticket, new PromptOptions { Cache = mode });
        await Cached.TriageAsync(Ticket);

        Assert.Equal(requests, Server.Requests.Count);
    }

    [Theory]
    [InlineData(CacheMode.Off, false)]
    [InlineData(CacheMode.Read, true)]
    [InlineData(CacheMode.Write, false)]
    [InlineData(CacheMode.Both, true)]
    public async Task The_mode_of_a_call_says_whether_a_kept_answer_is_used(CacheMode mode, bool isUsed)
    {
        Server.Enqueue(Reply(Good), Reply(Good));

        await Cached.TriageAsync(Ticket);

        Assert.Equal(isUsed, (await Cached.TriageAsync(Ticket, new PromptOptions { Cache = mode })).FromCache);
    }

    [Fact]
    public async Task Only_accepted_answers_are_kept_under_the_model_that_gave_them()
    {
        Server.Enqueue(Reply(Unsure), Reply(Good));

        await Cached.TriageAsync(Ticket);
        var second = await Cached.TriageAsync(Ticket);

        Assert.Equal((Sonnet, Tier.General, 0.9), (second.ModelId, second.Tier, second.Value.Confidence));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task What_failed_or_was_answered_by_the_program_itself_is_not_kept()
    {
        Server.Enqueue(Reply(Broken), ModelReply.Length(Good), ModelReply.Refusal(), Reply(Good));

        for (var i = 0; i < 3; i++)
        {
            var substituted = await Cached.QueuedAsync(Ticket);
            Assert.Equal(("", false), (substituted.ModelId, substituted.FromCache));
        }

        Assert.Equal((Mini, false), ((await Cached.QueuedAsync(Ticket)) is var answered ? (answered.ModelId, answered.FromCache) : default));
        Assert.True((await Cached.QueuedAsync(Ticket)).FromCache);
    }

    [Fact]
    public async Task Equal_arguments_have_one_key_and_others_another()
    {
        var since = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var customer = new Customer("Ann", Plan.Free, since, new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, [1, 2]);
        Customer[] others =
        [
            customer with { Name = "Bob" }, customer with { Plan = Plan.Pro }, customer with { Since = since.AddTicks(1) }, customer with { Photo = [1, 3] }, customer with { Photo = null },
            customer with { Counts = new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 } },
        ];
        for (var i = 0; i < others.Length + 3; i++)
        {
            Server.Enqueue(Reply(Good));
        }

        await Cached.CustomerAsync(customer, "ab", "c");
        Assert.True((await Cached.CustomerAsync(customer with { Counts = new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }, Photo = [1, 2] }, "ab", "c")).FromCache);
        Assert.False((await Cached.CustomerAsync(customer, "a", "bc")).FromCache);
        Assert.False((await Cached.CustomerAsync(customer, "c", "ab")).FromCache);
        foreach (var other in others)
        {
            Assert.False((await Cached.CustomerAsync(other, "ab", "c")).FromCache);
            Assert.True((await Cached.CustomerAsync(other, "ab", "c")).FromCache);
        }
    }

    [Fact]
    public async Task Scopes_share_nothing_where_the_prompt_says_so()
    {
        Server.Enqueue(Reply(Good), Reply(Good), Reply(Good));

        using (PromptBudget.Scope("one"))
        {
            await Cached.TenantAsync(Ticket);
            Assert.True((await Cached.TenantAsync(Ticket)).FromCache);
        }

        using (PromptBudget.Scope("two"))
        {
            Assert.False((await Cached.TenantAsync(Ticket)).FromCache);
        }

        Assert.False((await Cached.TenantAsync(Ticket)).FromCache);
    }

    [Fact]
    public async Task A_kept_answer_passes_the_plain_checks_again_and_no_judge_is_paid()
    {
        Server.Enqueue(Reply(Good), Reply("""{"value":true}"""), Reply(Good), Reply(Good), Reply("""{"value":true}"""));

        await Cached.JudgedAsync(Ticket);
        Assert.True((await Cached.JudgedAsync(Ticket)).FromCache);
        Assert.Equal((2, 2), (Cached.Checks, Server.Requests.Count));

        Cached.AreAllUrgent = false;
        await Assert.ThrowsAsync<PromptException>(() => Cached.JudgedAsync(Ticket));
        Cached.AreAllUrgent = true;
        Assert.False((await Cached.JudgedAsync(Ticket)).FromCache);
    }

    [Fact]
    public async Task No_router_is_paid_for_a_kept_answer()
    {
        Server.Enqueue(Haiku, Reply("""{"value":true}"""));
        Server.Enqueue(Sonnet, Reply(Good));

        await Cached.RoutedAsync(Ticket);
        var second = await Cached.RoutedAsync(Ticket);

        Assert.Equal((true, Sonnet, 2), (second.FromCache, second.ModelId, Server.Requests.Count));
        AssertCost(second, 0);
    }

    [Fact]
    public async Task The_answer_of_a_vote_is_that_of_the_first_member_behind_the_winner()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Unsure));

        var first = await Cached.VotedAsync(Ticket);
        var second = await Cached.VotedAsync(Ticket);

        Assert.True(second.FromCache);
        Assert.Equal((first.Value, first.ModelId), (second.Value, second.ModelId));
        Assert.Empty(second.Votes);
    }

    [Fact]
    public async Task Arms_of_a_canary_share_no_answers()
    {
        // Each user keeps its arm; among twenty there are both.
        Server.Enqueue(Mini, [.. Enumerable.Repeat(Reply(Good), 20)]);
        Server.Enqueue(Haiku, [.. Enumerable.Repeat(Reply(Good), 20)]);
        var arms = new HashSet<(string? Arm, string Model)>();
        for (var user = 0; user < 20; user++)
        {
            var result = await Cached.TriedAsync(Ticket, $"user {user}");
            arms.Add((result.Arm, result.ModelId));
            var again = await Cached.TriedAsync(Ticket, $"user {user}");
            Assert.Equal((true, result.ModelId), (again.FromCache, again.ModelId));
        }

        Assert.Equal(2, arms.Count);
    }

    [Fact]
    public async Task Calls_at_once_are_one_call()
    {
        Server.Enqueue(Reply(Good));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Cached.TriageAsync(Ticket)));

        Assert.Single(Server.Requests);
        Assert.Equal(49, results.Count(static result => result.FromCache));
        Assert.All(results.Where(static result => result.FromCache), result => Assert.Equal(results.Single(static one => !one.FromCache).Cost, result.Saved));
    }

    [Fact]
    public async Task Calls_of_a_pipeline_at_once_are_booked_once_and_need_the_money_of_one()
    {
        Server.Enqueue(Reply(Good));
        var worst = (await Prompts.ExplainAsync(() => Cached.TriageAsync(Ticket))).WorstCaseUsd!.Value;
        await using var run = Prompts.StartPipeline("triage", new PipelineOptions { MaxUsd = worst, Concurrency = 50 });

        var items = await run.MapAsync("triage", Enumerable.Repeat(Ticket, 50), (ticket, token) => Cached.TriageAsync(ticket, cancellationToken: token));

        Assert.Single(Server.Requests);
        var request = Assert.Single(run.Attempts);
        var paid = Assert.Single(items, static item => !item.Value.FromCache);
        Assert.Equal((request.Cost, request.Cost), (paid.Cost, run.Cost));
        Assert.Equal([new PipelineStage("triage", 50, 0, 1, request.Cost)], run.Stages);
        Assert.All(items.Where(static item => item.Value.FromCache), item =>
            Assert.Equal((PromptCost.Zero, PromptCost.Zero, 0, request.Cost), (item.Cost, item.Value.Cost, item.Value.Attempts.Count, item.Value.Saved)));
    }

    [Fact]
    public async Task A_later_stage_of_a_pipeline_takes_what_an_earlier_one_paid()
    {
        Server.Enqueue(Reply(Good));
        await using var run = Prompts.StartPipeline("triage", new PipelineOptions { MaxUsd = 1 });

        await run.RunAsync("first", token => Cached.TriageAsync(Ticket, cancellationToken: token));
        var again = await run.MapAsync("again", [Ticket, Ticket], (ticket, token) => Cached.TriageAsync(ticket, cancellationToken: token));

        Assert.Equal([1L, 0L], run.Stages.Select(static stage => stage.Attempts));
        Assert.Equal([run.Cost, PromptCost.Zero], run.Stages.Select(static stage => stage.Cost));
        Assert.All(again, item => Assert.Equal((PromptCost.Zero, run.Cost), (item.Cost, item.Value.Saved)));
    }

    [Fact]
    public async Task A_dry_run_does_not_look()
    {
        Server.Enqueue(Reply(Good));
        await Cached.TriageAsync(Ticket);

        Assert.NotEmpty((await Prompts.ExplainAsync(() => Cached.TriageAsync(Ticket))).Steps);
    }

    [Fact]
    public async Task Spans_say_what_the_cache_had()
    {
        Server.Enqueue(Reply(Good), Reply(Good));
        using var probe = new TelemetryProbe();

        await Cached.TriageAsync(Ticket);
        await Cached.TriageAsync(Ticket);
        await Cached.TriageAsync(Ticket, new PromptOptions { Cache = CacheMode.Off });

        Assert.Equal(
            ["miss", "hit", "bypass"],
            probe.Spans.Where(static span => (string?)span.GetTagItem("gen_ai.prompt.name") == "CacheDesk.TriageAsync" && span.GetTagItem("promptgen.cache") is not null)
                .OrderBy(static span => span.StartTimeUtc).Select(static span => (string?)span.GetTagItem("promptgen.cache")));
    }

    [Fact]
    public async Task Two_programs_share_answers_through_a_distributed_cache_of_their_containers()
    {
        var shared = new SharedCache();
        Server.Enqueue(Reply(Good));
        await using var one = Program(shared);
        await using var other = Program(shared);

        var first = await one.GetRequiredService<CacheDesk>().TriageAsync(Ticket);
        var second = await other.GetRequiredService<CacheDesk>().TriageAsync(Ticket);

        Assert.Equal((false, true), (first.FromCache, second.FromCache));
        Assert.Equal((first.Value, first.Cost, first.ModelId), (second.Value, second.Saved, second.ModelId));
    }

    private ServiceProvider Program(SharedCache shared)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(shared).AddHybridCache();
        services.AddSingleton<TimeProvider>(Time);
        services.AddPromptGen(builder => builder.AddOpenAI("test-key", Server.OpenAIEndpoint).AddAnthropic("test-key", Server.AnthropicEndpoint));
        services.AddSingleton<CacheDesk>();
        return services.BuildServiceProvider();
    }
}
