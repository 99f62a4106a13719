using System.Globalization;
using PromptGen.Budgets;

namespace PromptGen.Testing;

/// <summary>
/// What every <see cref="IBudgetStore"/> guarantees, as checks that any test framework can run: <c>foreach (var check in
/// BudgetStoreConformance.Checks) await check.RunAsync(clock => new MyStore(clock));</c>.
/// </summary>
public static class BudgetStoreConformance
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<BudgetStoreCheck> Checks { get; } =
    [
        new("Reserves up to the limit and refuses what goes beyond", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.GrantedAsync(0.6m, budget).ConfigureAwait(false);
            await probe.RefusedAsync(0.5m, budget, left: 0.4m).ConfigureAwait(false);
            await probe.GrantedAsync(0.4m, budget).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0m, reserved: 1m).ConfigureAwait(false);
        }),
        new("Counts small amounts exactly", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(0.0000003m);
            await probe.GrantedAsync(0.0000001m, budget).ConfigureAwait(false);
            await probe.SettleAsync(await probe.GrantedAsync(0.0000002m, budget).ConfigureAwait(false), 0.0000002m).ConfigureAwait(false);
            await probe.RefusedAsync(0.0000001m, budget, left: 0m).ConfigureAwait(false);
        }),
        new("Reserves in all budgets of an attempt or in none", false, static async probe =>
        {
            var (wide, narrow) = (BudgetStoreProbe.Budget(10m), BudgetStoreProbe.Budget(1m));
            await probe.RefusedAsync(2m, narrow, left: 1m, wide, narrow).ConfigureAwait(false);
            await probe.BalanceAsync(wide, spent: 0m, reserved: 0m).ConfigureAwait(false);
            var claim = await probe.GrantedAsync(1m, wide, narrow).ConfigureAwait(false);
            await probe.SettleAsync(claim, 0.5m).ConfigureAwait(false);
            await probe.BalanceAsync(wide, spent: 0.5m, reserved: 0m).ConfigureAwait(false);
            await probe.BalanceAsync(narrow, spent: 0.5m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Admits no more than there is room for, however many ask at once", false, AdmitsConcurrentlyAsync),
        new("Replaces a reservation by what was spent", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.SettleAsync(await probe.GrantedAsync(0.8m, budget).ConfigureAwait(false), 0.1m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.1m, reserved: 0m).ConfigureAwait(false);
            await probe.GrantedAsync(0.9m, budget).ConfigureAwait(false);
        }),
        new("Counts what was spent beyond the reservation and the budget", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.SettleAsync(await probe.GrantedAsync(0.8m, budget).ConfigureAwait(false), 1.5m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 1.5m, reserved: 0m).ConfigureAwait(false);
            await probe.RefusedAsync(0.01m, budget, left: 0m).ConfigureAwait(false);
        }),
        new("Gives a released reservation back", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.ReleaseAsync(await probe.GrantedAsync(1m, budget).ConfigureAwait(false)).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0m, reserved: 0m).ConfigureAwait(false);
            await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
        }),
        new("Counts a reservation that arrives twice once", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var claim = await probe.GrantedAsync(0.6m, budget).ConfigureAwait(false);
            await probe.GrantedAsync(claim).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0m, reserved: 0.6m).ConfigureAwait(false);
        }),
        new("Counts a settlement that arrives twice once", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var claim = await probe.GrantedAsync(0.6m, budget).ConfigureAwait(false);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.4m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Counts a settlement once, however often it arrives at the same time", false, SettlesConcurrentlyAsync),
        new("Keeps a closed reservation closed while a thousand others are closed", false, static async probe =>
        {
            var (budget, other) = (BudgetStoreProbe.Budget(1m), BudgetStoreProbe.Budget(1m));
            var claim = await probe.GrantedAsync(0.6m, budget).ConfigureAwait(false);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            for (var i = 0; i < 1_000; i++)
            {
                await probe.ReleaseAsync(BudgetStoreProbe.Claim(0.1m, other)).ConfigureAwait(false);
            }

            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.4m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Keeps a closed reservation closed", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var settled = await probe.GrantedAsync(0.3m, budget).ConfigureAwait(false);
            await probe.SettleAsync(settled, 0.3m).ConfigureAwait(false);
            await probe.ReleaseAsync(settled).ConfigureAwait(false);
            await probe.TryAsync(settled).ConfigureAwait(false);
            var released = await probe.GrantedAsync(0.3m, budget).ConfigureAwait(false);
            await probe.ReleaseAsync(released).ConfigureAwait(false);
            await probe.SettleAsync(released, 0.3m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.3m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Reserves nothing for what was released before it arrived", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var claim = BudgetStoreProbe.Claim(1m, budget);
            await probe.ReleaseAsync(claim).ConfigureAwait(false);
            await probe.TryAsync(claim).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Counts what was spent without a reservation", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.SettleAsync(BudgetStoreProbe.Claim(0.2m, budget), 0.2m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.2m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Keeps the money of each key and each period apart", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var otherPeriod = budget with { Period = TimeSpan.FromDays(366) };
            var otherKey = budget with { Key = budget.Key + "/tenant" };
            await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
            await probe.GrantedAsync(1m, otherPeriod).ConfigureAwait(false);
            await probe.GrantedAsync(1m, otherKey).ConfigureAwait(false);
            await probe.RefusedAsync(0.1m, budget, left: 0m).ConfigureAwait(false);
        }),
        new("Applies the limit that comes with the reservation", false, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
            await probe.GrantedAsync(1m, budget with { MaxUsd = 2m }).ConfigureAwait(false);
            await probe.RefusedAsync(0.1m, budget with { MaxUsd = 0.5m }, left: 0m).ConfigureAwait(false);
        }),
        new("Gives a reservation back whose lifetime is over", true, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
            probe.Advance(BudgetStoreProbe.Lifetime - TimeSpan.FromSeconds(1));
            await probe.RefusedAsync(1m, budget, left: 0m).ConfigureAwait(false);
            probe.Advance(TimeSpan.FromSeconds(1));
            await probe.BalanceAsync(budget, spent: 0m, reserved: 0m).ConfigureAwait(false);
            await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
        }),
        new("Counts a settlement that comes after the reservation's lifetime", true, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var claim = await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
            probe.Advance(BudgetStoreProbe.Lifetime);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.4m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Counts a late settlement that arrives twice once", true, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m);
            var claim = await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
            probe.Advance(BudgetStoreProbe.Lifetime);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            probe.Advance(BudgetStoreProbe.Lifetime);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0.4m, reserved: 0m).ConfigureAwait(false);
        }),
        new("Begins every period with the whole budget", true, static async probe =>
        {
            var budget = BudgetStoreProbe.Budget(1m, TimeSpan.FromMinutes(1));
            await probe.SettleAsync(await probe.GrantedAsync(0.5m, budget).ConfigureAwait(false), 0.5m).ConfigureAwait(false);
            var open = await probe.GrantedAsync(0.5m, budget).ConfigureAwait(false);
            await probe.RefusedAsync(0.1m, budget, left: 0m).ConfigureAwait(false);
            probe.Advance(TimeSpan.FromMinutes(1));
            await probe.GrantedAsync(1m, budget).ConfigureAwait(false);
            await probe.SettleAsync(open, 0.5m).ConfigureAwait(false);
            await probe.BalanceAsync(budget, spent: 0m, reserved: 1m).ConfigureAwait(false);
        }),
    ];

    private static async Task SettlesConcurrentlyAsync(BudgetStoreProbe probe)
    {
        var budget = BudgetStoreProbe.Budget(1m);
        var claim = await probe.GrantedAsync(0.6m, budget).ConfigureAwait(false);
        using var start = new SemaphoreSlim(0);
        var settled = Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            await start.WaitAsync().ConfigureAwait(false);
            await probe.SettleAsync(claim, 0.4m).ConfigureAwait(false);
        })).ToArray();
        start.Release(settled.Length);
        await Task.WhenAll(settled).ConfigureAwait(false);
        await probe.BalanceAsync(budget, spent: 0.4m, reserved: 0m).ConfigureAwait(false);
    }

    private static async Task AdmitsConcurrentlyAsync(BudgetStoreProbe probe)
    {
        const int Room = 10;
        var budget = BudgetStoreProbe.Budget(Room);
        using var start = new SemaphoreSlim(0);
        var claims = Enumerable.Range(0, 200).Select(_ => BudgetStoreProbe.Claim(1m, budget)).ToArray();
        var asked = claims.Select(claim => Task.Run(async () =>
        {
            await start.WaitAsync().ConfigureAwait(false);
            return await probe.TryAsync(claim).ConfigureAwait(false);
        })).ToArray();
        start.Release(claims.Length);
        var granted = (await Task.WhenAll(asked).ConfigureAwait(false)).Count(static granted => granted);
        probe.Expect(granted == Room, Room.ToString(CultureInfo.InvariantCulture) + " reservations", granted.ToString(CultureInfo.InvariantCulture));
        await Task.WhenAll(claims.Select((claim, i) => i % 2 == 0 ? probe.SettleAsync(claim, 0m) : probe.ReleaseAsync(claim))).ConfigureAwait(false);
        await probe.BalanceAsync(budget, spent: 0m, reserved: 0m).ConfigureAwait(false);
    }
}
