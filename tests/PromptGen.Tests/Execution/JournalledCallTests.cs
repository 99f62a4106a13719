using PromptGen.Catalog;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Tests.Ledgers;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Execution;

/// <summary>Calls of a pipeline whose journal has requests of an earlier run: which of them are answered from there, and what they count.</summary>
public sealed class JournalledCallTests
{
    /// <summary>Enough for one request, and not for two.</summary>
    private const decimal EnoughForOne = 1.5m * Numbers.Usd;

    private static readonly PromptStep OnlyMini = new(Tier.Fast, [Sample.Mini]);

    private readonly InMemoryPromptJournal _journal = new();

    [Fact]
    public async Task A_caller_who_has_cancelled_gets_no_answer_from_the_journal()
    {
        await AnswerAsync("a");
        using var desk = new Desk();
        await using var run = Start(desk);

        var items = await run.MapAsync(
            "classify", ["a"], (ticket, _) => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: new CancellationToken(canceled: true)), key: static ticket => ticket);

        Assert.Equal(["OperationCanceledException"], items.Codes());
        Assert.Empty(run.Attempts);
    }

    [Fact]
    public async Task A_call_whose_time_is_over_gets_no_answer_from_the_journal()
    {
        await AnswerAsync("a");
        using var desk = new Desk();
        await using var run = Start(desk);
        var deadline = TimeSpan.FromSeconds(1);
        var prompt = Sample.Define(repairs: 0, deadline: deadline, route: OnlyMini);

        var items = await run.MapAsync(
            "classify",
            ["a"],
            async (ticket, token) =>
            {
                using var call = desk.Runtime.Start(prompt, token);
                desk.Clock.Advance(deadline);
                return await call.TakeAsync(prompt.Route, new UrgencyTemplate(ticket));
            },
            key: static ticket => ticket);

        Assert.Equal(["DeadlineExceeded"], items.Codes());
        Assert.Empty(run.Attempts);
    }

    [Fact]
    public async Task A_request_with_an_unknown_outcome_is_counted_once_where_it_is_sent_again()
    {
        await CrashAsync();
        using var desk = Numbers.Answering(1);
        await using var run = Start(desk);

        var items = await run.ClassifyAsync(desk, ["a"]);

        Assert.Equal(["None"], items.Codes());
        Assert.Equal((1L, 1), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task The_money_of_a_request_with_an_unknown_outcome_is_spent_before_it_is_sent_again()
    {
        await CrashAsync();
        using var desk = Numbers.Answering(1);
        await using var run = Start(desk, EnoughForOne);

        var items = await run.ClassifyAsync(desk, ["a"]);

        Assert.Equal(["BudgetExceeded"], items.Codes());
        Assert.Equal((1L, 0), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task An_answer_of_the_journal_whose_cost_is_unknown_counts_as_much_as_it_can_cost()
    {
        using (var first = new Desk())
        {
            first.Mini.Answers(Numbers.Answer);
            await using var answered = Start(first);
            Assert.Equal(["None"], (await answered.ClassifyAsync(first, ["a"])).Codes());
        }

        using var desk = Numbers.Answering(1);
        await using var run = Start(desk, EnoughForOne);
        var items = await run.ClassifyAsync(desk, ["a", "b"]);

        Assert.Equal(["None", "BudgetExceeded"], items.Codes());
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_failure_of_the_journal_has_no_text_in_the_ledger()
    {
        using (var first = new Desk())
        {
            first.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
            first.Haiku.Answers(Numbers.Answer);
            await using var answered = Start(first);
            await answered.ClassifyAsync(first, ["a"], Sample.Prompt);
        }

        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger, static options => options.CaptureContent = true);
        await using (var run = Start(desk.Models))
        {
            await run.ClassifyAsync(desk.Models, ["a"], Sample.Prompt);
        }

        await desk.CloseAsync();
        var attempts = Assert.Single(await ledger.AllAsync()).Attempts;
        Assert.Equal(["", Numbers.Answer], attempts.Select(static attempt => attempt.Answer ?? ""));
        Assert.All(attempts, static attempt => Assert.True(attempt.FromJournal));
    }

    [Fact]
    public async Task A_retry_keeps_what_the_failure_before_it_may_have_cost()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Transport)).Answers(Numbers.Answer, 0, 1_000);
        await using var run = Start(desk);
        await desk.WaitOutAsync(run.ClassifyAsync(desk, ["a"]));

        Assert.Equal("mini Initial Transport, mini Retry None", run.Attempts.Line());
        var entries = await _journal.ReadAsync(new JournalItem("rate", "classify", "a"), TestContext.Current.CancellationToken);
        Assert.Equal([(JournalState.Failed, false), (JournalState.Answered, true)], entries.Select(static entry => (entry.State, entry.Cost.IsComplete)));
    }

    [Fact]
    public async Task A_request_is_sent_as_it_was_looked_up()
    {
        var template = new CountingTemplate();
        using var desk = Numbers.Answering(1);
        await using var run = Start(desk);

        await run.RunAsync("classify", async token =>
        {
            using var call = desk.Runtime.Start(Numbers.OnlyMini, token);
            return await call.TryAsync(OnlyMini, template);
        });

        Assert.Equal(1, template.Renderings);
        Assert.Equal("Rendering 1", Assert.Single(desk.Mini.Requests).Messages[0].Text);
    }

    [Fact]
    public async Task A_model_that_keeps_breaking_its_contract_answers_from_the_journal()
    {
        var prompt = Sample.Define(repairs: 0);
        using (var first = Numbers.Answering(1))
        {
            await using var answered = Start(first);
            await answered.ClassifyAsync(first, ["a"], prompt);
        }

        using var desk = new Desk();
        for (var i = 0; i < 10; i++)
        {
            desk.Mini.Answers("no");
            desk.Sonnet.Answers(Numbers.Answer);
            await desk.AskAsync(prompt, ticket: "not of the pipeline");
        }

        desk.Haiku.Answers(Numbers.Answer);
        Assert.Equal("haiku Fallback None", (await desk.AskAsync(prompt, ticket: "not of the pipeline")).Attempts.Line());
        await using var run = Start(desk);
        await run.ClassifyAsync(desk, ["a"], prompt);

        Assert.Equal("mini Initial None", run.Attempts.Line());
        Assert.True(run.Attempts[0].FromJournal);
    }

    private PipelineRun Start(Desk desk, decimal? maxUsd = null) =>
        desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, Concurrency = 1, MaxUsd = maxUsd });

    /// <summary>A run that got an answer for each of its items.</summary>
    private async Task AnswerAsync(params string[] tickets)
    {
        using var desk = Numbers.Answering(tickets.Length);
        await using var run = Start(desk);
        Assert.All(await run.ClassifyAsync(desk, tickets), static item => Assert.Null(item.Error));
    }

    /// <summary>A run that sent a request for item <c>a</c> and ended before it had its answer.</summary>
    private async Task CrashAsync()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Hangs();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal }, cancellation.Token);
        var running = run.ClassifyAsync(desk, ["a"]);
        await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Writes how often it was rendered.</summary>
    private sealed class CountingTemplate : IPromptTemplate
    {
        public int Renderings { get; private set; }

        public void Render(ModelInfo model, PromptWriter prompt)
        {
            prompt.Role(PromptRole.System);
            prompt.Append("Rendering ");
            prompt.Append(++Renderings);
            prompt.Role(PromptRole.User);
            prompt.Append(Sample.Ticket);
        }
    }
}
