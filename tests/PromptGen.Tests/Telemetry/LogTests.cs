using Microsoft.Extensions.Logging;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using static PromptGen.Tests.Telemetry.TelemetrySample;

namespace PromptGen.Tests.Telemetry;

[Collection(TelemetryCollection.Name)]
public sealed class LogTests
{
    [Fact]
    public async Task A_call_that_works_is_one_line()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(probe);
        desk.Mini.Answers(Good, 1_000, 50);

        await desk.AskAsync();

        var line = Assert.Single(probe.Logs);
        Assert.Equal("Information promptgen.call: Desk.Urgency ended after 0.000 s and 1 attempts: accepted, $0.001100, mini", line.ToString());
        Assert.Contains("Prompt=Desk.Urgency", line.State);
    }

    [Fact]
    public async Task Every_turn_that_a_call_takes_is_a_line()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(probe);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers("no").Answers("no");
        desk.Sonnet.Answers("no").Answers("no");

        await desk.FailAsync();

        Assert.Equal(
            [
                "Warning gen_ai.client.operation.exception: Desk.Urgency: attempt 1 with mini (openai) failed: auth, PromptGen.Tests.Execution.ProviderException",
                "Information promptgen.fallback: Desk.Urgency falls back from mini to haiku: auth",
                "Information promptgen.rejected: Desk.Urgency: the answer of haiku (anthropic) to attempt 2 is not used: invalid_json, (root): expected a JSON object",
                "Information promptgen.rejected: Desk.Urgency: the answer of haiku (anthropic) to attempt 3 is not used: invalid_json, (root): expected a JSON object",
                "Information promptgen.escalation: Desk.Urgency escalates from haiku to sonnet: invalid_json",
                "Information promptgen.rejected: Desk.Urgency: the answer of sonnet (anthropic) to attempt 4 is not used: invalid_json, (root): expected a JSON object",
                "Information promptgen.rejected: Desk.Urgency: the answer of sonnet (anthropic) to attempt 5 is not used: invalid_json, (root): expected a JSON object",
                "Error promptgen.exhausted: Desk.Urgency failed: route_exhausted, 5 attempts, unknown cost: mini (Initial): Auth; haiku (Fallback): InvalidJson, (root): expected a JSON object; "
                    + "haiku (Repair): InvalidJson, (root): expected a JSON object; sonnet (Escalation): InvalidJson, (root): expected a JSON object; sonnet (Repair): InvalidJson, (root): expected a JSON object",
                "Information promptgen.call: Desk.Urgency ended after 0.000 s and 5 attempts: route_exhausted, unknown cost, sonnet",
            ],
            probe.Logs.Select(static log => log.ToString()));
        Assert.All(probe.Logs, static log => Assert.Null(log.Exception));
    }

    [Fact]
    public async Task A_cancelled_call_is_no_error()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(probe);

        await CancelAsync(desk);

        Assert.Equal(LogLevel.Information, Assert.Single(probe.Logs).Level);
    }

    [Fact]
    public async Task A_call_that_its_fallback_method_answers_is_a_warning()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(probe);

        await HandOverAsync(desk);

        Assert.Equal(
            "Warning promptgen.handed_over: Desk.Urgency is answered by its fallback method after 1 attempts, $0.000000: mini (Initial): Auth",
            probe.Logs[^2].ToString());
    }

    [Fact]
    public async Task A_circuit_that_opens_and_a_budget_that_stops_a_call_are_warnings()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(probe, static builder =>
        {
            builder.Resilience.MaxRetries = 0;
            builder.Resilience.MinimumThroughput = 2;
        });
        var step = new PromptStep(Tier.Fast, [Sample.Mini]);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ServerError)).Fails(new ProviderException(PromptErrorCode.ServerError));
        await desk.FailAsync(Sample.Define(route: step));
        await desk.FailAsync(Sample.Define(route: step));
        await desk.FailAsync(Sample.Define(maxUsd: 0.0001m, route: step));

        var lines = probe.Logs.Select(static log => log.ToString()).ToArray();
        Assert.Contains("Warning promptgen.circuit: The circuit of mini (openai) is open", lines);
        Assert.Contains("Warning promptgen.budget: Desk.Urgency does not ask mini: the attempt could exceed the budget of the call", lines);
    }

    private static Desk Desk(TelemetryProbe probe, Action<PromptRuntimeBuilder>? configure = null) => new(builder =>
    {
        builder.UseLoggerFactory(probe);
        configure?.Invoke(builder);
    });
}
