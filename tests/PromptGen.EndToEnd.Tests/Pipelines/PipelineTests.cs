using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Pipelines;

/// <summary>Pipelines of generated prompts over HTTP: one trace, one ledger, one budget.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class PipelineTests : CallTests
{
    /// <summary>What a reply costs: 10 input and 100 output tokens of the small model.</summary>
    private const decimal Usd = 0.00021m;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private PipelineDesk Pipeline => new(Prompts);

    [Fact]
    public async Task Two_stages_are_one_trace_one_ledger_and_one_sum()
    {
        Server.Enqueue(Mini, [.. Enumerable.Repeat(Cheap(Good), 12)]);
        Server.Enqueue(Mini, Cheap("All are about billing."));
        using var probe = new TelemetryProbe();
        var desk = Pipeline;
        var run = Prompts.StartPipeline("tickets");

        var triages = await run.MapAsync("classify", Enumerable.Range(0, 12), (number, token) => desk.ClassifyAsync($"ticket {number}", token), key: static number => $"ticket-{number}");
        var summary = await run.RunAsync("summarise", token => desk.SummariseAsync([.. triages.Select(static item => item.Value.Queue).Distinct()], token));
        await run.DisposeAsync();

        Assert.Equal("All are about billing.", summary.Value);
        Assert.Equal(Enumerable.Range(0, 12).Select(static number => $"ticket-{number}"), triages.Select(static item => item.Key));
        Assert.Equal(13, run.Attempts.Count);
        Assert.Equal(new PromptCost(13 * Usd, IsComplete: true), run.Cost);
        Assert.Equal([("classify", 12L, 12 * Usd), ("summarise", 1L, Usd)], run.Stages.Select(static stage => (stage.Name, stage.Attempts, stage.Cost.Usd)));
        Assert.Single(probe.Spans.Select(static span => span.TraceId).Distinct());
        Assert.Equal(2, probe.Spans.Count(static span => span.OperationName.StartsWith("stage ", StringComparison.Ordinal)));
        Assert.All(
            probe.Spans.Where(static span => span.OperationName.StartsWith("chat ", StringComparison.Ordinal)),
            static span => Assert.Equal("pipeline tickets", span.Parent?.Parent?.Parent?.OperationName));
        Assert.Equal(13, probe.Attempts.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(31)]
    public async Task A_budget_shared_by_32_calls_at_once_has_room_for_exactly_so_many(int room)
    {
        Server.Enqueue(Mini, [.. Enumerable.Repeat(Cheap(Good), room)]);
        var desk = Pipeline;
        await using var plan = Prompts.StartPipeline("plan");
        var worst = await plan.WorstCaseAsync(["ticket"], desk.ClassifyAsync);
        Assert.InRange(worst.Usd, Usd, 2 * Usd);

        await using var run = Prompts.StartPipeline("tickets", new PipelineOptions { MaxUsd = ((room - 1) * Usd) + worst.Usd, Concurrency = 32 });
        var items = await run.MapAsync("classify", Enumerable.Repeat("ticket", 100), desk.ClassifyAsync).WaitAsync(Hanging);

        Assert.Equal(room, items.Count(static item => item.Error is null));
        Assert.All(items.Where(static item => item.Error is not null), static item => Assert.Equal(PromptErrorCode.BudgetExceeded, Assert.IsType<PromptException>(item.Error).Code));
        Assert.Equal((room, room * Usd), (Server.Requests.Count, run.Cost.Usd));
    }

    [Fact]
    public async Task The_first_item_fills_the_prompt_cache_of_the_provider_before_the_others_are_sent()
    {
        var (isRead, arrived, mayAnswer) = (false, new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ModelServer.StartAsync(
            async (_, token) =>
            {
                // A provider has a prompt in its cache once it has read it.
                var isCached = Volatile.Read(ref isRead);
                arrived.TrySetResult();
                await mayAnswer.Task.WaitAsync(token);
                Volatile.Write(ref isRead, true);
                return ModelReply.Text(Good, 2_000, 100, cachedTokens: isCached ? 1_800 : 0);
            },
            Time);
        using var prompts = PromptRuntime.Create(builder => builder.UseTimeProvider(Time).AddOpenAI("test-key", server.OpenAIEndpoint));
        var desk = new PipelineDesk(prompts);
        await using var run = prompts.StartPipeline("tickets", new PipelineOptions { WarmUp = true });

        var items = run.MapAsync("classify", Enumerable.Repeat("ticket", 8), desk.ClassifyAsync);
        await arrived.Task.WaitAsync(Hanging);
        Assert.Single(server.Requests);
        mayAnswer.SetResult();

        Assert.All(await items, static item => Assert.Null(item.Error));
        Assert.Equal(new PromptCost(0.0022m + (7 * 0.0013m), IsComplete: true), run.Cost);
    }

    [Fact]
    public async Task A_stream_of_items_goes_through_two_stages_without_waiting_for_its_end()
    {
        Server.Enqueue(Mini, [.. Enumerable.Repeat(Cheap(Good), 30)]);
        var desk = Pipeline;
        await using var run = Prompts.StartPipeline("tickets", new PipelineOptions { Concurrency = 4 });
        var taken = 0;

        var triages = run.MapAsync("classify", TicketsAsync(), (ticket, token) => desk.ClassifyAsync(ticket, token));
        var urgencies = run.MapAsync("measure", triages, static (item, _) => Task.FromResult(item.Value.Urgency));
        await foreach (var item in urgencies)
        {
            Assert.Equal(3, item.Value);
            if (item.Key == "9")
            {
                break;
            }
        }

        Assert.InRange(taken, 10, 10 + (2 * 8) + 2);

        async IAsyncEnumerable<string> TicketsAsync()
        {
            while (taken < 1_000)
            {
                taken++;
                yield return $"ticket {taken}";
                await Task.Yield();
            }
        }
    }

    private static ModelReply Cheap(string text) => Reply(text, input: 10, output: 100);
}
