using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

/// <summary>A store that blocks the thread that calls it.</summary>
public sealed class BlockingBudgetStoreTests
{
    private const string Good = """{"value":3}""";
    private static readonly TimeSpan Hanging = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_store_that_blocks_while_it_reserves_ends_the_call_when_its_time_is_over()
    {
        using var gate = new ManualResetEventSlim();
        using var desk = Open(store => store.Before = _ => Block(gate));

        var call = Task.Run(() => desk.FailAsync());
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250)).WaitAsync(Hanging));
        var error = await call.WaitAsync(Hanging);

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Empty(desk.Mini.Requests);
        gate.Set();
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_a_store_that_blocks_while_it_settles()
    {
        using var gate = new ManualResetEventSlim();
        using var desk = Open(static _ => { });
        desk.Mini.Then((_, _) =>
        {
            desk.Store.Before = _ => Block(gate);
            return Task.FromResult(new Microsoft.Extensions.AI.ChatResponse(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, Good)));
        });

        var result = await Task.Run(() => desk.AskAsync()).WaitAsync(Hanging);

        Assert.Equal("mini Initial None", result.Attempts.Line());
        gate.Set();
    }

    [Fact]
    public async Task The_next_attempt_of_a_call_reserves_after_the_one_before_was_settled()
    {
        // Room for one reservation: where a settlement came late, the repair would find none.
        for (var i = 0; i < 200; i++)
        {
            using var desk = Open(static store => store.Before = static _ => YieldAsync(), maxUsd: 0.0025m);
            desk.Mini.Answers("no", 1, 1).Answers(Good, 1, 1);

            Assert.Equal("mini Initial InvalidJson, mini Repair None", (await desk.AskAsync()).Attempts.Line());
        }
    }

    private static BudgetDesk Open(Action<WatchedBudgetStore> arrange, decimal maxUsd = 1m)
    {
        var desk = new BudgetDesk(builder => builder.AddBudget("all", maxUsd, BudgetPeriod.Day), static options => options.UseThreadPool = true);
        arrange(desk.Store);
        return desk;
    }

    private static async Task YieldAsync() => await Task.Yield();

    private static Task Block(ManualResetEventSlim gate)
    {
        Assert.True(gate.Wait(Hanging));
        return Task.CompletedTask;
    }
}
