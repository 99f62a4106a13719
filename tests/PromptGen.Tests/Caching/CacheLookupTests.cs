using Microsoft.Extensions.Configuration;
using PromptGen.Caching;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Caching;

/// <summary>Which calls share a kept answer, and what telemetry says of it.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class CacheLookupTests
{
    private const string Three = """{"value":3}""";
    private const string Four = """{"value":4}""";
    private const string Five = """{"value":5}""";

    [Fact]
    public async Task A_second_call_takes_the_kept_answer_and_says_what_it_saved()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three, 1_000, 500);

        var first = await desk.AskCachedAsync();
        var second = await desk.AskCachedAsync();

        Assert.Equal((false, PromptCost.Zero, new PromptCost(0.002m, true)), (first.FromCache, first.Saved, first.Cost));
        Assert.Equal((true, new PromptCost(0.002m, true), PromptCost.Zero), (second.FromCache, second.Saved, second.Cost));
        Assert.Equal((3, "mini", Tier.Fast), (second.Value, second.ModelId, second.Tier));
        Assert.Empty(second.Attempts);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task Another_version_of_the_prompt_takes_no_kept_answer()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);

        await desk.AskCachedAsync(CachedCalls.Define("00c0ffee"));

        AssertAsked(4, "mini", await desk.AskCachedAsync(CachedCalls.Define("00c0ffef")));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 3)]
    public async Task Scopes_share_an_answer_unless_the_prompt_has_one_for_each(bool perScope, int value)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);
        var prompt = CachedCalls.Define(perScope: perScope);

        using (PromptBudget.Scope("one"))
        {
            await desk.AskCachedAsync(prompt);
            Assert.True((await desk.AskCachedAsync(prompt)).FromCache);
        }

        using (PromptBudget.Scope("two"))
        {
            var other = await desk.AskCachedAsync(prompt);
            Assert.Equal((value, !perScope), (other.Value, other.FromCache));
        }
    }

    [Fact]
    public async Task The_arms_of_a_canary_have_an_answer_each()
    {
        var point = 0.9;
        using var desk = new Desk(builder => builder.Resilience.Randomizer = () => point);
        desk.Mini.Answers(Three);
        desk.Haiku.Answers(Four);
        var candidate = new PromptStep(Tier.Fast, [Sample.Haiku, Sample.Mini]);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), CachedCalls.OnlyMini)
        {
            CacheFor = CachedCalls.Hour,
            Entries = [candidate],
            Canary = new PromptCanary("Desk.Urgency", 50, candidate),
        };

        AssertAsked(3, "mini", await desk.AskCachedAsync(prompt));
        point = 0.1;
        AssertAsked(4, "haiku", await desk.AskCachedAsync(prompt));
        point = 0.9;
        Assert.Equal(3, (await desk.AskCachedAsync(prompt)).Value);
    }

    [Fact]
    public async Task A_call_with_a_ceiling_takes_no_answer_of_one_without()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);
        var limited = new RouteEntry(CachedCalls.OnlyMini);
        limited.When(CachedCalls.OnlyMini, "plan = Free", Tier.Fast);

        await desk.AskCachedAsync();

        AssertAsked(4, "mini", await desk.AskCachedAsync(entry: limited));
        Assert.True((await desk.AskCachedAsync(entry: limited)).FromCache);
    }

    [Fact]
    public async Task A_call_that_names_its_model_has_an_answer_of_that_model()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three);
        desk.Haiku.Answers(Five);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), CachedCalls.OnlyMini) { CacheFor = CachedCalls.Hour, Choices = [new PromptStep(Tier.Fast, [Sample.Haiku])] };
        var options = new PromptOptions { Model = "haiku" };

        await desk.AskCachedAsync(prompt);
        AssertAsked(5, "haiku", await desk.AskCachedAsync(prompt, options));

        var again = await desk.AskCachedAsync(prompt, options);
        Assert.Equal((5, "haiku", Tier.Fast, true), (again.Value, again.ModelId, again.Tier, again.FromCache));
    }

    [Fact]
    public async Task A_call_for_self_hosted_models_takes_no_answer_that_a_hosted_one_may_have_given()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three);
        desk.Llama.Answers(Four);

        await desk.AskCachedAsync(CachedCalls.Define(models: [Sample.Mini, Sample.Llama]));

        AssertAsked(4, Sample.Llama.Id, await desk.AskCachedAsync(CachedCalls.Define(selfHostedOnly: true, models: [Sample.Mini, Sample.Llama])));
    }

    [Fact]
    public async Task A_model_that_configuration_replaces_has_answers_of_its_own()
    {
        var cache = new ScriptedHybridCache();
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Models:mini:Id", "mini-2")]).Build();
        using var before = new Desk(builder => builder.UseCache(cache));
        using var after = new Desk(builder => builder.UseCache(cache).UseConfiguration(section));
        before.Mini.Answers(Three);
        after.Model("mini-2").Answers(Four);

        await before.AskCachedAsync();
        AssertAsked(4, "mini-2", await after.AskCachedAsync());

        var again = await after.AskCachedAsync();
        Assert.Equal((4, "mini-2", true), (again.Value, again.ModelId, again.FromCache));
        Assert.Empty(cache.Removed);
    }

    [Fact]
    public async Task Arguments_may_nest_to_64_levels_in_a_key()
    {
        using var desk = new Desk();
        using var fits = desk.Runtime.Start(CachedCalls.Prompt, CancellationToken.None);
        using var exceeds = desk.Runtime.Start(CachedCalls.Prompt, CancellationToken.None);

        Assert.False(await fits.CachedAsync(new Nested(64)));
        var error = await Assert.ThrowsAsync<PromptException>(async () => await exceeds.CachedAsync(new Nested(65)));

        Assert.Equal(
            (PromptErrorCode.Configuration, "A parameter of a [Cached] prompt nests deeper than 64 levels: it may contain itself."),
            (error.Code, error.Message));
    }

    [Theory]
    [InlineData(CacheMode.Both, 3, 3)]
    [InlineData(CacheMode.Read, 3, 3)]
    [InlineData(CacheMode.Write, 4, 4)]
    [InlineData(CacheMode.Off, 4, 3)]
    public async Task The_mode_says_whether_a_kept_answer_is_used_and_replaced(CacheMode mode, int value, int kept)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);
        await desk.AskCachedAsync();

        Assert.Equal(value, (await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Cache = mode })).Value);

        var last = await desk.AskCachedAsync();
        Assert.Equal((kept, true), (last.Value, last.FromCache));
    }

    [Theory]
    [InlineData(CacheMode.Both, true)]
    [InlineData(CacheMode.Read, false)]
    [InlineData(CacheMode.Write, true)]
    [InlineData(CacheMode.Off, false)]
    public async Task The_mode_says_whether_a_new_answer_is_kept(CacheMode mode, bool isKept)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three).Answers(Four);

        Assert.False((await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Cache = mode })).FromCache);

        Assert.Equal(isKept, (await desk.AskCachedAsync()).FromCache);
    }

    [Theory]
    [InlineData(30, 20, false)]
    [InlineData(30, 30, true)]
    [InlineData(30, 40, true)]
    [InlineData(60, null, true)]
    [InlineData(61, null, false)]
    [InlineData(61, 120, false)]
    public async Task An_answer_is_taken_up_to_the_age_that_the_call_and_the_prompt_allow(int age, int? maxAge, bool isTaken)
    {
        var cache = new ScriptedHybridCache();
        using var desk = new Desk(builder => builder.UseCache(cache));
        desk.Mini.Answers(Three).Answers(Four);
        await desk.AskCachedAsync();
        desk.Clock.Advance(TimeSpan.FromMinutes(age));

        var result = await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { MaxAge = maxAge is { } minutes ? TimeSpan.FromMinutes(minutes) : null });

        Assert.Equal((isTaken ? 3 : 4, isTaken), (result.Value, result.FromCache));
    }

    [Fact]
    public async Task Spans_and_meters_say_what_the_cache_had()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        var answer = new TaskCompletionSource<string>();
        desk.Mini.AnswersLater(answer.Task).Answers(Four).Answers(Five);

        var first = desk.AskCachedAsync();
        var joined = desk.AskCachedAsync();
        answer.SetResult(Three);
        await Task.WhenAll(first, joined);
        await desk.AskCachedAsync();
        await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Cache = CacheMode.Write });
        await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Cache = CacheMode.Off });

        Assert.Equal(
            ["bypass", "bypass", "coalesced", "hit", "miss"],
            probe.Spans.Select(static span => (string?)span.GetTagItem("promptgen.cache")).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_caller_that_has_cancelled_gets_a_cancellation_from_the_look_itself()
    {
        var cache = new ScriptedHybridCache();
        using var source = new CancellationTokenSource();
        using var desk = new Desk(builder => builder.UseCache(cache));
        using var call = desk.Runtime.Start(CachedCalls.Prompt, source.Token);
        var never = new TaskCompletionSource();
        cache.Before = () => never.Task;

        var look = call.CachedAsync(new TicketKey()).AsTask();
        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => look);
        Assert.Equal((source.Token, "Desk.Urgency was cancelled."), (error.CancellationToken, error.Message));
        Assert.Equal(PromptErrorCode.Cancelled, Assert.IsType<PromptException>(error.InnerException).Code);
    }

    private static void AssertAsked(int value, string modelId, PromptResult<int> result) =>
        Assert.Equal((value, modelId, false), (result.Value, result.ModelId, result.FromCache));

    private readonly struct Nested(int levels) : ICacheKey
    {
        public void WriteKey(CacheKeyWriter key)
        {
            for (var i = 0; i < levels; i++)
            {
                key.StartObject();
            }

            for (var i = 0; i < levels; i++)
            {
                key.EndObject();
            }
        }
    }
}
