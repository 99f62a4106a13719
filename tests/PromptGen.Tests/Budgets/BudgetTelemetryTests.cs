using PromptGen.Routing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Budgets;

/// <summary>What telemetry reports about budgets and retries.</summary>
[Collection(TelemetryCollection.Name)]
public class BudgetTelemetryTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    [Fact]
    public async Task What_is_left_is_measured_after_each_attempt_and_never_by_scope()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder
            .AddBudget("team", 1m, BudgetPeriod.Day)
            .AddBudget("tenant", 1m, BudgetPeriod.Day, perScope: true));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0).Answers("""{"value":3}""", 3_000, 0);
        using var scope = PromptBudget.Scope("CANARY-TENANT");

        await desk.AskAsync(OnlyMini);
        await desk.AskAsync(OnlyMini);

        Assert.Equal(["0.999 {promptgen.budget.name=team}", "0.996 {promptgen.budget.name=team}"], probe.Of("promptgen.budget.remaining"));
        Assert.DoesNotContain("CANARY", probe.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_a_named_budget_stops_says_which()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.UseLoggerFactory(probe).AddBudget("team", 0m, BudgetPeriod.Day));

        await desk.FailAsync(OnlyMini);

        var stopped = Assert.Single(probe.Call.Events, static e => e.Name == "promptgen.budget");
        Assert.Contains(new KeyValuePair<string, object?>("promptgen.budget.name", "team"), stopped.Tags);
        Assert.Contains(probe.Logs, static log => log.Text.Contains("the budget of the team", StringComparison.Ordinal));
        Assert.Empty(probe.Attempts);
    }

    [Fact]
    public async Task A_retry_that_is_not_made_is_counted()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder.Resilience.MinRetriesPerSecond = 0);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));

        await desk.FailAsync(OnlyMini);

        Assert.Equal(["1 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini}"], probe.Of("promptgen.retry_budget.exhausted"));
    }
}
