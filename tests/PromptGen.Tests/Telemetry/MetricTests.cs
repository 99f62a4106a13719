using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using PromptGen.Telemetry;
using PromptGen.Tests.Execution;
using static PromptGen.Tests.Telemetry.TelemetrySample;

namespace PromptGen.Tests.Telemetry;

[Collection(TelemetryCollection.Name)]
public sealed class MetricTests
{
    private const string Model = "gen_ai.operation.name=chat, gen_ai.provider.name=openai, gen_ai.request.model=mini";

    [Fact]
    public async Task A_call_and_its_attempts_are_measured_by_the_names_of_version_1_41()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder.Telemetry.UseLatestConventions = false);
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(0.5));
            return Task.FromResult(Response());
        });

        await desk.AskAsync();

        Assert.Equal([$"0.5 {{{Model}, gen_ai.response.model=mini-2024}}"], probe.Of("gen_ai.client.operation.duration"));
        Assert.Equal(
            [$"1000 {{{Model}, gen_ai.response.model=mini-2024, gen_ai.token.type=input}}", $"50 {{{Model}, gen_ai.response.model=mini-2024, gen_ai.token.type=output}}"],
            probe.Of("gen_ai.client.token.usage"));
        Assert.Equal(["0.5 {gen_ai.prompt.name=Desk.Urgency, promptgen.outcome=accepted, promptgen.route=fast,general}"], probe.Of("promptgen.call.duration"));
        Assert.Equal(
            ["1 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini, promptgen.attempt.reason=initial, promptgen.outcome=accepted}"],
            probe.Of("promptgen.attempts"));
        Assert.Equal(["0.000925 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini, promptgen.outcome=accepted}"], probe.Of("promptgen.cost"));
        Assert.Equal(["1 {gen_ai.request.model=mini}", "-1 {gen_ai.request.model=mini}"], probe.Of("promptgen.inflight"));
    }

    [Fact]
    public async Task A_call_and_its_attempts_are_measured_by_the_latest_names_where_they_are_asked_for()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder.Telemetry.UseLatestConventions = true);
        desk.Mini.Answers(Response());

        await desk.AskAsync();

        const string Tags = $"{Model}, gen_ai.response.model=mini-2024";
        const string Counted = $"{Model}, gen_ai.response.model=mini-2024, gen_ai.token.modality=unknown";
        Assert.Equal([$"0 {{{Tags}}}"], probe.Of("gen_ai.client.inference.duration"));
        Assert.Equal([$"1000 {{{Counted}}}"], probe.Of("gen_ai.client.inference.usage.input_tokens"));
        Assert.Equal([$"50 {{{Counted}}}"], probe.Of("gen_ai.client.inference.usage.output_tokens"));
        Assert.Equal([$"400 {{{Counted}}}"], probe.Of("gen_ai.client.inference.usage.cache_read.input_tokens"));
        Assert.Equal([$"100 {{{Counted}}}"], probe.Of("gen_ai.client.inference.usage.cache_write.input_tokens"));
        Assert.Equal([$"20 {{{Counted}}}"], probe.Of("gen_ai.client.inference.usage.reasoning.output_tokens"));
        Assert.Equal([$"1000 {{{Tags}}}"], probe.Of("gen_ai.client.inference.operation.input_tokens"));
        Assert.Equal([$"50 {{{Tags}}}"], probe.Of("gen_ai.client.inference.operation.output_tokens"));
        Assert.Empty(probe.Of("gen_ai.client.token.usage"));
    }

    [Theory]
    [InlineData(false, "gen_ai.client.operation.duration")]
    [InlineData(true, "gen_ai.client.inference.duration")]
    public async Task An_attempt_that_fails_is_measured_with_its_code(bool latest, string duration)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.Telemetry.UseLatestConventions = latest);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ContentFiltered));

        await desk.FailAsync();

        Assert.Equal([$"0 {{error.type=content_filtered, {Model}}}"], probe.Of(duration));
        Assert.Equal(latest ? [$"0 {{{Model}, gen_ai.token.modality=unknown}}"] : [], probe.Of("gen_ai.client.inference.usage.input_tokens"));
        Assert.Empty(probe.Of("gen_ai.client.token.usage"));
        Assert.Empty(probe.Of("promptgen.cost"));
        Assert.Equal(["0 {gen_ai.prompt.name=Desk.Urgency, promptgen.outcome=content_filtered, promptgen.route=fast,general}"], probe.Of("promptgen.call.duration"));
    }

    [Fact]
    public async Task Answers_that_break_their_contract_or_their_check_are_counted_by_kind()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers("no").Answers("""{"value":9}""");
        desk.Sonnet.Answers(Good);

        await desk.FailAsync(reject: static _ => "not good enough");

        Assert.Equal(
            [
                "1 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini, promptgen.validation=invalid_json}",
                "1 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini, promptgen.validation=schema}",
                "1 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=sonnet, promptgen.validation=semantic}",
            ],
            probe.Of("promptgen.validation.failures"));
    }

    [Fact]
    public async Task The_state_of_a_circuit_can_be_looked_at_at_any_time_until_the_runtime_is_disposed()
    {
        using var probe = new TelemetryProbe();
        var desk = new Desk(static builder =>
        {
            builder.Resilience.MaxRetries = 0;
            builder.Resilience.MinimumThroughput = 2;
            builder.AddClient("circuit-model", new PromptGen.Testing.ScriptedChatClient(static (_, _) => throw new ProviderException(PromptErrorCode.ServerError)));
        });
        var step = new PromptGen.Routing.PromptStep(Tier.Fast, [new PromptGen.Catalog.ModelInfo("circuit-model", "openai", Tier.Fast)]);
        await desk.FailAsync(Sample.Define(route: step));
        probe.CollectGauges();
        await desk.FailAsync(Sample.Define(route: step));
        probe.CollectGauges();
        desk.Dispose();
        probe.CollectGauges();

        Assert.Equal(
            ["0 {gen_ai.request.model=circuit-model}", "2 {gen_ai.request.model=circuit-model}"],
            probe.Of("promptgen.circuit.state").Where(static line => line.Contains("circuit-model", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, "gen_ai.client.operation")]
    [InlineData(true, "gen_ai.client.inference")]
    public void The_chunks_of_a_stream_are_measured(bool latest, string prefix)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.Telemetry.UseLatestConventions = latest);
        var call = new CallTelemetry(desk.Runtime.Telemetry, Sample.Prompt.Profile, deadline: null);
        var attempt = call.AttemptStarted(new ClientProfile(Sample.Mini, desk.Mini), Tier.Fast, PromptAttemptReason.Initial, "closed", [], new ChatOptions(), streamed: true);
        desk.Clock.Advance(TimeSpan.FromSeconds(0.25));
        attempt.FirstChunk();
        desk.Clock.Advance(TimeSpan.FromSeconds(0.1));
        attempt.NextChunk();
        desk.Clock.Advance(TimeSpan.FromSeconds(0.2));
        attempt.NextChunk();
        attempt.Answered(Response(), null);
        call.AttemptEnded(attempt, Attempt());
        call.Accepted(Tier.Fast, PromptCost.Zero);

        Assert.Equal([$"0.25 {{{Model}}}"], probe.Of(prefix + ".time_to_first_chunk"));
        Assert.Equal([$"0.1 {{{Model}}}", $"0.2 {{{Model}}}"], probe.Of(prefix + ".time_per_output_chunk"));
        var span = Assert.Single(probe.Attempts);
        Assert.Equal(0.25, span.GetTagItem("gen_ai.response.time_to_first_chunk"));
        Assert.Equal(true, span.GetTagItem("gen_ai.request.stream"));
    }

    [Fact]
    public async Task What_is_left_of_a_named_budget_is_measured_and_of_a_scoped_one_is_not()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder
            .AddBudget("support", 1m, BudgetPeriod.Day)
            .AddBudget("customer", 1m, BudgetPeriod.Day, perScope: true));
        desk.Mini.Answers(Response());

        using (PromptBudget.Scope("CANARY-CUSTOMER"))
        {
            await desk.AskAsync();
        }

        Assert.Equal(["0.999075 {promptgen.budget.name=support}"], probe.Of("promptgen.budget.remaining"));
        Assert.DoesNotContain("CANARY", probe.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_that_the_providers_budget_does_not_allow_is_counted()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder =>
        {
            builder.Resilience.RetryBudget = 0;
            builder.Resilience.MinRetriesPerSecond = 0;
        });
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ServerError));
        desk.Haiku.Answers(Good);

        await desk.AskAsync();

        Assert.Equal(["1 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini}"], probe.Of("promptgen.retry_budget.exhausted"));
    }

    [Fact]
    public async Task A_request_that_never_reached_the_ledger_is_no_longer_in_flight_once_its_call_ended()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        var call = new CallTelemetry(desk.Runtime.Telemetry, Sample.Prompt.Profile, deadline: null);
        var attempt = call.AttemptStarted(new ClientProfile(Sample.Mini, desk.Mini), Tier.Fast, PromptAttemptReason.Initial, "closed", [], new ChatOptions());
        await Task.Yield();
        attempt.Abandon();
        call.Failed(PromptErrorCode.Configuration, PromptCost.Zero, []);

        Assert.Equal(["1 {gen_ai.request.model=mini}", "-1 {gen_ai.request.model=mini}"], probe.Of("promptgen.inflight"));
        Assert.True(Assert.Single(probe.Attempts).IsStopped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Instruments_have_the_units_and_the_buckets_that_the_conventions_advise(bool latest)
    {
        double[] seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
        long[] tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
        var metrics = GenAiMetrics.Of(latest);
        Histogram<double>[] durations = [metrics.Duration, metrics.TimeToFirstChunk, metrics.TimePerOutputChunk, PromptMetrics.CallDuration];

        var counts = Published().OfType<Histogram<long>>().ToArray();

        Assert.All(durations, static histogram => Assert.Equal("s", histogram.Unit));
        Assert.All(durations, histogram => Assert.Equal(seconds, histogram.Advice!.HistogramBucketBoundaries!));
        Assert.NotEmpty(counts);
        Assert.All(counts, static histogram => Assert.Equal("{token}", histogram.Unit));
        Assert.All(counts, histogram => Assert.Equal(tokens, histogram.Advice!.HistogramBucketBoundaries!));
        Assert.Equal("{attempt}", PromptMetrics.Attempts.Unit);
        Assert.Equal("{USD}", PromptMetrics.Cost.Unit);
        Assert.Equal("0.1.0", PromptMetrics.Meter.Version);
        Assert.Equal(("PromptGen", "0.1.0"), (Spans.Source.Name, Spans.Source.Version));
    }

    private static List<Instrument> Published()
    {
        List<Instrument> instruments = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "PromptGen")
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();
        return instruments;
    }

    private static PromptAttempt Attempt() => new()
    {
        ModelId = "mini",
        Provider = "openai",
        Tier = Tier.Fast,
        Reason = PromptAttemptReason.Initial,
        Outcome = PromptErrorCode.None,
        Cost = PromptCost.Zero,
        Duration = TimeSpan.Zero,
    };
}
