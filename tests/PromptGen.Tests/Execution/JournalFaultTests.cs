using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Budgets;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Execution;

/// <summary>A journal that cannot be written: the item fails, and what its request has taken is given back or counted.</summary>
public sealed class JournalFaultTests
{
    [Fact]
    public async Task A_request_that_the_journal_does_not_have_is_not_sent_and_reserves_no_money()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));

        var codes = await RunAsync(desk.Inner, Numbers.OnlyMini, JournalState.Sent, write: 1);

        Assert.Equal(["IOException"], codes);
        Assert.Empty(desk.Mini.Requests);
        Assert.Equal(1, desk.Store.Reservations);
        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_retry_that_the_journal_does_not_have_does_not_count_in_the_limit_per_minute()
    {
        using var desk = new Desk();
        var limited = new ModelInfo("mini", "openai", Tier.Fast) { ContextWindow = 8_000, MaxOutputTokens = 1_000, RequestsPerMinute = 2 };
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ServerError));

        var codes = await desk.WaitOutAsync(RunAsync(desk, Sample.Define(route: new PromptStep(Tier.Fast, [limited])), JournalState.Sent, write: 2));

        Assert.Equal(["IOException"], codes);
        Assert.Single(desk.Mini.Requests);
        Assert.Equal(TimeSpan.Zero, desk.Runtime.Endpoints.Find(limited).Connection!.RateLimit!.WaitFor(0));
    }

    [Fact]
    public async Task An_answer_that_the_journal_does_not_have_is_not_used_and_counts_what_it_may_have_cost()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Answers(Numbers.Answer, inputTokens: 0, outputTokens: 1);

        var codes = await RunAsync(desk.Inner, Numbers.OnlyMini, JournalState.Answered, write: 1);

        Assert.Equal(["IOException"], codes);
        var balance = await desk.BalanceAsync("team", BudgetPeriod.Day);
        Assert.InRange(balance.SpentUsd, Numbers.Usd, Numbers.Usd + 0.0002m);
        Assert.Equal(0m, balance.ReservedUsd);
    }

    private static async Task<string[]> RunAsync(Desk desk, PromptDefinition<int> prompt, JournalState state, int write)
    {
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = new FailingJournal(state, write) });
        return (await run.MapAsync("classify", ["a"], (ticket, token) => desk.AskAsync(prompt, ticket: ticket, cancellationToken: token))).Codes();
    }

    /// <summary>A journal that fails to write an entry of one state, counted from 1.</summary>
    private sealed class FailingJournal(JournalState state, int write) : IPromptJournal
    {
        private readonly InMemoryPromptJournal _inner = new();
        private int _writes;

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default) => _inner.ReadAsync(item, cancellationToken);

        public ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default) =>
            entry.State == state && Interlocked.Increment(ref _writes) == write ? throw new IOException("The disk is full.") : _inner.WriteAsync(item, entry, cancellationToken);
    }
}
