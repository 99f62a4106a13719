using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Routing;

/// <summary>Which calls the candidate of a canary gets.</summary>
public sealed class PromptCanaryTests
{
    private const int Keys = 10_000;

    private static readonly Gen<(string Prompt, string Model, double Percent, int Seed)> Canaries =
        from prompt in Gen.Elements("Desk.TriageAsync", "Desk.AnswerAsync", "Billing", "")
        from model in Gen.Elements("gpt-4o-mini", "llama3.1:70b", "m")
        from percent in Gen.Choose(0, 1_000)
        from seed in Gen.Choose(0, 1_000_000)
        select (prompt, model, percent / 10d, seed);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(100)]
    public void The_share_of_ten_thousand_values_is_the_declared_one_within_a_point(double percent)
    {
        var canary = Canary("Desk.TriageAsync", "claude-3-5-haiku-20241022", percent);

        Assert.InRange(100d * Enumerable.Range(1, Keys).Count(key => IsCandidates(canary, $"customer-{key}")) / Keys, percent - 1, percent + 1);
        Assert.InRange(100d * Enumerable.Range(1, Keys).Count(key => IsCandidates(canary, key)) / Keys, percent - 1, percent + 1);
    }

    /// <summary>A hash that spreads evenly has a standard deviation of half a point at most: six of them are three points.</summary>
    [Fact]
    public void Whatever_prompt_and_candidate_the_share_is_as_even_as_chance() => Prop.ForAll(
        Canaries.ToArbitrary(),
        static sample =>
        {
            var canary = Canary(sample.Prompt, sample.Model, sample.Percent);
            var texts = Enumerable.Range(sample.Seed, Keys).Count(key => IsCandidates(canary, $"customer-{key}"));
            var numbers = Enumerable.Range(sample.Seed, Keys).Count(key => IsCandidates(canary, key));

            Assert.InRange(100d * texts / Keys, sample.Percent - 3, sample.Percent + 3);
            Assert.InRange(100d * numbers / Keys, sample.Percent - 3, sample.Percent + 3);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_keeps_its_arm_and_a_larger_share_takes_none_of_it_away() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        Canaries.ToArbitrary(),
        static (value, sample) =>
        {
            var (narrow, wide) = (Canary(sample.Prompt, sample.Model, sample.Percent), Canary(sample.Prompt, sample.Model, Math.Min(100, sample.Percent + 10)));
            var point = PointOf(narrow, value.Get);

            Assert.Equal(point, PointOf(wide, new string(value.Get)));
            Assert.InRange(point, 0, 100 - 1e-9);
            Assert.True(!IsCandidates(narrow, value.Get) || IsCandidates(wide, value.Get));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_prompt_and_each_candidate_tries_other_values()
    {
        PromptCanary[] canaries = [Canary("Desk.A", "mini", 50), Canary("Desk.B", "mini", 50), Canary("Desk.A", "haiku", 50)];
        for (var i = 0; i < canaries.Length; i++)
        {
            var (one, other) = (canaries[i], canaries[(i + 1) % canaries.Length]);

            Assert.InRange(Enumerable.Range(0, Keys).Count(key => IsCandidates(one, $"{key}") && IsCandidates(other, $"{key}")), Keys * 23 / 100, Keys * 27 / 100);
        }
    }

    /// <summary>Numbers that hold for all times: a caller keeps the arm in another process and after an update.</summary>
    [Fact]
    public void The_hash_is_the_same_in_every_process()
    {
        Assert.Equal(0xEFD01F60BA992926UL, StableHash.Of(""));
        Assert.Equal(0x7CA4F15FD8D36DBCUL, StableHash.Of("customer-1"));
        Assert.Equal(0x0UL, StableHash.Mix(0));
    }

    [Fact]
    public void A_guid_is_its_text_and_a_missing_value_is_drawn()
    {
        var canary = Canary("Desk.A", "mini", 50);
        var id = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var (guid, missing, number) = (Entry(), Entry(), Entry());
        guid.StickTo(id);
        missing.StickTo(default(string));
        number.StickTo(default(long?));

        Assert.Equal(PointOf(canary, "0f8fad5b-d9cb-469f-a165-70867728950e"), guid.PointOf(canary));
        Assert.Null(missing.PointOf(canary));
        Assert.Null(number.PointOf(canary));
    }

    [Theory]
    [InlineData(0.199, "mini", "canary")]
    [InlineData(0.2, "haiku", "control")]
    [InlineData(0.999, "haiku", "control")]
    public async Task Without_a_value_every_call_is_drawn(double drawn, string model, string arm)
    {
        using var client = new ScriptedChatClient();
        client.Answers("fine");
        using var prompts = PromptRuntime.Create(builder =>
        {
            builder.AddClient("mini", client).AddClient("haiku", client);
            builder.Resilience.Randomizer = () => drawn;
        });

        var result = await AskAsync(prompts, Define(Sample.Mini, Sample.Haiku, 20));

        Assert.Equal((model, arm), (result.ModelId, result.Arm));
    }

    [Fact]
    public async Task A_hosted_candidate_gets_no_call_for_self_hosted_models()
    {
        using var client = new ScriptedChatClient();
        client.Answers("fine");
        using var prompts = PromptRuntime.Create(builder => builder.AddClient("mini", client).AddClient(Sample.Llama.Id, client));

        var result = await AskAsync(prompts, Define(Sample.Mini, Sample.Llama, 100, selfHostedOnly: true));

        Assert.Equal((Sample.Llama.Id, "control"), (result.ModelId, result.Arm));
        Assert.Single(client.Requests);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("100.5")]
    [InlineData("NaN")]
    [InlineData("many")]
    public void A_share_that_is_none_is_refused(string value)
    {
        var error = Assert.Throws<PromptException>(() => CanaryShares.Read(Settings("Canaries:Desk.A:llama3.1:70b", value)));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal($"Configuration key 'Canaries:Desk.A:llama3.1:70b' must be a number from 0 to 100 (percent of the calls), not '{value}'.", error.Message);
    }

    [Fact]
    public void Configuration_changes_the_share_of_its_canary_alone()
    {
        var shares = CanaryShares.Read(Settings("Canaries:desk.a:llama3.1:70b", "12.5"));

        Assert.Equal(12.5, shares.Of(Canary("Desk.A", "llama3.1:70b", 50)));
        Assert.Equal(50, shares.Of(Canary("Desk.A", "mini", 50)));
        Assert.Equal(50, CanaryShares.None.Of(Canary("Desk.A", "llama3.1:70b", 50)));
    }

    private static IConfiguration Settings(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build();

    private static PromptCanary Canary(string prompt, string model, double percent) =>
        new(prompt, percent, new PromptStep(Tier.Fast, [new ModelInfo(model, "openai", Tier.Fast)]));

    private static PromptDefinition<string> Define(ModelInfo candidate, ModelInfo control, double percent, bool selfHostedOnly = false)
    {
        var step = new PromptStep(control.Tier, [candidate, control]);
        return new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, new PromptStep(control.Tier, [control]))
        {
            Entries = [step],
            Canary = new PromptCanary("Desk.Reply", percent, step),
            SelfHostedOnly = selfHostedOnly,
        };
    }

    private static async Task<PromptResult<string>> AskAsync(PromptRuntime prompts, PromptDefinition<string> prompt)
    {
        using var call = prompts.Start(prompt, CancellationToken.None);
        Assert.True(await call.TryAsync(call.Enter(new RouteEntry(prompt.Route[0]))!, new UrgencyTemplate(Sample.Ticket)));
        return call.Result;
    }

    private static RouteEntry Entry() => new(new PromptStep(Tier.Fast, []));

    private static double PointOf(PromptCanary canary, string value)
    {
        var entry = Entry();
        entry.StickTo(value);
        return entry.PointOf(canary)!.Value;
    }

    private static bool IsCandidates(PromptCanary canary, string value) => PointOf(canary, value) < canary.Percent;

    private static bool IsCandidates(PromptCanary canary, long value)
    {
        var entry = Entry();
        entry.StickTo(value);
        return entry.PointOf(canary) < canary.Percent;
    }
}
