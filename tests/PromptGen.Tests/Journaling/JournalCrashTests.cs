using PromptGen.Tests.Execution;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Journaling;

/// <summary>Runs that end in the middle of a request, and what the next run does with it.</summary>
public sealed class JournalCrashTests
{
    private readonly InMemoryPromptJournal _journal = new();

    [Fact]
    public async Task A_request_that_the_journal_does_not_have_as_sent_is_not_sent()
    {
        using var desk = Numbers.Answering(1);
        var items = await RunAsync(desk, new BreakingJournal(_journal, JournalState.Sent));

        Assert.IsType<IOException>(items[0].Error);
        Assert.Empty(desk.Mini.Requests);
        Assert.Equal((0L, 1), await AgainAsync(UnknownRequest.Fail));
    }

    [Fact]
    public async Task An_answer_that_the_journal_does_not_have_is_not_used()
    {
        using var desk = Numbers.Answering(1);
        var items = await RunAsync(desk, new BreakingJournal(_journal, JournalState.Answered));

        Assert.IsType<IOException>(items[0].Error);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task An_unknown_request_is_counted_and_sent_again_by_default()
    {
        await CrashBeforeAnswerAsync();

        Assert.Equal((1L, 1), await AgainAsync(UnknownRequest.Retry));
        Assert.Equal((0L, 0), await AgainAsync(UnknownRequest.Retry));
    }

    [Fact]
    public async Task An_unknown_request_counts_with_its_estimate_in_the_budget_and_leaves_the_cost_incomplete()
    {
        await CrashBeforeAnswerAsync();
        using var desk = Numbers.Answering(2);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, MaxUsd = 0.003m });
        var items = await run.ClassifyAsync(desk, ["a"]);

        Assert.Equal(["BudgetExceeded"], items.Codes());
        Assert.False(run.Cost.IsComplete);
        Assert.Equal(1, run.Stages[0].Unknown);
    }

    [Fact]
    public async Task An_unknown_request_that_was_sent_again_still_counts_in_a_third_run()
    {
        await CrashBeforeAnswerAsync();
        Assert.Equal((1L, 1), await AgainAsync(UnknownRequest.Retry));

        using var desk = Numbers.Answering(2);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, MaxUsd = 0.005m, Concurrency = 1 });
        var items = await run.ClassifyAsync(desk, ["a", "b"]);

        Assert.Equal(["None", "BudgetExceeded"], items.Codes());
        Assert.Empty(desk.Mini.Requests);
        Assert.Equal(0, run.Unknown);
    }

    [Fact]
    public async Task Skip_fails_the_item_and_runs_the_others()
    {
        await CrashBeforeAnswerAsync();
        using var desk = Numbers.Answering(2);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, Unknown = UnknownRequest.Skip, Concurrency = 1 });
        var items = await run.ClassifyAsync(desk, ["a", "b"]);

        Assert.Equal(["OutcomeUnknown", "None"], items.Codes());
        Assert.Single(desk.Mini.Requests);
        Assert.Equal(1, run.Unknown);
    }

    [Fact]
    public async Task Fail_ends_the_pipeline()
    {
        await CrashBeforeAnswerAsync();
        using var desk = Numbers.Answering(2);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, Unknown = UnknownRequest.Fail, Concurrency = 1 });

        var error = await Assert.ThrowsAsync<PromptException>(() => run.ClassifyAsync(desk, ["a", "b"]));
        Assert.Equal(PromptErrorCode.OutcomeUnknown, error.Code);
        Assert.Equal(PromptErrorCode.OutcomeUnknown, (await Assert.ThrowsAsync<PromptException>(() => run.ClassifyAsync(desk, ["b"]))).Code);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_the_requests_under_way_unknown()
    {
        using (var first = new Desk())
        {
            first.Mini.Hangs();
            using var cancellation = new CancellationTokenSource();
            await using var run = first.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal }, cancellation.Token);
            var running = run.ClassifyAsync(first, ["a"]);
            await first.Mini.WaitForRequestAsync(1);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Assert.Equal((1L, 1), await AgainAsync(UnknownRequest.Retry));
    }

    [Fact]
    public async Task A_run_that_ends_after_any_write_pays_each_answer_once()
    {
        for (var writes = 0; writes <= 10; writes++)
        {
            var journal = new InMemoryPromptJournal();
            using var first = Numbers.Answering(5);
            await using (var run = first.Runtime.StartPipeline("rate", new PipelineOptions { Journal = new EndingJournal(journal, writes), Concurrency = 1 }))
            {
                await run.ClassifyAsync(first, ["a", "b", "c", "d", "e"]);
            }

            using var desk = Numbers.Answering(5);
            await using var second = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = journal });
            var items = await second.ClassifyAsync(desk, ["a", "b", "c", "d", "e"]);

            // Each item has two writes: sent and answered.
            Assert.All(items, static item => Assert.Null(item.Error));
            Assert.Equal(5 - (writes / 2), desk.Mini.Requests.Count);
            Assert.Equal(writes % 2, second.Unknown);
        }
    }

    private static async Task<IReadOnlyList<PipelineItem<PromptResult<int>>>> RunAsync(Desk desk, IPromptJournal journal)
    {
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = journal });
        return await run.ClassifyAsync(desk, ["a"]);
    }

    private async Task CrashBeforeAnswerAsync()
    {
        using var desk = Numbers.Answering(1);
        await RunAsync(desk, new BreakingJournal(_journal, JournalState.Answered));
    }

    private async Task<(long Unknown, int Sent)> AgainAsync(UnknownRequest policy)
    {
        using var desk = Numbers.Answering(1);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, Unknown = policy });
        Assert.Equal(["None"], (await run.ClassifyAsync(desk, ["a"])).Codes());
        return (run.Unknown, desk.Mini.Requests.Count);
    }

    /// <summary>Ends before it writes entries of one state.</summary>
    private sealed class BreakingJournal(IPromptJournal journal, JournalState breaksAt) : IPromptJournal
    {
        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default) => journal.ReadAsync(item, cancellationToken);

        public async ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default)
        {
            if (entry.State != breaksAt)
            {
                await journal.WriteAsync(item, entry, cancellationToken);
            }

            if (entry.State == breaksAt)
            {
                throw new IOException("The process ends here.");
            }
        }
    }

    /// <summary>Ends after so many writes.</summary>
    private sealed class EndingJournal(IPromptJournal journal, int writes) : IPromptJournal
    {
        private int _left = writes;

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default) => journal.ReadAsync(item, cancellationToken);

        public ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default) =>
            Interlocked.Decrement(ref _left) >= 0 ? journal.WriteAsync(item, entry, cancellationToken) : throw new IOException("The process ended.");
    }
}
