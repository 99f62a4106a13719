using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Tests.Sqlite;

/// <summary>What the journal in a file does beside what every journal guarantees.</summary>
public sealed class SqlitePromptJournalTests : IDisposable
{
    private static readonly JournalItem s_item = new("rate", "classify", "a");

    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task An_entry_is_there_after_the_file_was_closed()
    {
        var entry = new JournalEntry
        {
            Request = "p/1",
            Call = "c",
            ModelId = "mini",
            State = JournalState.Answered,
            Cost = new PromptCost(0.0000001m, IsComplete: true),
            Answer = new JournalAnswer
            {
                Text = "a\0b",
                Usage = new UsageDetails { InputTokenCount = 3, AdditionalCounts = new() { ["x"] = 4 } },
                Tokens = [new TokenLogProbability("a", double.NegativeInfinity)],
            },
        };
        await using (var journal = new SqlitePromptJournal(_file.Path))
        {
            await journal.WriteAsync(s_item, entry);
        }

        await using var again = new SqlitePromptJournal(_file.Path);
        var read = Assert.Single(await again.ReadAsync(s_item));
        Assert.Equal(("a\0b", 0.0000001m, 3L, 4L), (read.Answer!.Text, read.Cost.Usd, read.Answer.Usage!.InputTokenCount, read.Answer.Usage.AdditionalCounts!["x"]));
        Assert.Equal(double.NegativeInfinity, Assert.Single(read.Answer.Tokens!).LogProbability);
    }

    [Fact]
    public async Task What_waits_when_the_journal_is_disposed_is_written()
    {
        var journal = new SqlitePromptJournal(_file.Path);
        var writes = Enumerable.Range(0, 5_000).Select(number => journal.WriteAsync(s_item, Sent($"p/{number}")).AsTask()).ToArray();
        journal.Dispose();
        await Task.WhenAll(writes);

        await using var again = new SqlitePromptJournal(_file.Path);
        Assert.Equal(5_000, (await again.ReadAsync(s_item)).Count);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_written_takes_none_of_the_others_with_it()
    {
        await using var journal = new SqlitePromptJournal(_file.Path);
        var writes = Enumerable.Range(0, 100).Select(number => journal.WriteAsync(s_item, Sent(number == 50 ? null! : $"p/{number}")).AsTask()).ToArray();
        await Task.WhenAll(writes).ContinueWith(static _ => { }, TaskScheduler.Default);

        Assert.Equal([50], Enumerable.Range(0, 100).Where(number => writes[number].IsFaulted));
        Assert.Equal(99, (await journal.ReadAsync(s_item)).Count);
    }

    [Fact]
    public async Task A_journal_that_was_disposed_says_so()
    {
        var journal = new SqlitePromptJournal(_file.Path);
        await journal.DisposeAsync();
        await journal.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.WriteAsync(s_item, Sent("p/1")));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.ReadAsync(s_item));
    }

    [Fact]
    public async Task Two_journals_of_one_file_wait_for_each_other()
    {
        await using var first = new SqlitePromptJournal(_file.Path);
        await using var second = new SqlitePromptJournal(_file.Path);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number =>
            (number % 2 == 0 ? first : second).WriteAsync(s_item with { Key = (number % 2).ToString(System.Globalization.CultureInfo.InvariantCulture) }, Sent($"p/{number}")).AsTask()));

        Assert.Equal(200, (await first.ReadAsync(s_item with { Key = "1" })).Count);
        Assert.Equal(200, (await second.ReadAsync(s_item with { Key = "0" })).Count);
    }

    private static JournalEntry Sent(string request) => new() { Request = request, Call = "c", ModelId = "mini", State = JournalState.Sent };
}
