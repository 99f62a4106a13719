using System.Text.Json;
using PromptGen.Catalog;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Ledgers;

/// <summary>What a ledger has of calls, and what it does not have.</summary>
public sealed class RecordingTests
{
    private static readonly PromptDefinition<int> OnlyHaiku = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Haiku]));

    [Fact]
    public async Task Records_a_call_with_its_attempts()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers("""{"value":9}""", inputTokens: 1_000, outputTokens: 100).Answers("```json\n{\"value\":3}\n```", inputTokens: 2_000, outputTokens: 100);

        var result = await desk.Models.AskAsync();
        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal(result.CallId, call.CallId);
        Assert.Equal(("Desk.Urgency", "00c0ffee", PromptErrorCode.None, "mini", Tier.Fast, Tier.Fast), (call.Prompt, call.Version, call.Outcome, call.ModelId, call.Tier, call.EntryTier));
        Assert.Equal((result.Cost, result.Cost), (call.Cost, call.FullCost));
        Assert.Equal([(PromptAttemptReason.Initial, PromptErrorCode.SchemaMismatch), (PromptAttemptReason.Repair, PromptErrorCode.None)], call.Attempts.Select(static attempt => (attempt.Reason, attempt.Outcome)));
        Assert.Equal(["/value"], call.Attempts[0].Violations);
        Assert.Equal(["Fence"], call.Attempts[1].Rungs);
        Assert.Equal((2_000L, 100L), (call.Attempts[1].InputTokens, call.Attempts[1].OutputTokens));
    }

    [Fact]
    public async Task A_call_without_a_ledger_has_an_id_that_stays_the_same()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Numbers.Answer).Answers(Numbers.Answer);

        var (first, second) = (await desk.AskAsync(), await desk.AskAsync());

        Assert.Equal(first.CallId, first.CallId);
        Assert.NotEqual(first.CallId, second.CallId);
        Assert.Equal(-1, Math.Sign(string.CompareOrdinal(first.CallId, second.CallId)));
    }

    [Fact]
    public async Task Records_how_a_call_failed()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Haiku.Answers("nonsense");

        var error = await desk.Models.FailAsync(OnlyHaiku);
        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal(call.CallId, error.CallId);
        Assert.Equal((PromptErrorCode.RouteExhausted, null, false), (call.Outcome, call.ModelId, call.IsSubstituted));
    }

    [Fact]
    public async Task A_call_whose_parameter_throws_says_its_id()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        PromptException error;
        using (var call = desk.Models.Runtime.Start(OnlyHaiku, CancellationToken.None))
        {
            error = await Assert.ThrowsAsync<PromptException>(async () => await call.TryAsync(OnlyHaiku.Route[0], new ThrowingTemplate()));
        }

        await desk.CloseAsync();

        var record = Assert.Single(await ledger.AllAsync());
        Assert.Equal((PromptErrorCode.Configuration, record.CallId), (error.Code, error.CallId));
    }

    [Fact]
    public async Task Records_an_answer_of_the_substitute()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Haiku.Answers("nonsense");
        using (var call = desk.Models.Runtime.Start(OnlyHaiku, CancellationToken.None))
        {
            Assert.False(await call.TryAsync(OnlyHaiku.Route[0], new UrgencyTemplate(Sample.Ticket)));
            await call.SubstituteAsync(0, static (_, _) => new ValueTask<int>(1));
        }

        await desk.CloseAsync();

        var record = Assert.Single(await ledger.AllAsync());
        Assert.Equal((PromptErrorCode.None, true, null), (record.Outcome, record.IsSubstituted, record.ModelId));
    }

    [Fact]
    public async Task A_call_inside_another_one_is_a_record_of_its_own_and_its_requests_are_counted_once()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers(Numbers.Answer, inputTokens: 1_000, outputTokens: 0);
        desk.Models.Haiku.Answers(Numbers.Answer, inputTokens: 1_000, outputTokens: 0);
        var prompt = Numbers.OnlyMini;
        PromptResult<int> result;
        using (var call = desk.Models.Runtime.Start(prompt, async (_, token) => (await desk.Models.AskAsync(OnlyHaiku, cancellationToken: token)).Value == 3 ? null : "no", CancellationToken.None))
        {
            Assert.True(await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)));
            result = call.Result;
        }

        await desk.CloseAsync();

        var calls = await ledger.AllAsync();
        var (outer, inner) = (calls.Single(call => call.CallId == result.CallId), calls.Single(call => call.ParentCallId == result.CallId));
        Assert.Equal(["mini"], outer.Attempts.Select(static attempt => attempt.ModelId));
        Assert.Equal(["haiku"], inner.Attempts.Select(static attempt => attempt.ModelId));
        Assert.Equal(PromptAttemptReason.Judge, inner.Attempts[0].Reason);
        Assert.Equal((0.001m, 0.004m, 0.003m), (outer.Cost.Usd, outer.FullCost.Usd, inner.Cost.Usd));
        Assert.Equal(result.Cost, outer.FullCost);
    }

    [Fact]
    public async Task Records_scope_pipeline_and_stage()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers(Numbers.Answer);
        await using (var run = desk.Models.Runtime.StartPipeline("nightly"))
        using (PromptBudget.Scope("tenant-1"))
        {
            await run.RunAsync("classify", async token => await desk.Models.AskAsync(cancellationToken: token));
        }

        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal(("tenant-1", "nightly", "classify"), (call.Scope, call.Pipeline, call.Stage));
        Assert.Single(call.Attempts);
    }

    [Fact]
    public async Task Holds_no_text_of_prompt_answer_or_client_by_default()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Answers("""{"CANARY-MEMBER":1,"value":"CANARY-ANSWER"}""").Answers("""{"value":"CANARY-ANSWER","CANARY-KEY":{"x":1}}""");
        desk.Models.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Models.Sonnet.Answers(Numbers.Answer);

        await desk.Models.AskAsync(reject: static value => "CANARY-REASON " + value).ContinueWith(static _ => { }, TestContext.Current.CancellationToken);
        await desk.CloseAsync();

        var text = JsonSerializer.Serialize(await ledger.AllAsync());
        Assert.Contains("sonnet", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_content_where_it_is_asked_for_and_redacts_it_first()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger, options =>
        {
            options.CaptureContent = true;
            options.Redact = static text => text.Contains("FORBIDDEN", StringComparison.Ordinal) ? throw new InvalidOperationException() : text.Replace("4929-CANARY-TICKET", "…", StringComparison.Ordinal);
        });
        desk.Models.Mini.Answers(Numbers.Answer).Answers(Numbers.Answer);

        await desk.Models.AskAsync();
        await desk.Models.AskAsync(ticket: "FORBIDDEN");
        await desk.CloseAsync();

        var calls = await ledger.AllAsync();
        Assert.Equal("""[{"role":"system","content":"Rate the urgency. Model: mini"},{"role":"user","content":"My card was charged twice: …"}]""", calls[1].Attempts[0].Request);
        Assert.Equal(Numbers.Answer, calls[1].Attempts[0].Answer);
        Assert.Null(calls[0].Attempts[0].Request);
        Assert.Equal(Numbers.Answer, calls[0].Attempts[0].Answer);
    }

    [Fact]
    public async Task Never_keeps_the_content_of_calls_for_self_hosted_models()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger, static options => options.CaptureContent = true);
        desk.Models.Llama.Answers(Numbers.Answer);

        await desk.Models.AskAsync(Sample.Define(selfHostedOnly: true, route: new PromptStep(Tier.SelfHosted, [Sample.Llama])));
        await desk.CloseAsync();

        var attempt = Assert.Single(Assert.Single(await ledger.AllAsync()).Attempts);
        Assert.Equal((null, null), (attempt.Request, attempt.Answer));
    }

    [Fact]
    public async Task Records_a_streamed_answer_with_the_time_of_its_first_token()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Streams("Hel", "lo");
        var prompt = StreamSample.Text();
        await using (var stream = desk.Models.Runtime.Stream(prompt, CancellationToken.None))
        {
            Assert.True(await stream.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)));
            while (await stream.MoveNextAsync())
            {
            }
        }

        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal(("Desk.Reply", PromptErrorCode.None, "mini"), (call.Prompt, call.Outcome, call.ModelId));
        Assert.NotNull(Assert.Single(call.Attempts).TimeToFirstToken);
    }

    private readonly struct ThrowingTemplate : IPromptTemplate
    {
        public void Render(ModelInfo model, PromptWriter prompt) => throw new InvalidOperationException("CANARY");
    }
}
