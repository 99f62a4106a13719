using PromptGen.Routing;
using PromptGen.Tests.Telemetry;
using static PromptGen.Tests.Execution.OrderedHedge;

namespace PromptGen.Tests.Execution;

/// <summary>What a budget refuses to the second model while the first one is asked is no refusal of the call, which goes on without it.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class HedgeBudgetTests
{
    [Theory]
    [InlineData(0.0085, null)]
    [InlineData(null, 0.0085)]
    public async Task The_span_of_the_call_has_no_stop_by_a_budget(double? call, double? all)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder =>
        {
            if (all is { } usd)
            {
                builder.AddBudget("all", (decimal)usd, BudgetPeriod.Day);
            }
        });
        var first = desk.Mini.Slow();
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { HedgeAfter = HedgeDesk.After, MaxUsd = (decimal?)call };

        var asking = desk.AskAsync(prompt);
        await desk.HedgeAsync();
        await first.GiveAsync(1);

        Assert.Equal("mini Initial None", (await asking).Attempts.Line());
        Assert.DoesNotContain(probe.Call.Events, static one => one.Name == "promptgen.budget");
    }

    [Fact]
    public async Task A_call_around_it_has_not_run_out_of_money()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer(3), 1, 1);
        var first = desk.Mini.Slow();
        desk.Haiku.Answers(Answer(2), 1, 1);
        var around = new PromptDefinition<int>("Desk.Outer", "00c0ffee", new UrgencyContract(), new PromptStep(Tier.Fast, [Sample.Mini])) { Repairs = 0, MaxUsd = 0.02m };
        var inside = "";
        using var call = desk.Runtime.Start(around, CheckAsync, CancellationToken.None);

        var asking = Assert.ThrowsAsync<PromptException>(() => call.TakeAsync(around.Route, new UrgencyTemplate(Sample.Ticket)));
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        await first.GiveAsync(1);
        var error = await asking;

        Assert.Equal("mini Judge None, haiku Hedge BudgetExceeded", inside);
        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.Equal("The acceptance check of Desk.Outer threw PromptException.", error.Message);

        async ValueTask<string?> CheckAsync(int _, CancellationToken token)
        {
            using var hedged = desk.Runtime.Start(Hedged(), async (value, _) => value == 2 ? await AskSonnetAsync() : null, token);
            inside = (await hedged.TakeAsync(hedged.Prompt.Route, new UrgencyTemplate(Sample.Ticket))).Attempts.Line();
            throw new PromptException(PromptErrorCode.ServerError, "down");
        }

        // It costs more than is left.
        async Task<string?> AskSonnetAsync() => (await desk.AskAsync(Sample.Define(route: Sample.General))).ModelId;
    }
}
