using System.Collections.Concurrent;

namespace PromptGen;

/// <summary>A journal that lasts as long as the process: for tests, and for pipelines that are started again after a failure. It grows with every request. Thread-safe.</summary>
public sealed class InMemoryPromptJournal : IPromptJournal
{
    private readonly ConcurrentDictionary<JournalItem, List<JournalEntry>> _items = new();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_items.TryGetValue(item, out var entries))
        {
            return new([]);
        }

        lock (entries)
        {
            return new([.. entries]);
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        var entries = _items.GetOrAdd(item, static _ => []);
        lock (entries)
        {
            entries.RemoveAll(known => known.Request == entry.Request);
            entries.Add(entry);
        }

        return default;
    }
}
