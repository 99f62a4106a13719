using PromptGen.Routing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Journaling;

/// <summary>A second run of a pipeline with a journal: what it takes from there, and what it asks again.</summary>
public sealed class JournalTests
{
    private static readonly PromptDefinition<int> s_other = new("Desk.Urgency", "0ther", new UrgencyContract(), Numbers.OnlyMini.Route[0]) { Repairs = 0 };

    private readonly InMemoryPromptJournal _journal = new();

    [Fact]
    public async Task A_second_run_sends_nothing_and_books_what_the_first_one_paid()
    {
        using (var first = Numbers.Answering(3))
        {
            await RunAsync(first, ["a", "b", "c"]);
        }

        using var desk = new Desk();
        await using var run = Start(desk);
        var items = await run.ClassifyAsync(desk, ["a", "b", "c"]);

        Assert.Empty(desk.Mini.Requests);
        Assert.All(items, static item => Assert.Equal((3, Numbers.Usd), (item.Value.Value, item.Cost.Usd)));
        Assert.Equal(new PromptCost(3 * Numbers.Usd, IsComplete: true), run.Cost);
        Assert.All(run.Attempts, static attempt => Assert.True(attempt.FromJournal));
        Assert.All(run.Attempts, static attempt => Assert.Equal(1_000L, attempt.Usage?.OutputTokenCount));
        Assert.Equal((0L, 3L), (run.Unknown, run.Stages[0].Attempts));
    }

    [Fact]
    public async Task A_run_that_goes_on_asks_for_the_items_that_are_left()
    {
        using (var first = Numbers.Answering(2))
        {
            await RunAsync(first, ["a", "b"]);
        }

        using var desk = Numbers.Answering(1);
        await using var run = Start(desk);
        await run.ClassifyAsync(desk, ["a", "b", "c"]);

        Assert.Single(desk.Mini.Requests);
        Assert.Equal([false, true, true], run.Attempts.Select(static attempt => attempt.FromJournal).Order());
    }

    [Fact]
    public async Task The_budget_of_the_pipeline_holds_for_both_runs_together_and_named_budgets_are_charged_once()
    {
        using (var first = Numbers.Answering(3))
        {
            await RunAsync(first, ["a", "b", "c"]);
        }

        using var desk = Numbers.Answering(5, static builder => builder.AddBudget("all", 0.005m, BudgetPeriod.Month));
        await using var run = Start(desk, new PipelineOptions { Journal = _journal, Concurrency = 1, MaxUsd = (5 * Numbers.Usd) + 0.0001m });
        var items = await run.ClassifyAsync(desk, ["a", "b", "c", "d", "e", "f", "g"]);

        Assert.Equal(2, desk.Mini.Requests.Count);
        Assert.Equal(["None", "None", "None", "None", "None", "BudgetExceeded", "BudgetExceeded"], items.Codes());
    }

    [Fact]
    public async Task Another_argument_version_pipeline_stage_or_key_is_asked_for()
    {
        using (var first = Numbers.Answering(1))
        {
            await RunAsync(first, ["a"]);
        }

        using var desk = Numbers.Answering(5);
        await using (var run = Start(desk))
        {
            await run.MapAsync("classify", ["a"], (_, token) => desk.AskAsync(Numbers.OnlyMini, ticket: "changed", cancellationToken: token), key: static ticket => ticket);
        }

        await using (var run = Start(desk))
        {
            await run.MapAsync("classify", ["a"], (ticket, token) => desk.AskAsync(s_other, ticket: ticket, cancellationToken: token), key: static ticket => ticket);
        }

        await using (var run = Start(desk))
        {
            await run.MapAsync("another", ["a"], (ticket, token) => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token), key: static ticket => ticket);
        }

        await using (var run = desk.Runtime.StartPipeline("another", new PipelineOptions { Journal = _journal }))
        {
            await run.ClassifyAsync(desk, ["a"]);
        }

