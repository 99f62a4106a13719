using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Execution;

/// <summary>A request that is not sent gives back its money and its place in the limits per minute.</summary>
public sealed class UnsentRequestTests
{
    /// <summary>Enough for one of the two models, and not for both.</summary>
    private const decimal EnoughForOne = 0.0085m;

    private static readonly ModelInfo Limited = new("mini", "openai", Tier.Fast)
    {
        InputPrice = 1m,
        OutputPrice = 2m,
        ContextWindow = 8_000,
        MaxOutputTokens = 1_000,
        RequestsPerMinute = 1,
    };

    [Fact]
    public async Task A_model_whose_circuit_is_open_leaves_its_money_to_the_next_one()
    {
        using var desk = new Desk(static builder => builder.Resilience.MaxRetries = 0);
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
            await desk.FailAsync(Numbers.OnlyMini);
        }

        desk.Haiku.Answers(Numbers.Answer);
        var result = await desk.AskAsync(Sample.Define(maxUsd: EnoughForOne));

        Assert.Equal("haiku Fallback None", result.Attempts.Line());
        Assert.Equal(5, desk.Mini.Requests.Count);
    }

    [Fact]
    public async Task A_model_whose_limit_is_used_up_leaves_its_money_to_the_next_one()
    {
        using var desk = new Desk();
        var prompt = Sample.Define(maxUsd: EnoughForOne, route: new PromptStep(Tier.Fast, [Limited, Sample.Haiku]));
        desk.Mini.Answers(Numbers.Answer);
        desk.Haiku.Answers(Numbers.Answer);
        await desk.AskAsync(prompt);

        var result = await desk.AskAsync(prompt);

        Assert.Equal("haiku Fallback None", result.Attempts.Line());
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_request_that_a_named_budget_refuses_does_not_count_in_the_limit_per_minute()
    {
        using var desk = new Desk(static builder => builder.AddBudget("none", 0m, BudgetPeriod.Day, "Desk.Urgency"));

        var error = await desk.FailAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Limited])));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Equal(TimeSpan.Zero, desk.Runtime.Endpoints.Find(Limited).Connection!.RateLimit!.WaitFor(0));
    }

    [Fact]
    public async Task A_caller_who_cancels_the_pause_before_a_retry_of_the_only_model_gets_a_cancellation()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));

        var call = desk.AskAsync(Numbers.OnlyMini, cancellationToken: cancellation.Token);
        await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, Desk.LongestPause);
        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal("mini Initial Overloaded", Assert.IsType<PromptException>(cancelled.InnerException).Attempts.Line());
    }
}
