namespace PromptGen.Tests.Journaling;

public enum JournalDefect
{
    IgnoresTheItem,
    DropsTheUsage,
    EndsTextAtZero,
    RoundsCosts,
    KeepsEarlierEntries,
    ReplacesInPlace,
    JoinsNames,
    IgnoresCase,
    ShortensRequests,
    GivesItsOwnList,
    LosesConcurrentWrites,
    ReadsTheCostBefore,
    StopsAtCancellation,
    ForgetsWhenClosed,
}

/// <summary>A journal in memory with one defect.</summary>
internal sealed class BrokenPromptJournal(JournalDefect defect) : IPromptJournal, IDisposable
{
    private readonly Dictionary<string, List<JournalEntry>> _items = [];
    private readonly Dictionary<string, PromptCost> _costsBefore = [];
    private readonly TaskCompletionSource _overtaking = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The item of the first write, which reads its entries and writes them back after another request of the item was written.</summary>
    private JournalItem? _overtaken;
    private bool _isStopped;

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default)
    {
        lock (_items)
        {
            var entries = _items.GetValueOrDefault(Name(item), []);
            return defect switch
            {
                JournalDefect.GivesItsOwnList => new(entries),
                JournalDefect.ReadsTheCostBefore => new([.. entries.Select(entry => entry with { Cost = _costsBefore.GetValueOrDefault(entry.Request, entry.Cost) })]),
                _ => new([.. entries]),
            };
        }
    }

    public async ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (defect == JournalDefect.StopsAtCancellation)
        {
            cancellationToken.Register(() => _isStopped = true);
        }

        if (_isStopped)
        {
            return;
        }

        List<JournalEntry>? stale = null;
        lock (_items)
        {
            if (!_items.TryGetValue(Name(item), out var entries))
            {
                _items[Name(item)] = entries = [];
            }

            if (defect == JournalDefect.LosesConcurrentWrites && _overtaken is null)
            {
                (_overtaken, stale) = (item, [.. entries]);
            }
            else
            {
                Put(entries, Damaged(entry));
            }
        }

        if (stale is not null)
        {
            await _overtaking.Task;
            lock (_items)
            {
                Put(stale, entry);
                _items[Name(item)] = stale;
            }
        }
        else if (item == _overtaken && entry.State == JournalState.Answered)
        {
            _overtaking.TrySetResult();
        }
    }

    public void Dispose()
    {
        if (defect == JournalDefect.ForgetsWhenClosed)
        {
            _items.Clear();
        }
    }

    private void Put(List<JournalEntry> entries, JournalEntry entry)
    {
        var place = entries.FindIndex(known => string.Equals(
            Column(known.Request), Column(entry.Request), defect == JournalDefect.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
        if (place >= 0)
        {
            _costsBefore[entry.Request] = entries[place].Cost;
        }

        if (place >= 0 && defect == JournalDefect.ReplacesInPlace)
        {
            entries[place] = entry;
            return;
        }

        if (place >= 0 && defect != JournalDefect.KeepsEarlierEntries)
        {
            entries.RemoveAt(place);
        }

        entries.Add(entry);
    }

    private string Column(string request) => defect == JournalDefect.ShortensRequests ? request[..Math.Min(request.Length, 255)] : request;

    private JournalEntry Damaged(JournalEntry entry) => defect switch
    {
        JournalDefect.DropsTheUsage => entry with { Answer = entry.Answer is null ? null : entry.Answer with { Usage = null } },
        JournalDefect.EndsTextAtZero => entry with { Answer = entry.Answer is null ? null : entry.Answer with { Text = entry.Answer.Text.Split('\0')[0] } },
        JournalDefect.RoundsCosts => entry with { Cost = entry.Cost with { Usd = Math.Round(entry.Cost.Usd, 12) } },
        _ => entry,
    };

    private string Name(JournalItem item) => defect switch
    {
        JournalDefect.IgnoresTheItem => "",
        JournalDefect.JoinsNames => item.Pipeline + item.Stage + item.Key,
        _ => $"{item.Pipeline}\n{item.Stage}\n{item.Key}",
    };
}
