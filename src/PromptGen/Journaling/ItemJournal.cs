using System.Globalization;

namespace PromptGen.Journaling;

/// <summary>The part of a journal that one item has: what its requests are answered with, and where they are written. Thread-safe.</summary>
internal sealed class ItemJournal
{
    /// <summary>Precedes the number of a request that was repeated: <c>digest/1~1</c> is the first one that <c>digest/1</c> repeats.</summary>
    private const char Repeated = '~';

    private readonly IPromptJournal _journal;
    private readonly JournalItem _item;
    private readonly Func<PromptException?> _unknown;
    private readonly Dictionary<string, (JournalEntry Entry, int Place)> _entries = new(StringComparer.Ordinal);

    /// <summary>The place of the latest answer of each call.</summary>
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);

    /// <summary>How many equal requests were made.</summary>
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<object, string> _calls = new(ReferenceEqualityComparer.Instance);

    /// <summary>What the earlier requests cost that a request repeats.</summary>
    private readonly Dictionary<string, List<PromptCost>> _repeated = new(StringComparer.Ordinal);

    /// <summary>The failures of this run, and those of an earlier one that were repeated.</summary>
    private readonly List<JournalEntry> _failures = [];
    private int _unread;

    private ItemJournal(IPromptJournal journal, JournalItem item, Func<PromptException?> unknown, IReadOnlyList<JournalEntry> entries)
    {
        (_journal, _item, _unknown) = (journal, item, unknown);
        for (var i = 0; i < entries.Count; i++)
        {
            if (RepeatedBy(entries[i].Request) is { } request)
            {
                CostsOf(request).Add(entries[i].Cost);
                continue;
            }

            _entries[entries[i].Request] = (entries[i], i);
            if (entries[i].State == JournalState.Answered)
            {
                _answered[entries[i].Call] = i;
            }
        }

        _unread = _entries.Count;
    }

    /// <summary>Whether an earlier run made requests that this one has not come to yet.</summary>
    public bool HasUnread => Volatile.Read(ref _unread) > 0;

    /// <param name="journal">The journal.</param>
    /// <param name="item">The item.</param>
    /// <param name="unknown">Called for each request with an unknown outcome; returns what ends the item, or null where the request is sent again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<ItemJournal> OpenAsync(IPromptJournal journal, JournalItem item, Func<PromptException?> unknown, CancellationToken cancellationToken) =>
        new(journal, item, unknown, await journal.ReadAsync(item, cancellationToken).ConfigureAwait(false));

    /// <summary>Looks up a request that is made now.</summary>
    /// <param name="digest">The digest of the request.</param>
    /// <param name="modelId">The model that it is for.</param>
    /// <param name="call">The outermost call that it is part of.</param>
    public JournaledRequest Next(string digest, string modelId, object call)
    {
        lock (_entries)
        {
            var number = _made[digest] = _made.GetValueOrDefault(digest) + 1;
            if (!_calls.TryGetValue(call, out var callId))
            {
                _calls[call] = callId = Guid.NewGuid().ToString("N");
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{digest}/{number}");
            return Find(new JournalEntry { Request = id, Call = callId, ModelId = modelId, State = JournalState.Sent });
        }
    }

    /// <summary>A request that an earlier run sent has an unknown outcome.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: it must not be sent again.</exception>
    public void CountUnknown()
    {
        if (_unknown() is { } error)
        {
            throw error;
        }
    }

    /// <summary>Writes an entry of this run.</summary>
    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        if (entry.State != JournalState.Sent)
        {
            lock (_entries)
            {
                // A retry has the request of the failure before it, whose entry must not come back when the item fails later.
                _failures.RemoveAll(failure => failure.Request == entry.Request);
                if (entry.State == JournalState.Failed)
                {
                    _failures.Add(entry);
                }
            }
        }

        return _journal.WriteAsync(_item, entry, cancellationToken);
    }

    /// <summary>Keeps what the journal has of a request that is made again: it may have been paid, and its entry is about to be replaced.</summary>
    /// <param name="entry">What it has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask KeepRepeatedAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        int number;
        lock (_entries)
        {
            var costs = CostsOf(entry.Request);
            costs.Add(entry.Cost);
            number = costs.Count;
        }

        return _journal.WriteAsync(_item, entry with { Request = string.Create(CultureInfo.InvariantCulture, $"{entry.Request}{Repeated}{number}"), Call = "" }, cancellationToken);
    }

    /// <summary>The item failed: the next run makes its failed requests again, rather than fail as this one did.</summary>
    public async ValueTask ReopenAsync()
    {
        JournalEntry[] failures;
        lock (_entries)
        {
            failures = [.. _failures];
        }

        try
        {
            foreach (var entry in failures)
            {
                await _journal.WriteAsync(_item, entry with { Call = "" }, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // Why the item failed is of more use than that its journal does, too.
        }
    }

    /// <summary>
    /// A request without an answer fails again as it did where its call went on to an answer: the same way leads there. Otherwise it is what the run ended with, and it is made
    /// again.
    /// </summary>
    private JournaledRequest Find(JournalEntry now)
    {
        PromptCost[] costs = _repeated.TryGetValue(now.Request, out var repeated) ? [.. repeated] : [];
        if (!_entries.Remove(now.Request, out var found))
        {
            return new JournaledRequest(this, now) { RepeatedCosts = costs };
        }

        Interlocked.Decrement(ref _unread);
        var (entry, place) = found;
        if (entry.State == JournalState.Answered)
        {
            return new JournaledRequest(this, now) { Found = entry, RepeatedCosts = costs };
        }

        if (entry.Call.Length > 0 && _answered.TryGetValue(entry.Call, out var answer) && answer > place)
        {
            entry = entry.State == JournalState.Sent ? entry with { State = JournalState.Failed, Failure = PromptErrorCode.AttemptTimeout } : entry;
            _failures.Add(entry);
            return new JournaledRequest(this, now) { Found = entry, RepeatedCosts = costs };
        }

        return entry.State == JournalState.Sent
            ? new JournaledRequest(this, now with { Handle = entry.Handle }) { WasUnknown = true, Repeats = entry, RepeatedCosts = costs }
            : new JournaledRequest(this, now) { Repeats = entry, RepeatedCosts = [.. costs, entry.Cost] };
    }

    private List<PromptCost> CostsOf(string request)
    {
        if (!_repeated.TryGetValue(request, out var costs))
        {
            _repeated[request] = costs = [];
        }

        return costs;
    }

    /// <summary>The request that repeats the one of an entry; null = none does.</summary>
    private static string? RepeatedBy(string request)
    {
        var end = request.LastIndexOf(Repeated);
        return end > request.LastIndexOf('/') ? request[..end] : null;
    }
}
