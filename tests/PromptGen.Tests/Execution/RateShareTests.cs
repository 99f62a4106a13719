using PromptGen.Catalog;
using PromptGen.Health;
using static PromptGen.Tests.Execution.WorstCaseDesk;

namespace PromptGen.Tests.Execution;

/// <summary>What a request takes of the limits per minute before its usage is reported, and what it gives back.</summary>
public sealed class RateShareTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1_000, 2_000 - 1_100)]
    [InlineData(null, 2_000 - 100)]
    public async Task A_request_under_way_takes_its_input_and_the_longest_answer(int? limit, long left)
    {
        using var desk = new Desk();
        using var stop = new CancellationTokenSource();
        var model = new ModelInfo("mini", "openai", Tier.Fast) { MaxOutputTokens = limit, TokensPerMinute = 2_000 };
        var step = Only(model);
        desk.Mini.Hangs();
        using var call = desk.Runtime.Start(Define(step), stop.Token);

        var answer = call.TryAsync(step, default(HundredTokens)).AsTask();
        await desk.Mini.WaitForRequestAsync(1);

        Assert.Equal(TimeSpan.Zero, LimitOf(desk, model).WaitFor(left));
        Assert.Equal(Minute, LimitOf(desk, model).WaitFor(left + 1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_request_that_a_budget_refused_gives_its_place_back()
    {
        using var desk = new Desk(static builder => builder.AddBudget("all", 0.002m, BudgetPeriod.Day));
        var model = new ModelInfo("mini", "openai", Tier.Fast) { InputPrice = 1m, OutputPrice = 2m, MaxOutputTokens = 1_000, RequestsPerMinute = 1, TokensPerMinute = 1_100 };
        var step = Only(model);
        using var call = desk.Runtime.Start(Define(step), CancellationToken.None);

        Assert.False(await call.TryAsync(step, default(HundredTokens)));

        Assert.Equal(PromptErrorCode.BudgetExceeded, call.Exhausted().Code);
        Assert.Empty(desk.Mini.Requests);
        Assert.Equal(TimeSpan.Zero, LimitOf(desk, model).WaitFor(1_100));
    }

    private static RateLimit LimitOf(Desk desk, ModelInfo model) => desk.Runtime.Endpoints.Find(model).Connection!.RateLimit!;
}
