using PromptGen.Budgets;
using PromptGen.Testing;

namespace PromptGen.Tests.Budgets;

public class BudgetStoreConformanceTests
{
    public static TheoryData<string> Names => new(BudgetStoreConformance.Checks.Select(static check => check.Name));

    public static TheoryData<Defect, string> Defects => new()
    {
        { Defect.IgnoresTheLimit, "Reserves up to the limit and refuses what goes beyond" },
        { Defect.RoundsToCents, "Counts small amounts exactly" },
        { Defect.StopsAtTheFirstRefusal, "Reserves in all budgets of an attempt or in none" },
        { Defect.ChecksBeforeItActs, "Admits no more than there is room for, however many ask at once" },
        { Defect.KeepsTheReservationBesideTheCost, "Replaces a reservation by what was spent" },
        { Defect.CapsTheCostAtTheReservation, "Counts what was spent beyond the reservation and the budget" },
        { Defect.ForgetsToRelease, "Gives a released reservation back" },
        { Defect.ReservesTwice, "Counts a reservation that arrives twice once" },
        { Defect.SettlesTwice, "Counts a settlement that arrives twice once" },
        { Defect.ChecksBeforeItSettles, "Counts a settlement once, however often it arrives at the same time" },
        { Defect.ForgetsWhatWasClosed, "Keeps a closed reservation closed while a thousand others are closed" },
        { Defect.ReopensWhatWasClosed, "Keeps a closed reservation closed" },
        { Defect.ReservesWhatWasReleased, "Reserves nothing for what was released before it arrived" },
        { Defect.DropsCostWithoutReservation, "Counts what was spent without a reservation" },
        { Defect.MixesKeys, "Keeps the money of each key and each period apart" },
        { Defect.RemembersTheFirstLimit, "Applies the limit that comes with the reservation" },
        { Defect.NeverExpires, "Gives a reservation back whose lifetime is over" },
        { Defect.DropsLateCost, "Counts a settlement that comes after the reservation's lifetime" },
        { Defect.SettlesLateTwice, "Counts a late settlement that arrives twice once" },
        { Defect.NeverBeginsAnew, "Begins every period with the whole budget" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_store_in_memory_keeps_every_promise(string name) => Check(name).RunAsync(static clock => new InMemoryBudgetStore(clock));

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_store_with_a_defect_is_found_out(Defect defect, string name)
    {
        var error = await Assert.ThrowsAsync<BudgetStoreViolationException>(() => Check(name).RunAsync(clock => new BrokenBudgetStore(defect, clock)));

        Assert.StartsWith(name + ": expected ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_check_has_a_store_that_fails_it() =>
        Assert.Equal(
            BudgetStoreConformance.Checks.Select(static check => check.Name).Order(),
            Defects.Select(static row => row.Data.Item2).Order());

    private static BudgetStoreCheck Check(string name) => BudgetStoreConformance.Checks.Single(check => check.Name == name);
}
