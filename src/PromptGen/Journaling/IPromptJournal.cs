namespace PromptGen;

/// <summary>
/// Keeps the requests of pipelines, so that a run that was interrupted goes on without paying again for what it has: <see cref="PipelineOptions.Journal"/>. Thread-safe.
/// <c>PromptJournalConformance</c> of PromptGen.Testing checks an implementation.
/// </summary>
/// <remarks>
/// It holds the text of answers. What a method throws ends the call, and with it the item. Only one run of a pipeline may use a journal at a time.
/// </remarks>
public interface IPromptJournal
{
    /// <summary>Reads the entries of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its entries in the order in which they were last written; empty where there are none.</returns>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes an entry, in whole or not at all, in place of the one of the same item with the same <see cref="JournalEntry.Request"/>. When the task has ended, the entry outlasts
    /// the process as far as the journal does.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be written nevertheless.</param>
    /// <returns>A task that ends when it is written.</returns>
    ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default);
}
