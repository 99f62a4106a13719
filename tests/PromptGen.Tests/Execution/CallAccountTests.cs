using System.Diagnostics;
using PromptGen.Routing;
using PromptGen.Tests.Ledgers;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>What a call inherits from the one around it, and what its ledger and span say of it.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class CallAccountTests
{
    private const string Answer = """{"value":3}""";

    private static readonly PromptStep HostedFirst = new(Tier.Fast, [Sample.Mini, Sample.Llama]);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_call_asks_self_hosted_models_only_where_it_or_the_one_around_it_must(bool outer, bool inner)
    {
        using var desk = new Desk();
        desk.Llama.Answers(Answer).Answers(Answer);
        var outside = Sample.Define(repairs: 0, selfHostedOnly: outer, route: new PromptStep(Tier.Fast, [Sample.Llama]));
        var inside = Sample.Define(repairs: 0, selfHostedOnly: inner, route: HostedFirst);

        var result = await InsideAsync(desk, outside, () => desk.AskAsync(inside));

        Assert.Equal(Sample.Llama.Id, result.ModelId);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_call_whose_id_is_asked_for_is_in_the_ledger_under_that_id()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers(Answer);
        var reference = new CallReference();

        using (var call = desk.Models.Runtime.Start(Sample.Prompt, CancellationToken.None))
        {
            Assert.True(await call.TryAsync(call.Enter(new RouteEntry(Sample.Fast, new PromptOptions { Call = reference }))!, new UrgencyTemplate(Sample.Ticket)));
            Assert.Equal(reference.CallId, call.Result.CallId);
        }

        await desk.CloseAsync();
        Assert.Equal(reference.CallId, Assert.Single(await ledger.AllAsync()).CallId);
    }

    [Theory]
    [InlineData(0.1, "canary")]
    [InlineData(0.9, "control")]
    public async Task The_span_has_the_arm_of_the_call(double drawn, string arm)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.Resilience.Randomizer = () => drawn);
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var (control, candidate) = (new PromptStep(Tier.Fast, [Sample.Mini]), new PromptStep(Tier.Fast, [Sample.Haiku, Sample.Mini]));
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), control)
        {
            Entries = [candidate],
            Canary = new PromptCanary("Desk.Urgency", 50, candidate),
        };

        using (var call = desk.Runtime.Start(prompt, CancellationToken.None))
        {
            Assert.True(await call.TryAsync(call.Enter(new RouteEntry(control))!, new UrgencyTemplate(Sample.Ticket)));
        }

        Assert.Equal(arm, probe.Call.GetTagItem("promptgen.arm"));
    }

    [Fact]
    public async Task The_ledger_has_the_trace_that_the_caller_is_in()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers(Answer);
        using var caller = new Activity("caller").Start();

        await desk.Models.AskAsync();

        await desk.CloseAsync();
        Assert.Equal(caller.TraceId.ToHexString(), Assert.Single(await ledger.AllAsync()).TraceId);
    }

    [Fact]
    public async Task The_trace_of_a_call_is_that_of_its_span_where_its_caller_has_begun_another_one()
    {
        using var probe = new TelemetryProbe();
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers(Answer);
        desk.Models.Haiku.Answers(Answer);
        var trace = probe.Root.TraceId.ToHexString();

        await InsideAsync(desk.Models, Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini])), async () =>
        {
            Activity.Current = null;
            using var other = new Activity("other").Start();
            Assert.NotEqual(trace, other.TraceId.ToHexString());
            return await desk.Models.AskAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Haiku])));
        });

        await desk.CloseAsync();
        Assert.Equal([trace, trace], (await ledger.AllAsync()).Select(static call => call.TraceId));
    }

    /// <summary>Makes a call in the check of another one.</summary>
    /// <returns>What the call inside gave.</returns>
    private static async Task<PromptResult<int>> InsideAsync(Desk desk, PromptDefinition<int> outside, Func<Task<PromptResult<int>>> inside)
    {
        PromptResult<int>? result = null;
        using var call = desk.Runtime.Start(
            outside,
            async (_, _) =>
            {
                result = await inside();
                return null;
            },
            CancellationToken.None);
        Assert.True(await call.TryAsync(outside.Route[0], new UrgencyTemplate(Sample.Ticket)));
        return result!;
    }
}
