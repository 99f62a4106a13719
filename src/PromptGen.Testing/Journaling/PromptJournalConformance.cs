using System.Globalization;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Testing;

/// <summary>
/// What every <see cref="IPromptJournal"/> guarantees, as checks that any test framework can run: <c>foreach (var check in
/// PromptJournalConformance.Checks) await check.RunAsync(() => new MyJournal());</c>.
/// </summary>
public static class PromptJournalConformance
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<PromptJournalCheck> Checks { get; } =
    [
        new("Has no entries of an item that none was written for", false, static async probe =>
        {
            await probe.WriteAsync(probe.Item("another"), PromptJournalProbe.Sent("a")).ConfigureAwait(false);
            await probe.HasAsync(probe.Item()).ConfigureAwait(false);
        }),
        new("Gives back all of an entry", false, static async probe =>
        {
            foreach (var entry in Entries)
            {
                await probe.WriteAsync(probe.Item(), entry).ConfigureAwait(false);
            }

            await probe.HasAsync(probe.Item(), Entries).ConfigureAwait(false);
        }),
        new("Gives back every text of an answer as it is", false, static async probe =>
        {
            foreach (var text in new[] { "", " ", "a\0b", "'; DROP TABLE \"x\" --", "ä € 😀 \u2028", "\r\n\t", new string('x', 1 << 20) })
            {
                await probe.WriteAsync(probe.Item(), PromptJournalProbe.Answered("a", text)).ConfigureAwait(false);
                await probe.HasAsync(probe.Item(), PromptJournalProbe.Answered("a", text)).ConfigureAwait(false);
            }
        }),
        new("Counts small amounts exactly", false, static async probe =>
        {
            var entry = PromptJournalProbe.Answered("a", "x") with { Cost = new PromptCost(0.0000000000000000000000000001m, IsComplete: true) };
            await probe.WriteAsync(probe.Item(), entry).ConfigureAwait(false);
            await probe.HasAsync(probe.Item(), entry).ConfigureAwait(false);
        }),
        new("Has one entry of a request: the last one", false, static async probe =>
        {
            await probe.WriteAsync(probe.Item(), PromptJournalProbe.Answered("a", "x")).ConfigureAwait(false);
            await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent("a") with { Call = "" }).ConfigureAwait(false);
            await probe.HasAsync(probe.Item(), PromptJournalProbe.Sent("a") with { Call = "" }).ConfigureAwait(false);
        }),
        new("Orders entries by when they were last written", false, static async probe =>
        {
            foreach (var request in new[] { "b", "a", "c", "b" })
            {
                await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent(request)).ConfigureAwait(false);
            }

            await probe.HasAsync(probe.Item(), PromptJournalProbe.Sent("a"), PromptJournalProbe.Sent("c"), PromptJournalProbe.Sent("b")).ConfigureAwait(false);
        }),
        new("Keeps the entries of items apart whose names are alike", false, KeepsItemsApartAsync),
        new("Keeps requests apart that differ in case alone", false, static async probe =>
        {
            await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent("a")).ConfigureAwait(false);
            await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent("A")).ConfigureAwait(false);
            await probe.HasAsync(probe.Item(), PromptJournalProbe.Sent("a"), PromptJournalProbe.Sent("A")).ConfigureAwait(false);
        }),
        new("Keeps requests apart that differ at their end alone", false, static async probe =>
        {
            var digest = new string('x', 300);
            JournalEntry[] entries =
            [
                PromptJournalProbe.Sent(digest + "/1~1") with { State = JournalState.Failed, Failure = PromptErrorCode.AttemptTimeout, Call = "" },
                PromptJournalProbe.Sent(digest + "/1~2") with { Call = "" },
                PromptJournalProbe.Answered(digest + "/1", "x"),
                PromptJournalProbe.Answered(digest + "/12", "y"),
            ];
            foreach (var entry in entries)
            {
                await probe.WriteAsync(probe.Item(), entry).ConfigureAwait(false);
            }

            await probe.HasAsync(probe.Item(), entries).ConfigureAwait(false);
        }),
        new("Gives a reader entries that later writes do not change", false, static async probe =>
        {
            await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent("a")).ConfigureAwait(false);
            var entries = await probe.ReadAsync(probe.Item()).ConfigureAwait(false);
            await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent("b")).ConfigureAwait(false);
            probe.Expect(entries.Count == 1, "1 entry in a list that was read before the second was written", $"it has {entries.Count}");
        }),
        new("Keeps every entry of those that are written at once", false, KeepsConcurrentEntriesAsync),
        new("Shows a reader whole entries while others are written", false, ShowsWholeEntriesAsync),
        new("Goes on after a write that was cancelled", false, GoesOnAfterCancellationAsync),
        new("Has all entries when it is opened again", true, static async probe =>
        {
            foreach (var entry in Entries)
            {
                await probe.WriteAsync(probe.Item(), entry).ConfigureAwait(false);
            }

            await probe.ReopenAsync().ConfigureAwait(false);
            await probe.HasAsync(probe.Item(), Entries).ConfigureAwait(false);
            await probe.WriteAsync(probe.Item(), Entries[0]).ConfigureAwait(false);
            await probe.HasAsync(probe.Item(), [.. Entries[1..], Entries[0]]).ConfigureAwait(false);
        }),
    ];

    /// <summary>Entries that between them have every property, with a value and without.</summary>
    private static JournalEntry[] Entries =>
    [
        PromptJournalProbe.Sent("sent"),
        PromptJournalProbe.Sent("sent with a handle") with { Handle = "0123" },
        PromptJournalProbe.Sent("failed") with { State = JournalState.Failed, Failure = PromptErrorCode.RateLimited, Cost = new PromptCost(0.25m, IsComplete: false) },
        PromptJournalProbe.Answered("answered", "text"),
        PromptJournalProbe.Answered("all of an answer", "") with
        {
            Cost = new PromptCost(1.5m, IsComplete: true),
            Answer = new JournalAnswer
            {
                Code = PromptErrorCode.Truncated,
                Text = """{"value":1""",
                ModelId = "model-2026-01-01",
                FinishReason = "length",
                Usage = new UsageDetails
                {
                    InputTokenCount = 5_000_000_000,
                    OutputTokenCount = 2,
                    TotalTokenCount = 5_000_000_002,
                    CachedInputTokenCount = 3,
                    ReasoningTokenCount = 1,
                    AdditionalCounts = new() { ["AudioTokens"] = 7 },
                },
                Tokens = [new TokenLogProbability("{", -0.1), new TokenLogProbability(new byte[] { 0xF0, 0x9F }, -2.5)],
            },
        },
    ];

    private static async Task KeepsItemsApartAsync(PromptJournalProbe probe)
    {
        JournalItem[] items =
        [
            probe.Item("c", "ab"), probe.Item("bc", "a"), probe.Item("abc", "x"), probe.Item("C", "ab"), probe.Item("c", "AB"), probe.Item("c", "ab", "-"), probe.Item("c ", "ab"),
            probe.Item("", "ab"), probe.Item("%", "ab"), probe.Item("é"), probe.Item("e\u0301"), probe.Item("a/b"), probe.Item("a\0b"), probe.Item("a"),
        ];
        foreach (var (item, number) in items.Select(static (item, number) => (item, number)))
        {
            await probe.WriteAsync(item, PromptJournalProbe.Answered("a", number.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        }

        foreach (var (item, number) in items.Select(static (item, number) => (item, number)))
        {
            await probe.HasAsync(item, PromptJournalProbe.Answered("a", number.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        }
    }

    private static async Task KeepsConcurrentEntriesAsync(PromptJournalProbe probe)
    {
        const int Items = 8, Requests = 40;
        await Task.WhenAll(Enumerable.Range(0, Items * Requests).Select(number => Task.Run(async () =>
        {
            var (item, request) = (probe.Item($"{number % Items}"), $"{number / Items}");
            await probe.WriteAsync(item, PromptJournalProbe.Sent(request)).ConfigureAwait(false);
            await probe.WriteAsync(item, PromptJournalProbe.Answered(request, request)).ConfigureAwait(false);
        }))).ConfigureAwait(false);
        for (var i = 0; i < Items; i++)
        {
            var entries = await probe.ReadAsync(probe.Item($"{i}")).ConfigureAwait(false);
            var whole = entries.Count(static entry => entry.State == JournalState.Answered && entry.Answer?.Text == entry.Request);
            probe.Expect(entries.Count == Requests && whole == Requests, $"{Requests} answered requests", $"there are {entries.Count}, of which {whole} are");
        }
    }

    private static async Task ShowsWholeEntriesAsync(PromptJournalProbe probe)
    {
        const int Writes = 300;
        var item = probe.Item();
        await probe.WriteAsync(item, Numbered(0)).ConfigureAwait(false);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= Writes; i++)
            {
                await probe.WriteAsync(item, Numbered(i)).ConfigureAwait(false);
            }
        });
        decimal last = 0;
        do
        {
            var entries = await probe.ReadAsync(item).ConfigureAwait(false);
            probe.Expect(entries.Count == 1, "1 entry", $"there are {entries.Count}");
            var (answer, usd) = (entries[0].Answer?.Text, entries[0].Cost.Usd);
            probe.Expect(answer == usd.ToString(CultureInfo.InvariantCulture), $"the answer of the cost {usd}", $"it is {answer}");
            probe.Expect(usd >= last, $"{last} or a later one", $"it is {usd}");
            last = usd;
        }
        while (!writing.IsCompleted);
        await writing.ConfigureAwait(false);
        await probe.HasAsync(item, Numbered(Writes)).ConfigureAwait(false);

        static JournalEntry Numbered(int number) =>
            PromptJournalProbe.Answered("a", number.ToString(CultureInfo.InvariantCulture)) with { Cost = new PromptCost(number, IsComplete: true) };
    }

    private static async Task GoesOnAfterCancellationAsync(PromptJournalProbe probe)
    {
        using var cancellation = new CancellationTokenSource();
        var writes = Enumerable.Range(0, 100).Select(number => probe.WriteAsync(probe.Item($"{number}"), PromptJournalProbe.Answered("a", "x"), cancellation.Token)).ToArray();
        await cancellation.CancelAsync().ConfigureAwait(false);
        for (var i = 0; i < writes.Length; i++)
        {
            try
            {
                await writes[i].ConfigureAwait(false);
                await probe.HasAsync(probe.Item($"{i}"), PromptJournalProbe.Answered("a", "x")).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                var entries = await probe.ReadAsync(probe.Item($"{i}")).ConfigureAwait(false);
                probe.Expect(entries is [] or [{ Answer.Text: "x" }], "no entry or all of it", "it is there in part");
            }
        }

        await probe.WriteAsync(probe.Item(), PromptJournalProbe.Sent("b")).ConfigureAwait(false);
        await probe.HasAsync(probe.Item(), PromptJournalProbe.Sent("b")).ConfigureAwait(false);
    }
}
