using PromptGen.Testing;
using PromptGen.Tests.Sqlite;

namespace PromptGen.Tests.Journaling;

public sealed class PromptJournalConformanceTests
{
    public static TheoryData<string> Names => new(PromptJournalConformance.Checks.Select(static check => check.Name));

    public static TheoryData<string> NamesInMemory => new(PromptJournalConformance.Checks.Where(static check => !check.OpensAgain).Select(static check => check.Name));

    public static TheoryData<JournalDefect, string> Defects => new()
    {
        { JournalDefect.IgnoresTheItem, "Has no entries of an item that none was written for" },
        { JournalDefect.DropsTheUsage, "Gives back all of an entry" },
        { JournalDefect.EndsTextAtZero, "Gives back every text of an answer as it is" },
        { JournalDefect.RoundsCosts, "Counts small amounts exactly" },
        { JournalDefect.KeepsEarlierEntries, "Has one entry of a request: the last one" },
        { JournalDefect.ReplacesInPlace, "Orders entries by when they were last written" },
        { JournalDefect.JoinsNames, "Keeps the entries of items apart whose names are alike" },
        { JournalDefect.IgnoresCase, "Keeps requests apart that differ in case alone" },
        { JournalDefect.ShortensRequests, "Keeps requests apart that differ at their end alone" },
        { JournalDefect.GivesItsOwnList, "Gives a reader entries that later writes do not change" },
        { JournalDefect.LosesConcurrentWrites, "Keeps every entry of those that are written at once" },
        { JournalDefect.ReadsTheCostBefore, "Shows a reader whole entries while others are written" },
        { JournalDefect.StopsAtCancellation, "Goes on after a write that was cancelled" },
        { JournalDefect.ForgetsWhenClosed, "Has all entries when it is opened again" },
    };

    [Theory]
    [MemberData(nameof(NamesInMemory))]
    public Task The_journal_in_memory_keeps_every_promise(string name) => Check(name).RunAsync(static () => new InMemoryPromptJournal());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_journal_in_a_file_keeps_every_promise(string name)
    {
        using var file = new TemporaryFile();
        await Check(name).RunAsync(() => new SqlitePromptJournal(file.Path));
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_journal_with_a_defect_is_found_out(JournalDefect defect, string name)
    {
        var journal = new BrokenPromptJournal(defect);
        var error = await Assert.ThrowsAsync<PromptJournalViolationException>(() => Check(name).RunAsync(() => journal));

        Assert.StartsWith(name + ": expected ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_check_has_a_journal_that_fails_it() =>
        Assert.Equal(
            PromptJournalConformance.Checks.Select(static check => check.Name).Order(),
            Defects.Select(static row => row.Data.Item2).Order());

    private static PromptJournalCheck Check(string name) => PromptJournalConformance.Checks.Single(check => check.Name == name);
}
