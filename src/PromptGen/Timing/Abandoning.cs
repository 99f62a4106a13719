using System.Runtime.CompilerServices;

namespace PromptGen.Timing;

/// <summary>Waits for operations no longer than asked to: the outcome of one that was given up is not used.</summary>
internal static class Abandoning
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> OrAbandonAsync<T>(this Task<T> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            operation.Abandon();
            throw;
        }
    }

    /// <inheritdoc cref="OrAbandonAsync{T}(Task{T}, CancellationToken)"/>
    public static ValueTask<T> OrAbandonAsync<T>(this ValueTask<T> operation, CancellationToken cancellationToken) =>
        operation.IsCompleted ? operation : operation.AsTask().OrAbandonAsync(cancellationToken);

    /// <exception cref="TimeoutException">It took longer than the time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<T> OrAbandonAsync<T>(this Task<T> operation, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        operation.Abandon();
        return operation.WaitAsync(timeout, timeProvider, cancellationToken);
    }

    /// <exception cref="TimeoutException">It took longer than the time.</exception>
    public static Task OrAbandonAsync(this Task operation, TimeSpan timeout, TimeProvider timeProvider)
    {
        operation.Abandon();
        return operation.WaitAsync(timeout, timeProvider);
    }

    /// <summary>A failure that is not observed would be raised again as an unobserved one.</summary>
    public static void Abandon(this Task operation) => _ = operation.ContinueWith(
        static abandoned => _ = abandoned.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
