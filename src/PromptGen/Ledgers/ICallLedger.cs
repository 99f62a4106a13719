namespace PromptGen;

/// <summary>
/// Keeps what the calls of a program did. The runtime writes to it in the background, one batch at a time; reading and verdicts may run beside that. Thread-safe.
/// <c>CallLedgerConformance</c> of PromptGen.Testing checks an implementation.
/// </summary>
public interface ICallLedger
{
    /// <summary>Writes calls, all of them or none. A call whose <see cref="CallRecord.CallId"/> is known stays as it is: a batch is repeated where its outcome is not known.</summary>
    /// <param name="calls">The calls, in the order in which they ended.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are kept.</returns>
    Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default);

    /// <summary>Adds the verdict of a person, a test or a judge on an answer. It may come before its call is written. A later verdict of the same source replaces the earlier one.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is kept.</returns>
    Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default);

    /// <summary>Reads calls, those that started last first.</summary>
    /// <param name="filter">Which calls.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The calls with their verdicts.</returns>
    IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, CancellationToken cancellationToken = default);
}
