namespace PromptGen;

/// <summary>
/// Keeps what the calls of a program did. The runtime writes to it in the background, one batch at a time; reading and verdicts may run beside that. Thread-safe.
/// <c>CallLedgerConformance</c> of PromptGen.Testing checks an implementation.
/// </summary>
public interface ICallLedger : IFeedbackSink
{
    /// <summary>
    /// Writes calls, all of them or none. A call whose <see cref="CallRecord.CallId"/> is known stays as it is: a batch is repeated where its outcome is not known. Where it fails, the runtime
    /// writes all of it again later. Where it fails otherwise than as unavailable, the runtime writes its calls alone: one that fails although others are taken is dropped, and counted in
    /// <c>promptgen.ledger.dropped</c>.
    /// </summary>
    /// <param name="calls">The calls, in the order in which they ended.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are kept.</returns>
    /// <exception cref="IOException">The ledger is unavailable, for example because it is locked or the disk is full. A <see cref="TimeoutException"/> and a transient <see cref="System.Data.Common.DbException"/> mean the same.</exception>
    Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default);

    /// <summary>Reads calls, those that started last first.</summary>
    /// <param name="filter">Which calls.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The calls with their verdicts.</returns>
    IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, CancellationToken cancellationToken = default);
}
