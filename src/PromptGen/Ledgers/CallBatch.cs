using System.Data.Common;

namespace PromptGen.Ledgers;

/// <summary>
/// Writes a batch of calls, and finds those that the ledger refuses: where a batch fails, its calls are written alone. A call is refused if it fails although the ledger takes another one
/// before and after it; where it takes no other one either, it is unavailable. For one thread at a time.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="cancellationToken">Ends the waiting.</param>
internal sealed class CallBatch(ICallLedger ledger, CancellationToken cancellationToken)
{
    private int _tries;

    /// <summary>Tries to write calls.</summary>
    /// <returns>The result. The task never fails.</returns>
    public async Task<BatchOutcome> TryAsync(IReadOnlyList<CallRecord> calls)
    {
        if (await WriteAsync(calls).ConfigureAwait(false) is not { } error)
        {
            return new BatchOutcome([], null, 0, null);
        }

        // Another call each time: the one that is tried may be refused itself.
        var tried = calls[_tries++ % calls.Count];
        return calls.Count == 1 || IsUnavailable(error) || await WriteAsync([tried]).ConfigureAwait(false) is not null
            ? new BatchOutcome(calls, error, 0, null)
            : await WriteAloneAsync(calls, tried).ConfigureAwait(false);
    }

    /// <param name="calls">The calls.</param>
    /// <param name="known">The one of them that the ledger has: it is written again to find out whether the ledger takes calls, and stays as it is.</param>
    private async Task<BatchOutcome> WriteAloneAsync(IReadOnlyList<CallRecord> calls, CallRecord known)
    {
        var (refused, why) = (0, (Exception?)null);
        for (var i = 0; i < calls.Count; i++)
        {
            if (ReferenceEquals(calls[i], known) || await WriteAsync([calls[i]]).ConfigureAwait(false) is not { } error)
            {
                continue;
            }

            if (IsUnavailable(error) || await WriteAsync([known]).ConfigureAwait(false) is not null)
            {
                return new BatchOutcome([.. calls.Skip(i).Where(call => !ReferenceEquals(call, known))], error, refused, why);
            }

            if (await WriteAsync([calls[i]]).ConfigureAwait(false) is { } refusal)
            {
                refused++;
                why ??= refusal;
            }
        }

        return new BatchOutcome([], null, refused, why);
    }

    /// <summary>Whether an exception says that the ledger is unavailable, whatever is written: a disk that is full may still have room for one of the calls.</summary>
    private static bool IsUnavailable(Exception error) => error is IOException or TimeoutException or OperationCanceledException or DbException { IsTransient: true };

    /// <returns>Why nothing was written; null = all was.</returns>
    private async Task<Exception?> WriteAsync(IReadOnlyList<CallRecord> calls)
    {
        try
        {
            await ledger.WriteAsync(calls, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}

/// <summary>The result of an attempt to write a batch.</summary>
/// <param name="Left">The calls that are still to be written: the ledger is unavailable.</param>
/// <param name="Error">Why; null = there are none.</param>
/// <param name="Refused">How many calls the ledger refuses.</param>
/// <param name="Refusal">Why it refuses the first of them; null = there are none.</param>
internal readonly record struct BatchOutcome(IReadOnlyList<CallRecord> Left, Exception? Error, int Refused, Exception? Refusal);
