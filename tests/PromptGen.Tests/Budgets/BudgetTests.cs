using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

public class BudgetTests
{
    [Fact]
    public async Task An_attempt_that_could_exceed_the_budget_is_not_started()
    {
        using var desk = new Desk();
        desk.Mini.Answers("no", 100, 10).Answers("no", 100, 10);

        // One answer of mini is at most $0.002, one of sonnet $0.08.
        var error = await desk.FailAsync(Sample.Define(maxUsd: 0.05m));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Equal("mini Initial InvalidJson, mini Repair InvalidJson", error.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
        Assert.Contains("the budget of $0.050000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_cannot_pay_for_its_first_attempt_makes_none()
    {
        using var desk = new Desk();

        var error = await desk.FailAsync(Sample.Define(maxUsd: 0.001m));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Empty(error.Attempts);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task The_parameters_count()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""");
        var prompt = Sample.Define(maxUsd: 0.003m, maxOutputTokens: 100);

        Assert.Equal(3, (await desk.AskAsync(prompt)).Value);
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(prompt, ticket: new string('x', 100_000))).Code);
    }

    [Fact]
    public async Task What_was_really_spent_counts_not_what_was_reserved()
    {
        using var desk = new Desk();
        desk.Mini.Answers("no", 10, 1).Answers("no", 10, 1).Answers("no", 10, 1).Answers("""{"value":3}""", 10, 1);

        // Every attempt reserves more than half of the budget.
        var result = await desk.AskAsync(Sample.Define(maxUsd: 0.003m, repairs: 3));

        Assert.Equal(4, result.Attempts.Count);
    }

    [Fact]
    public async Task An_attempt_of_unknown_cost_may_have_cost_what_was_reserved()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.AttemptTimeout));

        // mini at most $0.002, haiku at most $0.008.
        var error = await desk.FailAsync(Sample.Define(maxUsd: 0.009m));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Equal("mini Initial AttemptTimeout", error.Attempts.Line());
        Assert.Equal(PromptCost.Unknown, error.Attempts[0].Cost);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task Retries_are_paid_from_the_budget_too()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ProtocolError)).Answers("""{"value":3}""");

        var error = await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(Sample.Define(maxUsd: 0.003m))));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Equal("mini Initial ProtocolError", error.Attempts.Line());
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_model_without_a_price_cannot_be_checked_and_is_let_through()
    {
        using var desk = new Desk();
        desk.Llama.Answers("""{"value":3}""", 1_000, 1_000);

        var result = await desk.AskAsync(Sample.Define(maxUsd: 0.000001m, route: new PromptStep(Tier.SelfHosted, [Sample.Llama])));

        Assert.Equal(new PromptCost(0m, IsComplete: false), result.Cost);
    }

    [Fact]
    public async Task After_a_hard_stop_no_further_step_is_taken()
    {
        using var desk = new Desk();
        var cheap = new PromptStep(Tier.Fast, [new ModelInfo("free", "openai", Tier.Fast) { InputPrice = 0m, OutputPrice = 0m }]);
        using var call = desk.Runtime.Start(Sample.Define(maxUsd: 0.001m), CancellationToken.None);

        Assert.False(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
        Assert.False(await call.TryAsync(cheap, new UrgencyTemplate(Sample.Ticket)));

        Assert.Empty(desk.Model("free").Requests);
        Assert.Equal(PromptErrorCode.BudgetExceeded, call.Exhausted().Code);
    }
}
