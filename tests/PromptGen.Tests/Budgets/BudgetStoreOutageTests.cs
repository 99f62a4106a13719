using Microsoft.Extensions.Logging;
using PromptGen.Budgets;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Budgets;

/// <summary>A store that is slow or down.</summary>
public class BudgetStoreOutageTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task A_silent_store_is_waited_for_a_quarter_of_a_second_and_then_the_call_ends()
    {
        using var desk = Desk();
        desk.Store.Before = Silence;

        var call = desk.AskAsync(OnlyMini);
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(Wait, Wait));
        var error = await Assert.ThrowsAsync<PromptException>(() => call);

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Contains("the store of the budget 'team' gives no answer", error.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task The_wait_for_a_store_is_part_of_the_call_and_not_of_its_request()
    {
        using var desk = Desk();
        var slow = new TaskCompletionSource();
        desk.Store.Before = _ => slow.Task;
        desk.Mini.Answers("""{"value":3}""");

        var call = desk.AskAsync(OnlyMini);
        desk.Store.Before = null;
        desk.Clock.Advance(Wait / 2);
        slow.SetResult();
        var result = await call;

        Assert.Equal((Wait / 2, TimeSpan.Zero), (result.Duration, Assert.Single(result.Attempts).Duration));
    }

    [Fact]
    public async Task By_option_the_call_is_made_anyway()
    {
        using var desk = Desk(options: static options => options.FailOpen = true);
        desk.Store.Before = static _ => throw new IOException();
        desk.Mini.Answers("""{"value":3}""");

        Assert.Equal(3, (await desk.AskAsync(OnlyMini)).Value);
    }

    [Fact]
    public async Task A_reservation_that_arrives_too_late_is_not_held()
    {
        using var desk = Desk();
        var slow = new TaskCompletionSource();
        desk.Store.Before = _ => slow.Task;

        var call = desk.AskAsync(OnlyMini);
        var wait = await desk.Clock.WaitForTimerAsync(Wait, Wait);
        desk.Store.Before = null;
        desk.Clock.Advance(wait);
        await Assert.ThrowsAsync<PromptException>(() => call);
        slow.SetResult();

        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_caller_who_cancels_does_not_wait_for_the_store_and_leaves_nothing_behind()
    {
        using var desk = Desk();
        var slow = new TaskCompletionSource();
        desk.Store.Before = _ => slow.Task;
        using var cancellation = new CancellationTokenSource();

        var call = desk.AskAsync(OnlyMini, cancellation.Token);
        desk.Store.Before = null;
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        slow.SetResult();

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Empty(((PromptException)error.InnerException!).Attempts);
        Assert.Empty(desk.Mini.Requests);
        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_its_settlement()
    {
        using var desk = Desk();
        var slow = new TaskCompletionSource();
        desk.Mini.Then((_, _) =>
        {
            desk.Store.Before = _ => slow.Task;
            return Task.FromResult(Good());
        });

        Assert.Equal(3, (await desk.AskAsync(OnlyMini)).Value);

        Assert.NotEqual(0m, (await desk.BalanceAsync("team", BudgetPeriod.Day)).ReservedUsd);
        slow.SetResult();
        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_store_that_is_down_is_asked_once_a_second_and_reported_once()
    {
        using var log = new TestLog("budget store");
        using var desk = Desk(log);
        desk.Store.Before = static _ => throw new IOException("CANARY: text of the store");
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);
        }

        var untilPause = desk.Store.Operations;
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.FailAsync(OnlyMini);
        await desk.FailAsync(OnlyMini);

        Assert.InRange(untilPause, 5, 6);
        Assert.Equal(untilPause + 1, desk.Store.Operations);
        Assert.Equal(["Error: The budget store gives no answer (IOException): until it is back, calls under a named budget end with BudgetExceeded"], log.Lines);
    }

    [Fact]
    public async Task An_outage_during_which_calls_are_made_is_reported_as_such()
    {
        using var log = new TestLog("budget store");
        using var desk = Desk(log, static options => options.FailOpen = true);
        desk.Store.Before = static _ => throw new IOException();
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Answers(Good());
            Assert.Equal(3, (await desk.AskAsync(OnlyMini)).Value);
        }

        Assert.Equal(["Error: The budget store gives no answer (IOException): until it is back, calls under a named budget are made without being counted"], log.Lines);
    }

    [Fact]
    public async Task A_store_that_is_back_is_used_at_once_and_reported_once_it_stays()
    {
        using var log = new TestLog("budget store");
        using var desk = Desk(log);
        desk.Store.Before = static _ => throw new IOException();
        for (var i = 0; i < 5; i++)
        {
            await desk.FailAsync(OnlyMini);
        }

        desk.Store.Before = null;
        desk.Mini.Answers(Good()).Answers(Good()).Answers(Good());
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.AskAsync(OnlyMini);
        await desk.AskAsync(OnlyMini);
        Assert.Single(log.Lines);
        desk.Clock.Advance(TimeSpan.FromSeconds(9));
        await desk.AskAsync(OnlyMini);

        Assert.Equal("Information: The budget store answers again", log.Lines[^1]);
        Assert.Equal(2, log.Lines.Count);
        Assert.Equal(new BudgetBalance(0.003m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public void Options_outside_their_range_are_refused_where_they_are_set()
    {
        var options = new BudgetStoreOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Timeout = TimeSpan.FromMilliseconds(9));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Timeout = TimeSpan.FromMinutes(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ReservationLifetime = TimeSpan.FromSeconds(9));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ReservationLifetime = TimeSpan.FromDays(2));
        Assert.Equal(Wait, options.Timeout);
        Assert.False(options.FailOpen);
    }

    private static BudgetDesk Desk(ILoggerFactory? log = null, Action<BudgetStoreOptions>? options = null) => new(
        builder =>
        {
            builder.AddBudget("team", 1m, BudgetPeriod.Day);
            if (log is not null)
            {
                builder.UseLoggerFactory(log);
            }
        },
        options);

    private static Task Silence(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

    private static Microsoft.Extensions.AI.ChatResponse Good() => new(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, """{"value":3}"""))
    {
        FinishReason = Microsoft.Extensions.AI.ChatFinishReason.Stop,
        Usage = new Microsoft.Extensions.AI.UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 0 },
    };
}
