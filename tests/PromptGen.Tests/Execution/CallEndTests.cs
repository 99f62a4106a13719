using PromptGen.Catalog;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Tests.Caching;
using PromptGen.Tests.Ledgers;

namespace PromptGen.Tests.Execution;

/// <summary>What error and ledger have of a call that has ended: its id, how it ended, and where it entered its route.</summary>
public sealed class CallEndTests
{
    private const string Three = """{"value":3}""";

    [Theory]
    [InlineData("1 item", "a")]
    [InlineData("2 items", "a", "b")]
    public async Task A_stream_that_broke_off_has_failed_and_says_how_many_items_came(string items, params string[] pieces)
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Stream().Send(pieces).End();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.Models.ReplyAsync().ToListAsync());
        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal((PromptErrorCode.Truncated, call.CallId), (error.Code, error.CallId));
        Assert.StartsWith($"Desk.Reply: the stream broke off after {items} (Truncated). Attempts: 1. mini (Initial): Truncated", error.Message, StringComparison.Ordinal);
        Assert.Equal((PromptErrorCode.Truncated, null, false), (call.Outcome, call.ModelId, call.IsSubstituted));
    }

    [Fact]
    public async Task The_ledger_has_the_rule_that_decided_and_the_arm_of_the_call()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Haiku.Answers(Three);
        var candidate = new PromptStep(Tier.Fast, [Sample.Haiku, Sample.Mini]);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), CachedCalls.OnlyMini)
        {
            Canary = new PromptCanary("Desk.Urgency", 100, candidate),
            Entries = [candidate],
        };
        var entry = new RouteEntry(prompt.Route[0]);
        entry.When(prompt.Route[0], "plan = Free");

        await desk.Models.EnterAsync(prompt, entry);
        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal(("haiku", "plan = Free", "canary"), (call.ModelId, call.RoutedBy, call.Arm));
    }

    [Fact]
    public async Task The_ledger_has_what_a_kept_answer_saved()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers(Three, 1_000, 500);

        await desk.Models.AskCachedAsync();
        desk.Models.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.Models.AskCachedAsync();
        await desk.CloseAsync();

        Assert.Equal(
            [(true, new PromptCost(0.002m, true), PromptCost.Zero), (false, PromptCost.Zero, new PromptCost(0.002m, true))],
            (await ledger.AllAsync()).Select(static call => (call.FromCache, call.Saved, call.Cost)));
    }

    [Fact]
    public async Task The_error_of_a_substitute_has_the_id_of_its_call()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        var reference = new CallReference();
        using var call = desk.Runtime.Start(Sample.Define(route: CachedCalls.OnlyMini), CancellationToken.None);
        var step = call.Enter(new RouteEntry(CachedCalls.OnlyMini, new PromptOptions { Call = reference }))!;
        Assert.False(await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)));

        var error = await Assert.ThrowsAsync<PromptException>(async () =>
            await call.SubstituteAsync(0, static (_, _) => ValueTask.FromException<int>(new InvalidTimeZoneException())));

        Assert.NotNull(error.CallId);
        Assert.Equal(reference.CallId, error.CallId);
    }

    [Fact]
    public async Task An_error_of_another_call_in_a_parameter_keeps_the_id_of_that_call()
    {
        using var desk = new Desk();
        var reference = new CallReference();
        using var call = desk.Runtime.Start(Sample.Define(route: CachedCalls.OnlyMini), CancellationToken.None);
        var step = call.Enter(new RouteEntry(CachedCalls.OnlyMini, new PromptOptions { Call = reference }))!;
        var other = new PromptException(PromptErrorCode.RouteExhausted, "down") { CallId = "other" };

        var error = await Assert.ThrowsAsync<PromptException>(async () => await call.TryAsync(step, new FailingTemplate(other)));

        Assert.Same(other, error);
        Assert.Equal("other", error.CallId);
        Assert.NotEqual("other", reference.CallId);
    }

    private readonly struct FailingTemplate(PromptException error) : IPromptTemplate
    {
        public void Render(ModelInfo model, PromptWriter prompt) => throw error;
    }
}
