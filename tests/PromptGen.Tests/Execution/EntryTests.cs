using PromptGen.Caching;
using PromptGen.Routing;
using PromptGen.Tests.Caching;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>Where a call enters its route, what its telemetry has of that, and which arm of a canary it gets.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class EntryTests
{
    private const string Answer = """{"value":3}""";

    private static readonly PromptStep Control = new(Tier.Fast, [Sample.Mini]) { Next = Sample.General };

    private static readonly PromptStep Candidate = new(Tier.Fast, [Sample.Haiku, Sample.Mini]) { Next = Sample.General };

    private static readonly PromptStep[] Choices = [new(Tier.Fast, [Sample.Mini]), new(Tier.General, [Sample.Sonnet])];

    [Theory]
    [InlineData("mini")]
    [InlineData(null)]
    public async Task The_reference_of_the_caller_gets_the_id_of_the_call_at_its_entry(string? named)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        var options = new PromptOptions { Model = named, Call = new CallReference() };
        using var call = desk.Runtime.Start(Define(), CancellationToken.None);
        Assert.Null(options.Call.CallId);

        var step = call.Enter(new RouteEntry(Control, options))!;
        var id = options.Call.CallId;
        Assert.True(await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)));

        Assert.NotNull(id);
        Assert.Equal([id, id], [call.Result.CallId, options.Call.CallId]);
    }

    [Fact]
    public async Task A_call_whose_model_is_refused_has_the_same_id_in_its_error()
    {
        using var desk = new Desk();
        var options = new PromptOptions { Model = "gpt-17", Call = new CallReference() };

        var error = await Assert.ThrowsAsync<PromptException>(() => desk.EnterAsync(Define(), new RouteEntry(Control, options)));

        Assert.NotNull(error.CallId);
        Assert.Equal(error.CallId, options.Call.CallId);
    }

    [Theory]
    [InlineData(null, "rule", "rule", "fast")]
    [InlineData("sonnet", "rule", "options", "general")]
    [InlineData("sonnet", null, "options", "general")]
    public async Task The_span_has_what_decided_and_the_tier(string? named, string? rule, string routedBy, string tier)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        desk.Sonnet.Answers(Answer);
        var entry = new RouteEntry(Control, new PromptOptions { Model = named });
        if (rule is not null)
        {
            entry.When(Control, rule);
        }

        var result = await desk.EnterAsync(Define(), entry);

        Assert.Equal(routedBy, result.RoutedBy);
        Assert.Equal(routedBy, probe.Call.GetTagItem("promptgen.routed_by"));
        Assert.Equal(
            [KeyValuePair.Create<string, object?>("promptgen.routed_by", routedBy), KeyValuePair.Create<string, object?>("promptgen.tier", tier)],
            Assert.Single(probe.Call.Events, static one => one.Name == "promptgen.entry").Tags);
    }

    [Fact]
    public async Task Where_nothing_decides_the_span_has_no_entry()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers(Answer);

        var result = await desk.EnterAsync(Define(), new RouteEntry(Control));

        Assert.Null(result.RoutedBy);
        Assert.Null(probe.Call.GetTagItem("promptgen.routed_by"));
        Assert.DoesNotContain(probe.Call.Events, static one => one.Name == "promptgen.entry");
    }

    [Theory]
    [InlineData("sonnet")]
    [InlineData(null)]
    public async Task The_span_has_the_tags_of_the_caller(string? named)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Model(named ?? "mini").Answers(Answer);
        var tags = new Dictionary<string, string> { ["tenant"] = "acme", ["feature"] = "triage" };

        await desk.EnterAsync(Define(), new RouteEntry(Control, new PromptOptions { Model = named, Tags = tags }));

        Assert.Equal(("acme", "triage"), (probe.Call.GetTagItem("promptgen.tag.tenant"), probe.Call.GetTagItem("promptgen.tag.feature")));
    }

    /// <summary>Of this prompt and candidate, customer-5 is at 28.7 percent and customer-1 at 58.5.</summary>
    [Theory]
    [InlineData("customer-5", 0.99, "haiku", "canary")]
    [InlineData("customer-1", 0, "mini", "control")]
    [InlineData(null, 0.499, "haiku", "canary")]
    [InlineData(null, 0.5, "mini", "control")]
    public async Task A_value_decides_the_arm_and_without_one_it_is_drawn(string? customer, double drawn, string model, string arm)
    {
        using var desk = new Desk(builder => builder.Resilience.Randomizer = () => drawn);
        desk.Model(model).Answers(Answer);
        var entry = new RouteEntry(Control);
        entry.StickTo(customer);

        var result = await desk.EnterAsync(Define(isCanary: true), entry);

        Assert.Equal((model, arm), (result.ModelId, result.Arm));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_arm_has_kept_answers_of_its_own(bool hasEntry)
    {
        var drawn = 0.0;
        using var desk = new Desk(builder =>
        {
            builder.UseCache(new ScriptedHybridCache());
            builder.Resilience.Randomizer = () => drawn;
        });
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var results = new List<(string, bool)>();

        foreach (var next in new[] { 0.1, 0.9, 0.2, 0.8 })
        {
            drawn = next;
            var result = await AskCachedAsync(desk, hasEntry ? new RouteEntry(Control, new PromptOptions()) : null);
            results.Add((result.ModelId, result.FromCache));
        }

        Assert.Equal([("haiku", false), ("mini", false), ("haiku", true), ("mini", true)], results);
    }

    [Fact]
    public async Task The_value_that_decides_the_arm_selects_its_kept_answers()
    {
        using var desk = new Desk(static builder =>
        {
            builder.UseCache(new ScriptedHybridCache());
            builder.Resilience.Randomizer = static () => 0.99;
        });
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var (first, second) = (new RouteEntry(Control), new RouteEntry(Control));
        first.StickTo("customer-1");
        second.StickTo("customer-5");

        PromptResult<int>[] results = [await AskCachedAsync(desk, first), await AskCachedAsync(desk, second)];

        Assert.Equal([("mini", "control", false), ("haiku", "canary", false)], results.Select(static result => (result.ModelId, result.Arm!, result.FromCache)));
    }

    [Fact]
    public async Task A_call_that_names_its_model_has_no_arm_and_shares_its_kept_answer()
    {
        var drawn = 0.1;
        using var desk = new Desk(builder =>
        {
            builder.UseCache(new ScriptedHybridCache());
            builder.Resilience.Randomizer = () => drawn;
        });
        desk.Mini.Answers(Answer);
        var entry = new RouteEntry(Control, new PromptOptions { Model = "mini" });

        var asked = await AskCachedAsync(desk, entry);
        drawn = 0.9;
        var kept = await AskCachedAsync(desk, entry);

        Assert.Equal((null, false, true), (asked.Arm, asked.FromCache, kept.FromCache));
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_kept_answer_gives_the_id_of_its_call_too()
    {
        using var desk = new Desk(static builder => builder.UseCache(new ScriptedHybridCache()));
        desk.Mini.Answers(Answer);
        var options = new PromptOptions { Model = "mini", Call = new CallReference() };

        await AskCachedAsync(desk, new RouteEntry(Control, new PromptOptions { Model = "mini" }));
        var kept = await AskCachedAsync(desk, new RouteEntry(Control, options));

        Assert.True(kept.FromCache);
        Assert.NotNull(options.Call.CallId);
        Assert.Equal(kept.CallId, options.Call.CallId);
    }

    private static async Task<PromptResult<int>> AskCachedAsync(Desk desk, RouteEntry? entry)
    {
        using var call = desk.Runtime.Start(Define(isCanary: true), CancellationToken.None);
        return await call.CachedAsync(new Key(), entry) ? call.Result : await call.EnterAsync(entry ?? new RouteEntry(Control));
    }

    private static PromptDefinition<int> Define(bool isCanary = false) => new("Desk.Urgency", "00c0ffee", new UrgencyContract(), Control)
    {
        Repairs = 0,
        CacheFor = TimeSpan.FromHours(1),
        Entries = [Candidate, .. Choices],
        Choices = Choices,
        Canary = isCanary ? new PromptCanary("Desk.Urgency", 50, Candidate) : null,
    };

    private readonly struct Key : ICacheKey
    {
        public void WriteKey(CacheKeyWriter key) => key.Text(Sample.Ticket);
    }
}
