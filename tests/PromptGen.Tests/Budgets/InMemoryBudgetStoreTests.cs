using PromptGen.Budgets;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

/// <summary>What the store in memory promises beyond its interface.</summary>
public class InMemoryBudgetStoreTests
{
    [Fact]
    public async Task A_clock_that_is_set_back_or_forth_begins_no_period_and_ends_no_reservation()
    {
        var clock = new JumpingClock();
        var store = new InMemoryBudgetStore(clock);
        var budget = new BudgetLimit("day", 1m, BudgetPeriod.Day);
        var claim = new BudgetReservation(Guid.NewGuid(), 0.4m, TimeSpan.FromMinutes(1), [budget]);
        await store.ReserveAsync(claim);

        foreach (var hours in new[] { 1, -1, 24, -24, 24 * 60 })
        {
            clock.Jump = TimeSpan.FromHours(hours);
            Assert.Equal(new BudgetBalance(0m, 0.4m), await store.GetBalanceAsync(budget));
        }

        clock.Jump = TimeSpan.FromHours(-1);
        clock.Inner.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(default, await store.GetBalanceAsync(budget));
        clock.Jump = TimeSpan.FromHours(-24);
        Assert.Equal(default, await store.GetBalanceAsync(budget));
    }

    [Fact]
    public async Task Accounts_of_past_periods_are_forgotten()
    {
        var clock = new ManualTimeProvider();
        var store = new InMemoryBudgetStore(clock);
        for (var minute = 0; minute < 20; minute++)
        {
            for (var scope = 0; scope < 1_000; scope++)
            {
                var claim = new BudgetReservation(Guid.NewGuid(), 1m, TimeSpan.FromMinutes(1), [new BudgetLimit($"tenant/{minute}-{scope}", 1m, TimeSpan.FromMinutes(1))]);
                Assert.True((await store.ReserveAsync(claim)).IsGranted);
                await store.SettleAsync(claim, 1m);
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(store.AccountCount, 1_000, 3_000);
    }

    [Fact]
    public async Task Only_the_latest_closed_reservations_are_remembered()
    {
        var store = new InMemoryBudgetStore(new ManualTimeProvider());
        var budget = new BudgetLimit("any", 1_000_000m, BudgetPeriod.Day);
        var claims = Enumerable.Range(0, 100_001).Select(_ => new BudgetReservation(Guid.NewGuid(), 1m, TimeSpan.FromMinutes(1), [budget])).ToArray();
        foreach (var claim in claims)
        {
            await store.ReserveAsync(claim);
            await store.SettleAsync(claim, 1m);
        }

        await store.SettleAsync(claims[1], 1m);
        Assert.Equal(new BudgetBalance(100_001m, 0m), await store.GetBalanceAsync(budget));
        await store.SettleAsync(claims[0], 1m);
        Assert.Equal(new BudgetBalance(100_002m, 0m), await store.GetBalanceAsync(budget));
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(3, 1, 2)]
    [InlineData(2, 3, 1)]
    public async Task Each_reservation_expires_after_its_own_time(params int[] minutes)
    {
        var clock = new ManualTimeProvider();
        var store = new InMemoryBudgetStore(clock);
        var budget = new BudgetLimit("any", 10m, BudgetPeriod.Month);
        foreach (var lifetime in minutes)
        {
            await store.ReserveAsync(new BudgetReservation(Guid.NewGuid(), 1m, TimeSpan.FromMinutes(lifetime), [budget]), TestContext.Current.CancellationToken);
        }

        for (var reserved = 3; reserved > 0; reserved--)
        {
            Assert.Equal(new BudgetBalance(0m, reserved), await store.GetBalanceAsync(budget, TestContext.Current.CancellationToken));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(default, await store.GetBalanceAsync(budget, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reservation_is_required()
    {
        var store = new InMemoryBudgetStore();

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.ReserveAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.SettleAsync(null!, 1m));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.ReleaseAsync(null!));
    }

    [Fact]
    public async Task Amounts_below_zero_are_refused()
    {
        var store = new InMemoryBudgetStore();
        var claim = new BudgetReservation(Guid.NewGuid(), -1m, TimeSpan.FromMinutes(1), []);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ReserveAsync(claim));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.SettleAsync(claim, -1m));
    }
}