        await using (var run = Start(desk))
        {
            await run.MapAsync("classify", ["a"], (ticket, token) => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token), key: static _ => "b");
        }

        Assert.Equal(5, desk.Mini.Requests.Count);
    }

    [Fact]
    public async Task Equal_calls_of_an_item_have_an_answer_each()
    {
        using (var first = new Desk())
        {
            first.Mini.Answers("""{"value":1}""").Answers("""{"value":2}""");
            var values = await TwiceAsync(first);
            Assert.Equal([1, 2], values);
        }

        using var desk = new Desk();
        var replayed = await TwiceAsync(desk);
        Assert.Equal([1, 2], replayed);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task Stages_of_one_name_are_apart_from_each_other()
    {
        using (var first = new Desk())
        {
            first.Mini.Answers("""{"value":1}""").Answers("""{"value":2}""");
            var values = await LoopAsync(first);
            Assert.Equal([1, 2], values);
        }

        using var desk = new Desk();
        var replayed = await LoopAsync(desk);
        Assert.Equal([1, 2], replayed);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_rejected_answer_and_its_repair_are_replayed()
    {
        var prompt = Sample.Define(repairs: 1, route: new PromptStep(Tier.Fast, [Sample.Mini]));
        using (var first = new Desk())
        {
            first.Mini.Answers("""{"value":9}""").Answers(Numbers.Answer);
            await RunAsync(first, ["a"], prompt);
        }

        using var desk = new Desk();
        await using var run = Start(desk);
        var items = await run.ClassifyAsync(desk, ["a"], prompt);

        Assert.Equal(3, items[0].Value.Value);
        Assert.Equal("mini Initial SchemaMismatch, mini Repair None", run.Attempts.Line());
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_failure_is_repeated_where_its_call_went_on_to_an_answer()
    {
        using (var first = new Desk())
        {
            first.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
            first.Haiku.Answers(Numbers.Answer);
            await RunAsync(first, ["a"], Sample.Prompt);
        }

        using var desk = new Desk();
        await using var run = Start(desk);
        await run.ClassifyAsync(desk, ["a"], Sample.Prompt);

        Assert.Equal("mini Initial Auth, haiku Fallback None", run.Attempts.Line());
        Assert.Empty(desk.Mini.Requests);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_failure_that_the_item_ended_with_is_tried_again()
    {
        using (var first = new Desk())
        {
            first.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
            first.Haiku.Answers("""{"value":9}""");
            first.Sonnet.Fails(new ProviderException(PromptErrorCode.Auth));
            await using var failed = Start(first);
            Assert.NotNull((await failed.ClassifyAsync(first, ["a"], Sample.Define(repairs: 0)))[0].Error);
        }

        using var desk = Numbers.Answering(1);
        await using var run = Start(desk);
        var items = await run.ClassifyAsync(desk, ["a"], Sample.Define(repairs: 0));

        Assert.Equal("mini Initial None", run.Attempts.Line());
        Assert.Equal(3, items[0].Value.Value);
    }

    /// <summary>A request whose time was over may have been paid: its entry stays, and counts in the budget of every later run.</summary>
    [Fact]
    public async Task A_failure_that_may_have_cost_something_still_counts_after_it_was_made_again()
    {
        using (var first = new Desk())
        {
            first.Mini.Fails(new ProviderException(PromptErrorCode.AttemptTimeout));
            await using var failed = Start(first);
            Assert.NotNull((await first.WaitOutAsync(failed.ClassifyAsync(first, ["a"])))[0].Error);
        }

        using (var second = Numbers.Answering(1))
        {
            await RunAsync(second, ["a"]);
        }

        var entries = await _journal.ReadAsync(new JournalItem("rate", "classify", "a"), TestContext.Current.CancellationToken);
        Assert.Equal([(JournalState.Failed, false), (JournalState.Answered, true)], entries.Select(static entry => (entry.State, entry.Cost.IsComplete)));
        Assert.All(entries, entry => Assert.StartsWith(entries[^1].Request, entry.Request, StringComparison.Ordinal));

        using var desk = Numbers.Answering(5);
        await using var run = Start(desk, new PipelineOptions { Journal = _journal, Concurrency = 1, MaxUsd = 2.5m * Numbers.Usd });
        var items = await run.ClassifyAsync(desk, ["a", "b"]);

        Assert.Equal(["None", "BudgetExceeded"], items.Codes());
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_retry_is_one_request_of_the_journal()
    {
        using (var first = new Desk())
        {
            first.Mini.Fails(new ProviderException(PromptErrorCode.ServerError)).Answers(Numbers.Answer);
            await using var retried = Start(first);
            await first.WaitOutAsync(retried.ClassifyAsync(first, ["a"]));
        }

        using var desk = new Desk();
        await using var run = Start(desk);
        await run.ClassifyAsync(desk, ["a"]);

        Assert.Equal("mini Initial None", run.Attempts.Line());
    }

    [Fact]
    public async Task An_answer_that_a_retry_got_stays_where_its_item_fails_later()
    {
        using (var first = new Desk())
        {
            first.Mini.Fails(new ProviderException(PromptErrorCode.ServerError)).Answers(Numbers.Answer);
            await using var failed = Start(first);
            var items = await first.WaitOutAsync(failed.MapAsync("classify", ["a"], async (ticket, token) =>
            {
                var answer = await first.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token);
                return answer.Value > 0 ? throw new InvalidOperationException("later") : answer;
            }, key: static ticket => ticket));
            Assert.Equal("later", items[0].Error?.Message);
        }

        using var desk = new Desk();
        await using var run = Start(desk);
        var again = await run.ClassifyAsync(desk, ["a"]);

        Assert.Equal(3, again[0].Value.Value);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_model_that_cools_down_answers_from_the_journal()
    {
        using (var first = Numbers.Answering(2))
        {
            await RunAsync(first, ["a", "b"], Sample.Prompt);
        }

        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.QuotaExhausted));
        desk.Haiku.Answers(Numbers.Answer);
        await desk.AskAsync(ticket: "not of the pipeline");
        await using var run = Start(desk);
        await run.ClassifyAsync(desk, ["a", "b"], Sample.Prompt);

        Assert.Equal("mini Initial None, mini Initial None", run.Attempts.Line());
    }

    [Fact]
    public async Task Many_items_at_once_are_each_paid_once()
    {
        var tickets = Enumerable.Range(0, 300).Select(static number => "ticket " + number).ToArray();
        using (var first = Numbers.Answering(tickets.Length))
        {
            await RunAsync(first, tickets);
        }

        using var desk = new Desk();
        await using var run = Start(desk, new PipelineOptions { Journal = _journal, Concurrency = 64 });
        await run.ClassifyAsync(desk, tickets);

        Assert.Empty(desk.Mini.Requests);
        Assert.Equal(tickets.Length * Numbers.Usd, run.Cost.Usd);
    }

    private PipelineRun Start(Desk desk, PipelineOptions? options = null) => desk.Runtime.StartPipeline("rate", options ?? new PipelineOptions { Journal = _journal });

    private async Task RunAsync(Desk desk, string[] tickets, PromptDefinition<int>? prompt = null)
    {
        await using var run = Start(desk);
        Assert.All(await run.ClassifyAsync(desk, tickets, prompt), static item => Assert.Null(item.Error));
    }

    private async Task<int[]> TwiceAsync(Desk desk)
    {
        await using var run = Start(desk);
        return await run.RunAsync("twice", async token => new[]
        {
            (await desk.AskAsync(Numbers.OnlyMini, cancellationToken: token)).Value,
            (await desk.AskAsync(Numbers.OnlyMini, cancellationToken: token)).Value,
        });
    }

    private async Task<int[]> LoopAsync(Desk desk)
    {
        await using var run = Start(desk);
        var values = new int[2];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (await run.RunAsync("round", token => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token))).Value;
        }

        return values;
    }
}
