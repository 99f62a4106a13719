using PromptGen.EndToEnd.Tests.Caching;
using PromptGen.EndToEnd.Tests.Routing;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>What people say about calls reaches the ledger by the id of the call: also of one that streamed, failed, or was answered from the cache.</summary>
public sealed class FeedbackTests : CallTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task An_answer_gets_a_verdict_that_the_report_counts()
    {
        Server.Enqueue(Reply(Good));

        var call = await RecordAsync(async prompts =>
        {
            var result = await new OptionsDesk(prompts).FastAsync(new PromptOptions(), "I was charged twice");
            await prompts.FeedbackAsync(result.CallId, 0);
            await prompts.FeedbackAsync(result.CallId, 0.5);
            await prompts.FeedbackAsync(result.CallId, 1, "test");
            return result.CallId;
        });

        Assert.Equal([("person", 0.5), ("test", 1.0)], call.Verdicts.Select(static verdict => (verdict.Source, verdict.Score)));
        Assert.All(call.Verdicts, verdict => Assert.Equal(Time.GetUtcNow(), verdict.At));
    }

    [Fact]
    public async Task A_stream_gives_its_id_before_its_first_item()
    {
        Server.Enqueue(ModelReply.Text("Thank you for your message."));

        var call = await RecordAsync(async prompts =>
        {
            var reference = new CallReference();
            var stream = new OptionsDesk(prompts).StreamAsync("I was charged twice", new PromptOptions { Call = reference });
            Assert.Null(reference.CallId);
            string? first = null;
            await foreach (var _ in stream)
            {
                first ??= reference.CallId;
            }

            Assert.Equal(first, reference.CallId);
            await prompts.FeedbackAsync(first!, 1);
            return first!;
        });

        Assert.Equal(("OptionsDesk.StreamAsync", PromptErrorCode.None), (call.Prompt, call.Outcome));
        Assert.Equal(1, Assert.Single(call.Verdicts).Score);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_has_one_id_for_reference_and_exception()
    {
        Server.Enqueue(ModelReply.CutStream("Thank you for your message.", after: 2));

        var call = await RecordAsync(async prompts =>
        {
            var reference = new CallReference();
            var error = await Assert.ThrowsAsync<PromptStreamException>(async () =>
            {
                await foreach (var _ in new OptionsDesk(prompts).StreamAsync("I was charged twice", new PromptOptions { Call = reference }))
                {
                }
            });
            Assert.Equal(reference.CallId, error.CallId);
            await prompts.FeedbackAsync(error.CallId!, 0);
            return error.CallId!;
        });

        Assert.NotEqual(PromptErrorCode.None, call.Outcome);
        Assert.Equal(0, Assert.Single(call.Verdicts).Score);
    }

    [Fact]
    public async Task A_call_that_fails_says_its_id()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken));

        var call = await RecordAsync(async prompts =>
        {
            var error = await Assert.ThrowsAsync<PromptException>(() => new OptionsDesk(prompts).FastAsync(new PromptOptions(), "I was charged twice"));
            await prompts.FeedbackAsync(error.CallId!, 0);
            return error.CallId!;
        });

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Outcome);
        Assert.Equal(0, Assert.Single(call.Verdicts).Score);
    }

    [Fact]
    public async Task A_call_that_is_not_set_up_rightly_or_cancelled_says_its_id()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var calls = await RecordAllAsync(async prompts =>
        {
            var wrong = await Assert.ThrowsAsync<PromptException>(() => new OptionsDesk(prompts).AskAsync("I was charged twice", new PromptOptions { Model = "gpt-17" }));
            var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new OptionsDesk(prompts).AskAsync("I was charged twice", cancellationToken: cancelled.Token));
            return [wrong.CallId, Assert.IsType<PromptException>(ended.InnerException).CallId];
        });

        Assert.Equal([PromptErrorCode.Configuration, PromptErrorCode.Cancelled], calls.Select(static call => call.Outcome));
    }

    [Fact]
    public async Task An_answer_from_the_cache_has_an_id_of_its_own()
    {
        Server.Enqueue(Reply(Good));
        var (first, second) = (new CallReference(), new CallReference());

        var calls = await RecordAllAsync(async prompts =>
        {
            var desk = new CacheDesk(prompts);
            var asked = await desk.TriageAsync("I was charged twice", new PromptOptions { Call = first });
            var kept = await desk.TriageAsync("I was charged twice", new PromptOptions { Call = second });
            Assert.True(kept.FromCache);
            Assert.Equal((first.CallId, second.CallId), (asked.CallId, kept.CallId));
            return [first.CallId, second.CallId];
        });

        Assert.Equal([false, true], calls.Select(static call => call.FromCache));
    }

    [Fact]
    public async Task Without_a_ledger_a_reference_and_its_result_have_one_id_and_a_sink_gets_the_verdict()
    {
        Server.Enqueue(Reply(Good), Reply(Good));
        var sink = new InMemoryCallLedger();
        var prompts = PromptRuntime.Create(builder => builder
            .UseTimeProvider(Time)
            .AddOpenAI("test-key", Server.OpenAIEndpoint)
            .AddAnthropic("test-key", Server.AnthropicEndpoint)
            .AddFeedbackSink(new OnlyVerdicts(sink)));
        await using var _ = prompts;
        var reference = new CallReference();

        var result = await new OptionsDesk(prompts).AskAsync("I was charged twice", new PromptOptions { Call = reference });
        await prompts.FeedbackAsync(result.CallId, 1);

        Assert.Equal(reference.CallId, result.CallId);
        Assert.Empty(await sink.ReadAsync(new CallFilter()).ToListAsync(TestContext.Current.CancellationToken));
        await sink.WriteAsync([Record(result.CallId)], TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single((await sink.ReadAsync(new CallFilter()).SingleAsync(TestContext.Current.CancellationToken)).Verdicts).Score);
        Assert.Equal(PromptErrorCode.Configuration, (await Assert.ThrowsAsync<PromptException>(() => Prompts.FeedbackAsync(result.CallId, 1))).Code);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => prompts.FeedbackAsync(result.CallId, 2));
    }

    private static CallRecord Record(string id) => new()
    {
        CallId = id,
        Prompt = "OptionsDesk.AskAsync",
        Version = "00c0ffee",
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.Zero,
        Outcome = PromptErrorCode.None,
        Cost = PromptCost.Zero,
        FullCost = PromptCost.Zero,
    };

    private async Task<CallRecord> RecordAsync(Func<PromptRuntime, Task<string>> use) => Assert.Single(await RecordAllAsync(async prompts => [await use(prompts)]));

    /// <summary>The calls of a runtime with a ledger in a file, by the ids that they said, read after the runtime has ended.</summary>
    private async Task<List<CallRecord>> RecordAllAsync(Func<PromptRuntime, Task<string?[]>> use)
    {
        try
        {
            await using var ledger = new SqliteCallLedger(_file);
            string?[] ids;
            await using (var prompts = PromptRuntime.Create(builder => builder
                .UseTimeProvider(Time)
                .AddOpenAI("test-key", Server.OpenAIEndpoint)
                .AddAnthropic("test-key", Server.AnthropicEndpoint)
                .UseLedger(ledger)))
            {
                ids = await use(prompts);
            }

            var calls = new List<CallRecord>();
            foreach (var id in ids)
            {
                calls.Add(await ledger.ReadAsync(new CallFilter { CallId = id }).SingleAsync());
            }

            var judged = calls.Count(static call => call.Verdicts.Count > 0);
            Assert.Equal(judged, (await ledger.GetKpisAsync(new KpiQuery())).Sum(static kpis => kpis.Judged));
            return calls;
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*"))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>A sink that is no ledger.</summary>
    private sealed class OnlyVerdicts(IFeedbackSink target) : IFeedbackSink
    {
        public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default) => target.AddVerdictAsync(verdict, cancellationToken);
    }
}
