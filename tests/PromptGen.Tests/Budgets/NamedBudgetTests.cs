using Microsoft.Extensions.AI;
using PromptGen.Budgets;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

/// <summary>Budgets over many calls. One answer of mini is at most $0.002 and the few tokens of its prompt.</summary>
public class NamedBudgetTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    [Fact]
    public async Task A_thousand_calls_at_once_with_room_for_ten_make_ten_requests()
    {
        const int Calls = 1_000;
        var refused = 0;
        var allDecided = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mini = new ScriptedChatClient(async (_, _) =>
        {
            await allDecided.Task;
            return Answer(inputTokens: 1_000, outputTokens: 250);
        });
        using var desk = new BudgetDesk(builder => builder.AddClient("mini", mini).AddBudget("team", 0.021m, BudgetPeriod.Day));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(async () =>
        {
            try
            {
                await desk.AskAsync(OnlyMini);
                return PromptErrorCode.None;
            }
            catch (PromptException exception)
            {
                if (Interlocked.Increment(ref refused) == Calls - 10)
                {
                    allDecided.SetResult();
                }

                return exception.Code;
            }
        })));

        Assert.Equal(10, outcomes.Count(static code => code == PromptErrorCode.None));
        Assert.Equal(Calls - 10, outcomes.Count(static code => code == PromptErrorCode.BudgetExceeded));
        Assert.Equal(10, mini.Requests.Count);
        Assert.Equal(new BudgetBalance(10 * 0.0015m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_call_for_which_there_is_no_room_ends_before_its_request_and_names_the_budget()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("roomy", 5m, BudgetPeriod.Month).AddBudget("team-a", 0.0015m, BudgetPeriod.Day));

        var error = await desk.FailAsync();

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Empty(error.Attempts);
        Assert.Empty(desk.Mini.Requests);
        Assert.Contains("the budget 'team-a' of $0.001500 per day has $0.001500 left, so that the next attempt was not made", error.Message, StringComparison.Ordinal);
        Assert.Equal(default, await desk.BalanceAsync("roomy", BudgetPeriod.Month));
    }

    [Fact]
    public async Task What_was_spent_counts_not_what_was_reserved()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 0.003m, BudgetPeriod.Hour));
        for (var i = 0; i < 10; i++)
        {
            desk.Mini.Answers("""{"value":3}""", 80, 10);
        }

        for (var i = 0; i < 9; i++)
        {
            await desk.AskAsync(OnlyMini);
        }

        Assert.Equal(new BudgetBalance(0.0009m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Hour));
        await desk.AskAsync(OnlyMini);
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        desk.Mini.Answers("""{"value":3}""", 80, 10);
        await desk.AskAsync(OnlyMini);
    }

    [Fact]
    public async Task Every_attempt_counts_repairs_and_escalations_too()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Answers("no", 1_000, 0).Answers("no", 1_000, 0);
        desk.Sonnet.Answers("""{"value":3}""", 1_000, 0);

        var result = await desk.AskAsync();

        Assert.Equal(3, result.Attempts.Count);
        Assert.Equal(new BudgetBalance(result.Cost.Usd, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_failure_that_cost_nothing_gives_its_reservation_back()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Fails(new ProviderException(PromptErrorCode.BadRequest));

        await desk.FailAsync(OnlyMini);

        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task An_attempt_of_unknown_cost_may_have_cost_what_it_reserved()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Hangs().Answers("""{"value":3}""");
        using var cancellation = new CancellationTokenSource();

        var call = desk.AskAsync(OnlyMini, cancellation.Token);
        await desk.Mini.WaitForRequestAsync(1);
        var reserved = (await desk.BalanceAsync("team", BudgetPeriod.Day)).ReservedUsd;
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => call);

        Assert.InRange(reserved, 0.002m, 0.0021m);
        Assert.Equal(new BudgetBalance(reserved, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
        await desk.AskAsync(OnlyMini);
        Assert.Equal(new BudgetBalance(2 * reserved, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task Usage_below_zero_gives_no_money_back_and_counts_what_was_reserved()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0).Answers("""{"value":3}""", -1_000_000, -1_000_000);

        await desk.AskAsync(OnlyMini);
        await desk.AskAsync(OnlyMini);

        var balance = await desk.BalanceAsync("team", BudgetPeriod.Day);
        Assert.InRange(balance.SpentUsd, 0.003m, 0.0031m);
        Assert.Equal(0m, balance.ReservedUsd);
    }

    [Fact]
    public async Task A_call_that_throws_leaves_nothing_reserved()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0);

        await Assert.ThrowsAsync<PromptException>(() => desk.Inner.AskAsync(OnlyMini, static _ => throw new InvalidOperationException()));

        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_call_given_up_between_answer_and_verdict_leaves_nothing_reserved()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0);

        using (var call = desk.Inner.Runtime.Start(OnlyMini, static (_, _) => throw new NotSupportedException("Not even a PromptException"), default))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => call.TryAsync(OnlyMini.Route[0], new UrgencyTemplate("ticket")).AsTask());
        }

        Assert.Equal(0m, (await desk.BalanceAsync("team", BudgetPeriod.Day)).ReservedUsd);
    }

    [Fact]
    public async Task A_model_whose_circuit_is_open_reserves_nothing()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day).Resilience.MaxRetries = 0);
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
            await desk.FailAsync(OnlyMini);
        }

        Assert.Equal(PromptErrorCode.CircuitOpen, (await desk.FailAsync(OnlyMini)).Code);

        Assert.Equal(5, desk.Store.Reservations);
        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_model_without_a_price_is_not_checked()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("nothing", 0m, BudgetPeriod.Day));
        desk.Llama.Answers("""{"value":3}""", 1_000, 1_000);

        await desk.AskAsync(Sample.Define(route: new PromptStep(Tier.SelfHosted, [Sample.Llama])));

        Assert.Equal(0, desk.Store.Reservations);
    }

    [Fact]
    public async Task The_price_of_another_model_that_answered_counts()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Llama.Answers("""{"value":3}""", 1_000, 0, modelId: "mini");
        var route = new PromptStep(Tier.SelfHosted, [Sample.Llama], Sample.Mini);

        await desk.AskAsync(Sample.Define(route: route));

        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("Desk.Urgency", true)]
    [InlineData("Other.*, desk.*", true)]
    [InlineData("Desk.?rgency", true)]
    [InlineData("Desk", false)]
    [InlineData("Other.*", false)]
    public async Task A_budget_covers_the_prompts_that_its_globs_match(string? prompts, bool covers)
    {
        using var desk = new BudgetDesk(builder => builder.AddBudget("some", 0m, BudgetPeriod.Day, prompts));
        desk.Mini.Answers("""{"value":3}""");

        if (covers)
        {
            Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);
        }
        else
        {
            await desk.AskAsync(OnlyMini);
        }
    }

    [Fact]
    public async Task Each_scope_has_its_own_money_and_so_have_the_calls_outside()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("tenant", 0.0025m, BudgetPeriod.Day, perScope: true));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0).Answers("""{"value":3}""", 1_000, 0).Answers("""{"value":3}""", 1_000, 0);

        using (PromptBudget.Scope("a"))
        {
            await desk.AskAsync(OnlyMini);
            var error = await desk.FailAsync(OnlyMini);
            Assert.Contains("the budget 'tenant' of $0.002500 per day and scope has $0.001500 left", error.Message, StringComparison.Ordinal);
            using (PromptBudget.Scope("b"))
            {
                await desk.AskAsync(OnlyMini);
            }

            Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);
        }

        await desk.AskAsync(OnlyMini);
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);
    }

    [Fact]
    public void A_scope_ends_once_and_restores_the_one_around_it()
    {
        var outer = PromptBudget.Scope("outer");
        var inner = PromptBudget.Scope("inner");
        inner.Dispose();
        Assert.Equal("outer", PromptBudget.CurrentScope);
        outer.Dispose();
        using var other = PromptBudget.Scope("other");

        inner.Dispose();

        Assert.Equal("other", PromptBudget.CurrentScope);
        Assert.Throws<ArgumentException>(() => PromptBudget.Scope(" "));
    }

    [Fact]
    public void Without_named_budgets_a_call_has_no_purse()
    {
        using var desk = new Desk();
        using var covered = new Desk(static builder => builder.AddBudget("other", 1m, BudgetPeriod.Day, "Other.*"));

        Assert.Null(desk.Runtime.Budgets);
        Assert.Null(covered.Runtime.Budgets!.Open("Desk.Urgency"));
    }

    [Fact]
    public void Budgets_that_cannot_be_are_refused_where_they_are_declared()
    {
        using var desk = new Desk(static builder =>
        {
            Assert.Throws<ArgumentException>(() => builder.AddBudget("a/b", 1m, BudgetPeriod.Day));
            Assert.Throws<ArgumentException>(() => builder.AddBudget("a:b", 1m, BudgetPeriod.Day));
            Assert.Throws<ArgumentException>(() => builder.AddBudget("", 1m, BudgetPeriod.Day));
            Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddBudget("a", -0.01m, BudgetPeriod.Day));
            Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddBudget("a", 1_000_000_001m, BudgetPeriod.Day));
        });
    }

    private static ChatResponse Answer(long inputTokens, long outputTokens) =>
        new(new ChatMessage(ChatRole.Assistant, """{"value":3}"""))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = outputTokens },
        };
}
