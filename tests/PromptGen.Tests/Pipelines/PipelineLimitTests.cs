using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Pipelines;

/// <summary>What ends a pipeline: its money, its time, the caller.</summary>
public sealed class PipelineLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task All_calls_share_the_budget_and_it_is_used_up_to_the_last_call(int concurrency)
    {
        using var desk = Numbers.Answering(100);

        // A call reserves a little more than it costs: 0.00205 USD at most.
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = (5 * Numbers.Usd) + 0.0001m, Concurrency = concurrency });
        var started = 0;

        var items = await run.MapAsync("classify", Enumerable.Range(0, 100), (_, token) =>
        {
            Interlocked.Increment(ref started);
            return desk.AskAsync(Numbers.OnlyMini, cancellationToken: token);
        }).WaitAsync(Numbers.Hanging);

        Assert.Equal(5, items.Count(static item => item.Error is null));
        Assert.Equal(95, items.Codes().Count(static code => code == "BudgetExceeded"));
        Assert.Equal((5, 5 * Numbers.Usd), (desk.Mini.Requests.Count, run.Cost.Usd));
        Assert.InRange(started, 6, 5 + (2 * concurrency));
        Assert.Contains("pipeline rate", items[^1].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await Assert.ThrowsAsync<PromptException>(() => run.RunAsync("sum", token => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token)))).Code);
    }

    [Fact]
    public async Task A_call_waits_for_what_others_have_reserved_and_is_made_once_they_have_settled()
    {
        using var desk = new Desk();
        var answer = new TaskCompletionSource();
        desk.Mini.Then(async (_, _) =>
        {
            await answer.Task;
            return new(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, Numbers.Answer)) { Usage = new() { InputTokenCount = 10, OutputTokenCount = 10 } };
        });
        desk.Mini.Answers(Numbers.Answer, 10, 10);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 0.003m });

        var stage = run.MapAsync("classify", [0, 1], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));
        await desk.Mini.WaitForRequestAsync(1);
        answer.SetResult();

        Assert.Equal(["None", "None"], (await stage.WaitAsync(Numbers.Hanging)).Codes());
    }

    [Fact]
    public async Task An_item_does_not_wait_for_money_that_it_has_reserved_itself()
    {
        using var desk = Numbers.Answering(1);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 0.003m });

        // The check calls a prompt while the request of its own call is not settled.
        var error = await Assert.ThrowsAsync<PromptException>(() => run.RunAsync("judged", async _ =>
        {
            using var call = desk.Runtime.Start(
                Numbers.OnlyMini, async (_, token) => (await desk.AskAsync(Numbers.OnlyMini, cancellationToken: token)).Value == 3 ? null : "no", CancellationToken.None);
            return await call.TryAsync(Numbers.OnlyMini.Route[0], new UrgencyTemplate(Sample.Ticket)) ? call.Result : throw call.Exhausted();
        }).WaitAsync(Numbers.Hanging));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_call_too_expensive_for_the_rest_does_not_end_cheaper_ones()
    {
        using var desk = Numbers.Answering(3);
        var sonnet = Sample.Define(repairs: 0, route: new PromptStep(Tier.General, [Sample.Sonnet]));
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 0.01m, Concurrency = 1 });

        var items = await run.MapAsync("mixed", [0, 1, 2, 3], (number, token) => desk.AskAsync(number == 1 ? sonnet : Numbers.OnlyMini, cancellationToken: token));

        Assert.Equal(["None", "BudgetExceeded", "None", "None"], items.Codes());
    }

    [Fact]
    public async Task The_budget_of_a_prompt_still_limits_its_calls()
    {
        using var desk = Numbers.Answering(2);
        var poor = Sample.Define(repairs: 0, maxUsd: 0.001m, route: new PromptStep(Tier.Fast, [Sample.Mini]));
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 1m });

        var items = await run.MapAsync("mixed", [poor, Numbers.OnlyMini], (prompt, token) => desk.AskAsync(prompt, cancellationToken: token));

        Assert.Equal(["BudgetExceeded", "None"], items.Codes());
        Assert.Contains("could exceed the budget of $0.001000", items[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_deadline_running_items_end_and_the_others_are_not_started()
    {
        using var desk = new Desk();
        desk.Mini.Hangs().Hangs();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Deadline = TimeSpan.FromSeconds(2), Concurrency = 2 });
        var started = 0;

        var stage = run.MapAsync("classify", Enumerable.Range(0, 20), (number, _) =>
        {
            Interlocked.Increment(ref started);
            return desk.AskAsync(Numbers.OnlyMini, cancellationToken: CancellationToken.None);
        });
        await desk.Mini.WaitForRequestAsync(2);
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        var items = await stage.WaitAsync(Numbers.Hanging);

        Assert.All(items.Codes(), static code => Assert.Equal("DeadlineExceeded", code));
        Assert.Equal((20, 2), (items.Count, started));
        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptException>(() => run.RunAsync("sum", static _ => Task.FromResult(1)))).Code);
    }

    [Fact]
    public async Task At_the_deadline_a_delegate_that_ignores_its_token_is_abandoned_and_makes_no_request_any_more()
    {
        using var desk = Numbers.Answering(1);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Deadline = TimeSpan.FromSeconds(2) });
        var (started, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<PromptResult<int>>? ignoring = null;

        var stage = run.MapAsync("stubborn", [0], (_, _) => ignoring = IgnoreAsync());
        await started.Task;
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["DeadlineExceeded"], (await stage.WaitAsync(Numbers.Hanging)).Codes());
        go.SetResult();

        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptException>(() => ignoring!)).Code);
        Assert.Empty(desk.Mini.Requests);

        async Task<PromptResult<int>> IgnoreAsync()
        {
            started.SetResult();
            await go.Task;
            return await desk.AskAsync(Numbers.OnlyMini);
        }
    }

    [Fact]
    public async Task A_stream_that_has_not_ended_at_the_deadline_gives_what_was_read_and_then_throws()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Deadline = TimeSpan.FromSeconds(2) });
        var waiting = new TaskCompletionSource();
        var hasRead = new TaskCompletionSource();
        var read = new List<PipelineItem<int>>();

        var reading = Task.Run(async () =>
        {
            await foreach (var item in run.MapAsync("open", EndlessAsync(), static (number, _) => Task.FromResult(number)))
            {
                read.Add(item);
                hasRead.SetResult();
            }
        });
        await Task.WhenAll(waiting.Task, hasRead.Task).WaitAsync(Numbers.Hanging);
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        var error = await Assert.ThrowsAsync<PromptException>(() => reading.WaitAsync(Numbers.Hanging));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal([7], read.Select(static item => item.Value));

        async IAsyncEnumerable<int> EndlessAsync()
        {
            yield return 7;
            waiting.SetResult();
            await new TaskCompletionSource().Task;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_the_pipeline_or_the_stage_ends_everything_with_that_token(bool pipeline)
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        desk.Mini.Hangs().Hangs();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 2 }, pipeline ? source.Token : default);
        var started = 0;

        var stage = run.MapAsync(
            "classify",
            Enumerable.Range(0, 20),
            (_, token) =>
            {
                Interlocked.Increment(ref started);
                return desk.AskAsync(Numbers.OnlyMini, cancellationToken: token);
            },
            cancellationToken: pipeline ? default : source.Token);
        await desk.Mini.WaitForRequestAsync(2);
        await source.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.WaitAsync(Numbers.Hanging));

        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal(2, started);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync("next", static _ => Task.FromResult(1), source.Token));
    }

    [Fact]
    public async Task The_token_of_an_enumeration_cancels_it()
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        await using var run = desk.Runtime.StartPipeline("rate");

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in run.MapAsync("read", Numbers.StreamAsync(1_000), static (number, _) => Task.FromResult(number)).WithCancellation(source.Token))
            {
                if (item.Value == 5)
                {
                    await source.CancelAsync();
                }

                Assert.InRange(item.Value, 0, 5);
            }
        });

        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_disposed_pipeline_ends_its_stages_and_starts_none()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        var run = desk.Runtime.StartPipeline("rate");

        var stage = run.MapAsync("classify", [1], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));
        await desk.Mini.WaitForRequestAsync(1);
        await run.DisposeAsync();
        await run.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.WaitAsync(Numbers.Hanging));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => run.MapAsync("next", [1], static (number, _) => Task.FromResult(number)));
    }

    [Fact]
    public async Task The_worst_case_of_a_stage_is_the_sum_over_its_items_without_a_request()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate");
        Task<PromptResult<int>> AskAsync(string ticket, CancellationToken token) => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token);

        var one = await run.WorstCaseAsync(["a"], AskAsync);
        var four = await run.WorstCaseAsync(["a", "b", "c", "d"], AskAsync);

        Assert.InRange(one.Usd, 0.002m, 0.0021m);
        Assert.Equal(new PromptCost(4 * one.Usd, IsComplete: true), four);
        Assert.Equal(PromptCost.Zero, await run.WorstCaseAsync([1, 2], static (number, _) => number == 1 ? throw new FormatException() : Task.FromResult(number)));
        var llama = Sample.Define(repairs: 0, route: new PromptStep(Tier.SelfHosted, [Sample.Llama]));
        Assert.Equal(PromptCost.Unknown, await run.WorstCaseAsync([1], (_, token) => desk.AskAsync(llama, cancellationToken: token)));
        Assert.Equal((0, 0, 0), (desk.Mini.Requests.Count, desk.Llama.Requests.Count, run.Attempts.Count));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task A_stage_whose_worst_case_is_above_the_budget_is_refused_before_it_spends(int items, bool isRefused)
    {
        using var desk = Numbers.Answering(items);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { MaxUsd = 0.0095m, RefuseOverBudget = true });
        Task<IReadOnlyList<PipelineItem<PromptResult<int>>>> MapAsync() =>
            run.MapAsync("classify", Enumerable.Range(0, items), (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));

        if (!isRefused)
        {
            Assert.All((await MapAsync()).Codes(), static code => Assert.Equal("None", code));
            return;
        }

        var error = await Assert.ThrowsAsync<PromptException>(MapAsync);
        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Contains("$0.009500 left", error.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Mini.Requests);
    }
}
