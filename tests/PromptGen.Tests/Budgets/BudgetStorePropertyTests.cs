using FsCheck;
using FsCheck.Fluent;
using PromptGen.Budgets;
using PromptGen.Testing;

namespace PromptGen.Tests.Budgets;

/// <summary>What holds for any order of events.</summary>
public class BudgetStorePropertyTests
{
    private const decimal Limit = 10m;
    private static readonly BudgetLimit Budget = new("any", Limit, BudgetPeriod.Month);

    /// <summary>Something that happens to one of a few reservations; several times, and in any order.</summary>
    private sealed record Event(int Reservation, char Kind, int Share);

    private static Arbitrary<Event[]> Histories() =>
        (from reservation in Gen.Choose(0, 9)
         from kind in Gen.Elements('r', 'r', 's', 'x', 't')
         from share in Gen.Choose(0, 100)
         select new Event(reservation, kind, share)).ArrayOf().ToArbitrary();

    [Fact]
    public void Any_interleaving_stays_within_the_limit_and_ends_at_what_was_settled() =>
        Prop.ForAll(Histories(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static void Holds(Event[] history)
    {
        var clock = new ManualTimeProvider();
        var store = new InMemoryBudgetStore(clock);
        var claims = Enumerable.Range(0, 10)
            .Select(i => new BudgetReservation(Guid.NewGuid(), 0.5m + i, TimeSpan.FromDays(1), [Budget]))
            .ToArray();
        var (open, closed) = (new HashSet<int>(), new HashSet<int>());
        var spent = 0m;
        foreach (var (index, kind, share) in history)
        {
            var claim = claims[index];
            switch (kind)
            {
                case 'r':
                    var fits = spent + open.Sum(i => claims[i].Usd) + claim.Usd <= Limit;
                    var known = open.Contains(index) || closed.Contains(index);
                    Assert.Equal(known || fits, Done(store.ReserveAsync(claim)).IsGranted);
                    _ = !known && fits && open.Add(index);
                    break;
                case 's' when open.Contains(index) || closed.Contains(index):
                    var cost = claim.Usd * share / 100;
                    Done(store.SettleAsync(claim, cost));
                    spent += closed.Add(index) ? cost : 0m;
                    open.Remove(index);
                    break;
                case 'x':
                    Done(store.ReleaseAsync(claim));
                    closed.Add(index);
                    open.Remove(index);
                    break;
                default:
                    clock.Advance(TimeSpan.FromSeconds(share));
                    break;
            }

            var balance = Done(store.GetBalanceAsync(Budget));
            Assert.True(balance.SpentUsd + balance.ReservedUsd <= Limit);
            Assert.Equal(new BudgetBalance(spent, open.Sum(i => claims[i].Usd)), balance);
        }

        clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(new BudgetBalance(spent, 0m), Done(store.GetBalanceAsync(Budget)));
    }

    private static void Done(ValueTask operation) => Assert.True(operation.IsCompletedSuccessfully);

    private static TResult Done<TResult>(ValueTask<TResult> operation)
    {
        Assert.True(operation.IsCompletedSuccessfully);
        return operation.Result;
    }
}
