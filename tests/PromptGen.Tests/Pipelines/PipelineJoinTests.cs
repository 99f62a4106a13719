using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Pipelines;

/// <summary>What calls inside the delegates of a pipeline join, and what they do not.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class PipelineJoinTests
{
    [Fact]
    public async Task Pipeline_stage_and_prompts_are_one_trace()
    {
        using var probe = new TelemetryProbe();
        using var desk = Numbers.Answering(2);
        var current = System.Diagnostics.Activity.Current;
        var run = desk.Runtime.StartPipeline("rate");

        await run.MapAsync("classify", [1, 2], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));
        await run.DisposeAsync();

        var pipeline = Assert.Single(probe.Spans, static span => span.OperationName == "pipeline rate");
        var stage = Assert.Single(probe.Spans, static span => span.OperationName == "stage classify");
        var prompts = probe.Spans.Where(static span => span.OperationName.StartsWith("prompt ", StringComparison.Ordinal)).ToArray();
        Assert.Equal((probe.Root.SpanId, pipeline.SpanId), (pipeline.ParentSpanId, stage.ParentSpanId));
        Assert.Equal([stage.SpanId, stage.SpanId], prompts.Select(static span => span.ParentSpanId));
        Assert.All(probe.Attempts, attempt => Assert.Contains(prompts, prompt => prompt.SpanId == attempt.ParentSpanId));
        Assert.Equal(6, probe.Spans.Count);
        Assert.Equal(
            ["promptgen.cost.complete=true", "promptgen.cost.usd=0.004", "promptgen.pipeline=rate", "promptgen.stage.failed=0", "promptgen.stage.items=2", "promptgen.stage=classify"],
            TelemetryProbe.Describe(stage));
        Assert.Equal(["promptgen.cost.complete=true", "promptgen.cost.usd=0.004", "promptgen.pipeline=rate"], TelemetryProbe.Describe(pipeline));
        Assert.Same(current, System.Diagnostics.Activity.Current);
    }

    [Fact]
    public async Task What_a_delegate_does_itself_belongs_to_its_stage()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate");

        var seen = await run.MapAsync("read", [1], static (_, _) => Task.FromResult(System.Diagnostics.Activity.Current?.OperationName));

        Assert.Equal("stage read", seen[0].Value);
    }

    [Fact]
    public async Task What_a_delegate_left_running_is_a_call_of_its_own()
    {
        using var desk = Numbers.Answering(2);
        var go = new TaskCompletionSource();
        Task<PromptResult<int>>? left = null;
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 0.003m });

        await run.MapAsync("classify", [1], (_, token) =>
        {
            left = LaterAsync();
            return desk.AskAsync(Numbers.OnlyMini, cancellationToken: token);
        });
        go.SetResult();

        // There was no money left for it.
        Assert.Equal("mini Initial None", (await left!).Attempts.Line());
        Assert.Equal("mini Initial None", run.Attempts.Line());

        async Task<PromptResult<int>> LaterAsync()
        {
            await go.Task;
            return await desk.AskAsync(Numbers.OnlyMini);
        }
    }

    [Fact]
    public async Task Calls_beside_the_delegates_do_not_join()
    {
        using var desk = Numbers.Answering(2);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 0m });

        Assert.Equal(3, (await desk.AskAsync(Numbers.OnlyMini)).Value);
        Assert.Empty(run.Attempts);
    }

    [Fact]
    public async Task Attempts_of_all_calls_are_in_the_order_in_which_they_were_sent()
    {
        using var desk = Numbers.Answering(3);
        desk.Haiku.Answers("nonsense", 100, 100).Answers("nonsense", 100, 100);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 1 });

        var items = await run.MapAsync("two", [1, 2, 3], async (number, token) =>
        {
            if (number < 3)
            {
                await desk.FailAsync(Numbers.OnlyHaiku);
            }

            return await desk.AskAsync(Numbers.OnlyMini, cancellationToken: token);
        });

        Assert.Equal("haiku Initial InvalidJson, mini Initial None, haiku Initial InvalidJson, mini Initial None, mini Initial None", run.Attempts.Line());
        Assert.Equal("mini Initial None", items[0].Value.Attempts.Line());
        Assert.Equal(run.Cost.Usd, items.Sum(static item => item.Cost.Usd));
        Assert.Equal(run.Cost.Usd, run.Attempts.Sum(static attempt => attempt.Cost.Usd));
        Assert.Equal(new PipelineStage("two", 3, 0, 5, run.Cost), run.Stages[0]);
    }

    [Fact]
    public async Task Of_very_many_attempts_the_latest_are_kept_and_all_are_counted()
    {
        const int count = 10_050;
        using var desk = Numbers.Answering(count);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 1 });

        await run.MapAsync("many", Enumerable.Range(0, count), (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));

        Assert.Equal((10_000, 51), (run.Attempts.Count, run.Attempts[0].Order));
        Assert.Equal((count, count * Numbers.Usd), (run.Stages[0].Attempts, run.Cost.Usd));
    }

    [Fact]
    public async Task A_pipeline_inside_a_delegate_joins_ledger_budget_deadline_and_trace()
    {
        using var probe = new TelemetryProbe();
        using var desk = Numbers.Answering(10);
        var outer = desk.Runtime.StartPipeline("outer", new PipelineOptions { MaxUsd = (2 * Numbers.Usd) + 0.0001m, Deadline = TimeSpan.FromSeconds(5) });
        var isLate = new TaskCompletionSource();
        var hasEnded = new TaskCompletionSource();
        string[] codes = [];

        async Task<int> RunInsideAsync(CancellationToken token)
        {
            await using var inner = desk.Runtime.StartPipeline("inner", new PipelineOptions { MaxUsd = 1m, Concurrency = 1, Deadline = TimeSpan.FromDays(1) }, token);
            var late = inner.RunAsync("late", static token => new TaskCompletionSource<int>().Task.WaitAsync(token), CancellationToken.None);
            codes = (await inner.MapAsync("classify", Enumerable.Range(0, 4), (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token), cancellationToken: token)).Codes();
            isLate.SetResult();
            return await late;
        }

        var stage = outer.MapAsync("each", [1], async (_, token) =>
        {
            try
            {
                return await RunInsideAsync(token);
            }
            finally
            {
                hasEnded.SetResult();
            }
        });
        await isLate.Task.WaitAsync(Numbers.Hanging);
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        var items = await stage.WaitAsync(Numbers.Hanging);

        // At the deadline the stage ends at once, and its delegate soon after.
        await hasEnded.Task.WaitAsync(Numbers.Hanging);
        await outer.DisposeAsync();

        Assert.Equal(["None", "None", "BudgetExceeded", "BudgetExceeded"], codes);
        Assert.Equal(["DeadlineExceeded"], items.Codes());
        Assert.Equal((2, 2 * Numbers.Usd), (outer.Attempts.Count, outer.Cost.Usd));
        var spans = probe.Spans.ToDictionary(static span => span.OperationName + " " + span.SpanId, static span => span);
        string Parent(string name) => spans.Values.Single(span => span.SpanId == spans.Values.First(other => other.OperationName == name).ParentSpanId).OperationName;
        Assert.Equal(("stage each", "pipeline inner"), (Parent("pipeline inner"), Parent("stage classify")));
    }

    [Fact]
    public async Task A_scope_of_budgets_around_a_pipeline_holds_inside()
    {
        using var desk = Numbers.Answering(4, static builder => builder.AddBudget("tenant", 0.003m, BudgetPeriod.Day, perScope: true));
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 1 });

        using (PromptBudget.Scope("a"))
        {
            Assert.Equal(["None", "BudgetExceeded"], (await run.MapAsync("classify", [1, 2], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token))).Codes());
        }

        Assert.Equal(["None"], (await run.MapAsync("classify", [1], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token))).Codes());
    }

    [Fact]
    public async Task Without_a_listener_there_is_no_span()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate");

        Assert.Null((await run.MapAsync("read", [1], static (_, _) => Task.FromResult(System.Diagnostics.Activity.Current)))[0].Value);
    }
}
