using System.Diagnostics;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using static PromptGen.Tests.Telemetry.TelemetrySample;

namespace PromptGen.Tests.Telemetry;

[Collection(TelemetryCollection.Name)]
public sealed class SpanTests
{
    [Fact]
    public async Task An_attempt_has_the_attributes_of_version_1_41()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(latest: false);
        desk.Mini.Answers(Response());

        await desk.AskAsync(Prompt());

        var span = Assert.Single(probe.Attempts);
        Assert.Equal("chat mini", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(
            Attributes("gen_ai.usage.cache_creation.input_tokens=100"),
            TelemetryProbe.Describe(span));
    }

    [Fact]
    public async Task An_attempt_has_the_attributes_of_the_latest_conventions_where_they_are_asked_for()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(latest: true);
        desk.Mini.Answers(Response());

        await desk.AskAsync(Prompt());

        Assert.Equal(
            Attributes("gen_ai.prompt.name=Desk.Urgency", "gen_ai.prompt.version=00c0ffee", "gen_ai.usage.cache_write.input_tokens=100"),
            TelemetryProbe.Describe(Assert.Single(probe.Attempts)));
    }

    [Fact]
    public async Task Both_requests_of_a_hedge_are_in_the_trace_of_the_call()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(latest: false);
        var after = TimeSpan.FromSeconds(2);
        desk.Mini.Hangs();
        desk.Haiku.Answers("{\"value\":3}");

        var call = desk.AskAsync(new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { HedgeAfter = after });
        await desk.Clock.WaitForTimerAsync(after, after);
        desk.Clock.Advance(after);
        await call;

        var attempts = probe.Attempts.OrderBy(static span => span.GetTagItem("promptgen.attempt")).ToArray();
        Assert.Equal("hedge", probe.Call.GetTagItem("promptgen.strategy"));
        Assert.Equal(["initial", "hedge"], attempts.Select(static span => span.GetTagItem("promptgen.attempt.reason")));
        Assert.Equal(["cancelled", null], attempts.Select(static span => span.GetTagItem("error.type")));
        Assert.All(attempts, static span => Assert.Equal("prompt Desk.Urgency", span.Parent!.DisplayName));
        Assert.Null(attempts[1].GetTagItem("promptgen.attempt.trigger"));
    }

    [Fact]
    public async Task A_call_has_a_span_of_its_own_above_its_attempts_and_no_usage()
    {
        using var probe = new TelemetryProbe();
        using var desk = Desk(latest: false);
        desk.Mini.Answers(Response());

        await desk.AskAsync(Prompt(TimeSpan.FromSeconds(20)));

        Assert.Equal("prompt Desk.Urgency", probe.Call.DisplayName);
        Assert.Equal(ActivityKind.Internal, probe.Call.Kind);
        Assert.Equal(probe.Root.SpanId, probe.Call.ParentSpanId);
        Assert.Equal(probe.Call.SpanId, Assert.Single(probe.Attempts).ParentSpanId);
        Assert.Equal(
            [
                "gen_ai.prompt.name=Desk.Urgency",
                "gen_ai.prompt.version=00c0ffee",
                "promptgen.attempts=1",
                "promptgen.cost.complete=true",
                "promptgen.cost.usd=0.000925",
                "promptgen.deadline.remaining_ms=20000",
                "promptgen.outcome=accepted",
                "promptgen.route=fast,general",
                "promptgen.strategy=escalation",
                "promptgen.tier.final=fast",
            ],
            TelemetryProbe.Describe(probe.Call));
        Assert.Same(probe.Root, Activity.Current);
    }

    [Fact]
    public async Task Every_entry_of_the_ledger_has_one_span_in_the_same_order()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.Resilience.MinimumThroughput = 100);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ServerError)).Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers("no").Answers("no");
        desk.Sonnet.Answers(Good);

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal(5, result.Attempts.Count);
        Assert.Equal(
            [
                "mini initial  server_error Error",
                "mini retry server_error auth Error",
                "haiku fallback auth invalid_json Error",
                "haiku repair invalid_json invalid_json Error",
                "sonnet escalation invalid_json  Unset",
            ],
            probe.Attempts.Select(static span => string.Join(' ',
                span.GetTagItem("gen_ai.request.model"),
                span.GetTagItem("promptgen.attempt.reason"),
                span.GetTagItem("promptgen.attempt.trigger"),
                span.GetTagItem("error.type"),
                span.Status)));
        Assert.Equal([0, 1, 2, 3, 4], probe.Attempts.Select(static span => span.GetTagItem("promptgen.attempt")));
        Assert.Equal([null, 500d, null, null, null], probe.Attempts.Select(static span => span.GetTagItem("promptgen.retry.delay_ms")));
        Assert.All(probe.Spans, static span => Assert.Null(span.StatusDescription));
        Assert.Equal(
            [
                "promptgen.fallback promptgen.from.model=mini promptgen.to.model=haiku promptgen.reason=auth",
                "promptgen.escalation promptgen.from.model=haiku promptgen.to.model=sonnet promptgen.reason=invalid_json",
            ],
            Events(probe.Call));
    }

    [Fact]
    public async Task A_call_that_fails_says_why()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ContentFiltered));

        await desk.FailAsync();

        Assert.Equal(ActivityStatusCode.Error, probe.Call.Status);
        Assert.Equal("content_filtered", probe.Call.GetTagItem("error.type"));
        Assert.Equal("content_filtered", probe.Call.GetTagItem("promptgen.outcome"));
        Assert.Null(probe.Call.GetTagItem("promptgen.tier.final"));
    }

    [Fact]
    public async Task A_cancelled_call_ends_its_spans()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();

        await CancelAsync(desk);

        Assert.Equal("cancelled", Assert.Single(probe.Attempts).GetTagItem("error.type"));
        Assert.Equal("cancelled", probe.Call.GetTagItem("promptgen.outcome"));
    }

    [Fact]
    public async Task A_call_whose_check_throws_or_whose_provider_is_missing_says_so()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers(Good);
        await desk.FailAsync(reject: static _ => throw new FormatException("CANARY"));
        var unserved = new PromptStep(Tier.Fast, [new ModelInfo("x", "nobody", Tier.Fast)]);
        await desk.FailAsync(Sample.Define(route: unserved));

        Assert.Equal(
            ["not_accepted", "configuration"],
            probe.Spans.Where(static span => span.Kind == ActivityKind.Internal).Select(static span => span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_call_that_its_fallback_method_answers_is_handed_over()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();

        await HandOverAsync(desk);

        Assert.Equal("handed_over", probe.Call.GetTagItem("promptgen.outcome"));
        Assert.Equal("single", probe.Call.GetTagItem("promptgen.strategy"));
        Assert.Equal(ActivityStatusCode.Unset, probe.Call.Status);
    }

    [Fact]
    public async Task A_budget_that_stops_a_call_is_an_event()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();

        await desk.FailAsync(Sample.Define(maxUsd: 0.001m));

        Assert.Equal(["promptgen.budget promptgen.to.model=mini promptgen.budget.name=call promptgen.reason=budget_exceeded"], Events(probe.Call));
        Assert.Equal("budget_exceeded", probe.Call.GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_named_budget_that_stops_a_call_is_an_event_without_its_scope()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder.AddBudget("customer", 0.001m, BudgetPeriod.Day, perScope: true));

        using (PromptBudget.Scope("CANARY-CUSTOMER"))
        {
            await desk.FailAsync();
        }

        Assert.Equal(["promptgen.budget promptgen.to.model=mini promptgen.budget.name=customer promptgen.reason=budget_exceeded"], Events(probe.Call));
        Assert.DoesNotContain("CANARY", probe.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_is_the_leaf_of_another_one_is_traced_once()
    {
        using var probe = new TelemetryProbe();
        using var inner = new Desk();
        inner.Mini.Answers(Good, 10, 5);
        using var outer = PromptRuntime.Create(builder => builder.AddClient("mini", inner.Runtime.AsChatClient(new PromptGen.Routing.PromptDefinition<string>("inner", "0badcafe", PromptGen.Contracts.TextContract.Instance, Sample.Fast))));
        using (var call = outer.Start(Sample.Prompt, CancellationToken.None))
        {
            Assert.True(await call.TryAsync(new PromptStep(Tier.Fast, [Sample.Mini]), new UrgencyTemplate(Sample.Ticket)));
        }

        Assert.Equal(["chat mini", "prompt inner", "prompt Desk.Urgency"], probe.Spans.Select(static span => span.OperationName));
        Assert.Equal(2, probe.Of("gen_ai.client.token.usage").Length);
    }

    [Fact]
    public async Task A_stream_that_resumes_is_one_trace_with_an_event()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        desk.Haiku.Streams(" thank you.");
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", PromptGen.Contracts.TextContract.Instance, Sample.Fast) { Repairs = 0, Resume = true };

        await StreamDesk.ToListAsync(desk.ReplyAsync(prompt));

        Assert.Equal(
            ["mini initial  truncated", "haiku resume truncated "],
            probe.Attempts.Select(static span => string.Join(' ',
                span.GetTagItem("gen_ai.request.model"),
                span.GetTagItem("promptgen.attempt.reason"),
                span.GetTagItem("promptgen.attempt.trigger"),
                span.GetTagItem("error.type"))));
        Assert.All(probe.Attempts, span => Assert.Equal(probe.Call.SpanId, span.ParentSpanId));
        Assert.Equal("accepted", probe.Call.GetTagItem("promptgen.outcome"));
        Assert.Equal(["promptgen.resume promptgen.from.model=mini promptgen.to.model=haiku promptgen.reason=truncated"], Events(probe.Call));
    }

    [Fact]
    public async Task A_circuit_that_opens_is_an_event_and_the_skipped_model_is_where_the_fallback_came_from()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder =>
        {
            builder.Resilience.MaxRetries = 0;
            builder.Resilience.MinimumThroughput = 2;
        });
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ServerError)).Fails(new ProviderException(PromptErrorCode.ServerError));
        desk.Haiku.Answers(Good).Answers(Good).Answers(Good);
        await desk.AskAsync();
        await desk.AskAsync();
        await desk.AskAsync();

        var calls = probe.Spans.Where(static span => span.Kind == ActivityKind.Internal).ToArray();
        Assert.Contains("promptgen.circuit gen_ai.request.model=mini promptgen.circuit.state=open", Events(calls[1]));
        Assert.Equal(["promptgen.fallback promptgen.from.model=mini promptgen.to.model=haiku promptgen.reason=circuit_open"], Events(calls[2]));
    }

    [Fact]
    public async Task A_client_that_traces_its_requests_gets_no_second_span()
    {
        using var probe = new TelemetryProbe("Leaf");
        using var leaf = new ActivitySource("Leaf");
        using var desk = new Desk();
        desk.Mini.Services.Add(leaf);
        desk.Mini.Then((_, _) =>
        {
            using var own = leaf.StartActivity("chat of the leaf", ActivityKind.Client);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Good)) { FinishReason = ChatFinishReason.Stop, Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 1 } });
        });

        await desk.AskAsync();

        Assert.Equal(["chat of the leaf", "prompt Desk.Urgency"], probe.Spans.Select(static span => span.OperationName));
        Assert.Equal(probe.Call.SpanId, probe.Spans[0].ParentSpanId);
        Assert.DoesNotContain(probe.Measurements, static measured => measured.Instrument.Name.StartsWith("gen_ai.", StringComparison.Ordinal));
        Assert.Single(probe.Of("promptgen.attempts"));
    }

    [Fact]
    public async Task The_client_runs_inside_the_span_of_its_attempt_with_the_callers_baggage()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        probe.Root.AddBaggage("tenant", "acme");
        Activity? seen = null;
        string? tenant = null;
        desk.Mini.Then(async (_, _) =>
        {
            await Task.Yield();
            seen = Activity.Current;
            tenant = Activity.Current?.GetBaggageItem("tenant");
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, Good)) { FinishReason = ChatFinishReason.Stop };
        });

        await desk.AskAsync(reject: _ => Activity.Current?.OperationName.StartsWith("prompt ", StringComparison.Ordinal) is true ? null : "the check runs inside the call");

        Assert.Same(Assert.Single(probe.Attempts), seen);
        Assert.Equal("acme", tenant);
        Assert.Equal(["tenant"], probe.Call.Baggage.Select(static item => item.Key));
    }

    [Fact]
    public async Task A_provider_is_reported_by_the_name_that_the_conventions_have_for_it()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.AddProvider("azure", static _ => new PromptGen.Testing.ScriptedChatClient(Good)));
        var step = new PromptStep(Tier.Fast, [new ModelInfo("gpt", "azure", Tier.Fast)]);

        await desk.AskAsync(Sample.Define(route: step));

        var span = Assert.Single(probe.Attempts);
        Assert.Equal("azure.ai.openai", span.GetTagItem("gen_ai.provider.name"));
        Assert.Null(span.GetTagItem("server.address"));
    }

    /// <summary>The attributes of an attempt in both versions of the conventions, and those of one version only.</summary>
    private static string[] Attributes(params string[] ofThisVersion)
    {
        string[] all =
        [
            .. ofThisVersion,
            "gen_ai.operation.name=chat",
            "gen_ai.output.type=json",
            "gen_ai.provider.name=openai",
            "gen_ai.request.max_tokens=100",
            "gen_ai.request.model=mini",
            "gen_ai.request.temperature=0.2",
            "gen_ai.response.finish_reasons=[stop]",
            "gen_ai.response.id=response-1",
            "gen_ai.response.model=mini-2024",
            "gen_ai.usage.cache_read.input_tokens=400",
            "gen_ai.usage.input_tokens=1000",
            "gen_ai.usage.output_tokens=50",
            "gen_ai.usage.reasoning.output_tokens=20",
            "promptgen.attempt.reason=initial",
            "promptgen.attempt=0",
            "promptgen.circuit.state=closed",
            "promptgen.cost.complete=true",
            "promptgen.cost.usd=0.000925",
            "promptgen.route=fast,general",
            "promptgen.tier=fast",
            "promptgen.validation=ok",
            "server.address=api.example.com",
            "server.port=8443",
        ];
        Array.Sort(all, StringComparer.Ordinal);
        return all;
    }

    private static Desk Desk(bool latest)
    {
        var desk = new Desk(builder => builder.Telemetry.UseLatestConventions = latest);
        desk.Mini.Services.Add(new ChatClientMetadata("openai", new Uri("https://api.example.com:8443/v1"), "mini"));
        return desk;
    }

    private static PromptGen.Routing.PromptDefinition<int> Prompt(TimeSpan? deadline = null) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { Temperature = 0.2f, MaxOutputTokens = 100, Deadline = deadline };

    private static string[] Events(Activity span) =>
        [.. span.Events.Select(static e => string.Join(' ', e.Tags.Select(static tag => $"{tag.Key}={tag.Value}").Prepend(e.Name)))];
}
