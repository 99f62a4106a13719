using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.Routing;
using PromptGen.Tests.Caching;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>What a runtime gives beside calls: money that is left, verdicts, its review of the configuration, and its end.</summary>
public sealed class PromptRuntimeTests
{
    private const string Answer = """{"value":3}""";

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.3, 0, 0.7)]
    [InlineData(0.3, 0.2, 0.5)]
    [InlineData(1, 0, 0)]
    [InlineData(1.25, 0, 0)]
    public async Task What_is_left_of_a_budget_is_neither_spent_nor_reserved_and_never_below_zero(decimal spent, decimal reserved, decimal left)
    {
        InMemoryBudgetStore? store = null;
        using var desk = new Desk(builder => builder
            .UseBudgetStore(store = new InMemoryBudgetStore(builder.TimeProvider))
            .AddBudget("team", 1m, BudgetPeriod.Day)
            .AddBudget("each", 1m, BudgetPeriod.Day, perScope: true));
        BudgetReservation Reservation(decimal usd) => new(Guid.NewGuid(), usd, TimeSpan.FromHours(1), [new BudgetLimit("team", 1m, BudgetPeriod.Day)]);
        var settled = Reservation(0m);
        Assert.True((await store!.ReserveAsync(settled)).IsGranted);
        Assert.True((await store.ReserveAsync(Reservation(reserved))).IsGranted);
        await store.SettleAsync(settled, spent);

        var balances = await desk.Runtime.LeftAsync(CancellationToken.None);

        Assert.Equal([("team", left)], balances);
    }

    [Fact]
    public void A_prompt_whose_router_reads_embeddings_requires_their_generator()
    {
        using var desk = new Desk();
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { EmbeddingModel = "embed-1" };

        var error = Assert.Throws<PromptException>(() => desk.Runtime.Require(prompt));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("The router of Desk.Urgency reads embeddings by 'embed-1', and nothing makes them: add AddEmbeddings(\"embed-1\", generator).", error.Message);
    }

    [Fact]
    public void Strict_configuration_names_everything_without_effect_in_one_error()
    {
        using var desk = new Desk(builder =>
        {
            builder.UseConfiguration(Section(("Modles:mini:Disabled", "true"), ("Models:minni:InputPrice", "1")));
            builder.StrictConfiguration = true;
        });

        var error = Assert.Throws<PromptException>(() => desk.Runtime.RequireAll([Sample.Prompt]));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal(
            "Configuration without effect: Modles is no section of PromptGen; did you mean 'Models'?; Models:minni is the model of no prompt; did you mean 'mini'?.",
            error.Message);
    }

    [Fact]
    public void A_reload_without_effect_is_reported_once_all_prompts_are_registered()
    {
        using var log = new TestLog();
        var section = Section();
        using var desk = new Desk(builder => builder.UseConfiguration(section).UseLoggerFactory(log));
        desk.Runtime.RequireAll([Sample.Prompt]);
        Assert.Empty(log.Lines);

        Reload(section, "Models:minni:InputPrice", "1");

        Assert.Equal(["Warning: Configuration without effect: Models:minni is the model of no prompt; did you mean 'mini'?"], log.Lines);
    }

    [Fact]
    public void A_reload_may_name_models_of_prompts_that_are_still_to_come()
    {
        using var log = new TestLog();
        var section = Section();
        using var desk = new Desk(builder => builder.UseConfiguration(section).UseLoggerFactory(log));
        desk.Runtime.RequireAll([]);
        desk.Runtime.Require(Sample.Prompt);

        Reload(section, "Models:later:InputPrice", "1");

        Assert.Empty(log.Lines);
    }

    [Fact]
    public void After_its_end_a_runtime_reads_no_configuration()
    {
        using var log = new TestLog();
        var section = Section();
        var desk = new Desk(builder => builder.UseConfiguration(section).UseLoggerFactory(log));
        Reload(section, "Models:mini:InputPrice", "much");
        Assert.Single(log.Lines);
        desk.Dispose();

        Reload(section, "Models:mini:InputPrice", "more");

        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task After_its_end_a_runtime_keeps_no_answers_in_memory()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        await desk.AskCachedAsync();
        using var before = desk.Runtime.Start(CachedCalls.Prompt, CancellationToken.None);
        using var after = desk.Runtime.Start(CachedCalls.Prompt, CancellationToken.None);

        Assert.True(await before.CachedAsync(new TicketKey()));
        await desk.Runtime.DisposeAsync();

        Assert.False(await after.CachedAsync(new TicketKey()));
    }

    [Fact]
    public async Task A_verdict_reaches_the_ledger_and_every_sink_once()
    {
        var (ledger, sink) = (new InMemoryCallLedger(), new VerdictSink());
        using var desk = new Desk(builder => builder.UseLedger(ledger).AddFeedbackSink(ledger).AddFeedbackSink(sink));

        await desk.Runtime.FeedbackAsync("call-1", 0.5);
        await desk.Runtime.FeedbackAsync("call-1", 1, "test");

        CallVerdict[] verdicts = [new("call-1", "person", 0.5) { At = desk.Clock.GetUtcNow() }, new("call-1", "test", 1) { At = desk.Clock.GetUtcNow() }];
        Assert.Equal(verdicts, sink.Verdicts);
        await ledger.WriteAsync([Record("call-1")]);
        var call = Assert.Single(await AsyncEnumerable.ToListAsync(ledger.ReadAsync(new CallFilter())));
        Assert.Equal(verdicts, call.Verdicts);
    }

    [Fact]
    public async Task A_verdict_that_nothing_takes_is_a_mistake_of_the_program()
    {
        using var desk = new Desk();

        var error = await Assert.ThrowsAsync<PromptException>(() => desk.Runtime.FeedbackAsync("call-1", 1));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("Nothing takes the verdict: call UseLedger or AddFeedbackSink on the builder of the runtime.", error.Message);
    }

    [Fact]
    public async Task A_verdict_names_its_call_and_its_source_and_is_a_share()
    {
        var sink = new VerdictSink();
        using var desk = new Desk(builder => builder.AddFeedbackSink(sink));

        await Assert.ThrowsAsync<ArgumentException>("callId", () => desk.Runtime.FeedbackAsync("", 1));
        await Assert.ThrowsAsync<ArgumentException>("source", () => desk.Runtime.FeedbackAsync("call-1", 1, ""));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("Score", () => desk.Runtime.FeedbackAsync("call-1", 1.5));
        Assert.Empty(sink.Verdicts);
    }

    private static IConfigurationRoot Section(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();

    private static void Reload(IConfigurationRoot section, string key, string value)
    {
        section[key] = value;
        section.Reload();
    }

    private static CallRecord Record(string id) => new()
    {
        CallId = id,
        Prompt = "Desk.Urgency",
        Version = "00c0ffee",
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.Zero,
        Outcome = PromptErrorCode.None,
        Cost = PromptCost.Zero,
        FullCost = PromptCost.Zero,
    };

    private sealed class VerdictSink : IFeedbackSink
    {
        public List<CallVerdict> Verdicts { get; } = [];

        public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default)
        {
            Verdicts.Add(verdict);
            return Task.CompletedTask;
        }
    }
}
