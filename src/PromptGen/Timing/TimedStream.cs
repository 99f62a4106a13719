namespace PromptGen.Timing;

/// <summary>How a wait for the next item ended.</summary>
internal enum StreamMove
{
    /// <summary>There is an item.</summary>
    Item,

    /// <summary>The stream has ended.</summary>
    End,

    /// <summary>Nothing came in time.</summary>
    TimedOut,
}

/// <summary>
/// A stream that code other than ours writes, waited for as long as it may take. However it ends, its enumerator is disposed, and with it the
/// connection of a client: at once where the token is heeded, and as soon as its code lets go where it is not. Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class TimedStream<T>
{
    private readonly TimeProvider _timeProvider;
    private readonly TimeLimit _limit;
    private readonly IAsyncEnumerator<T> _items;
    private Task<bool>? _pending;
    private bool _isClosed;

    private TimedStream(TimeProvider timeProvider, TimeLimit limit, IAsyncEnumerator<T> items)
    {
        _timeProvider = timeProvider;
        _limit = limit;
        _items = items;
    }

    /// <summary>The item that came last.</summary>
    public T Current => _items.Current;

    /// <summary>Opens a stream. Throws what <paramref name="open"/> throws.</summary>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <param name="timeProvider">Measures the waits.</param>
    /// <param name="state">What <paramref name="open"/> needs.</param>
    /// <param name="open">Gives the stream. Its token ends with the stream.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static TimedStream<T> Open<TState>(
        TimeProvider timeProvider,
        TState state,
        Func<TState, CancellationToken, IAsyncEnumerable<T>?> open,
        CancellationToken cancellationToken)
    {
        var limit = TimeLimit.Start(timeProvider, Timeout.InfiniteTimeSpan, cancellationToken);
        try
        {
            var items = open(state, limit.Token)?.GetAsyncEnumerator(limit.Token) ?? throw new InvalidOperationException("There is no stream.");
            return new TimedStream<T>(timeProvider, limit, items);
        }
        catch
        {
            limit.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next item. Throws what the stream throws.</summary>
    /// <param name="time">How long at most, more than zero; <see cref="Timeout.InfiniteTimeSpan"/> = without end.</param>
    public ValueTask<StreamMove> MoveNextAsync(TimeSpan time)
    {
        var move = _items.MoveNextAsync();
        return move.IsCompletedSuccessfully ? new(move.Result ? StreamMove.Item : StreamMove.End) : WaitAsync(move.AsTask(), time);
    }

    /// <summary>Ends the stream where it has not ended, and lets go of the connection. Never throws.</summary>
    /// <param name="time">How long to wait for it to clean up, zero or more; afterwards it does so on its own.</param>
    public ValueTask CloseAsync(TimeSpan time)
    {
        if (_isClosed)
        {
            return ValueTask.CompletedTask;
        }

        _isClosed = true;
        _limit.End();
        var isHeld = _pending is { IsCompleted: false };
        var closing = CleanUpAsync();
        return closing.IsCompleted || isHeld || time == TimeSpan.Zero ? ValueTask.CompletedTask : new ValueTask(WaitAsync(closing, time));
    }

    private async Task WaitAsync(Task closing, TimeSpan time) =>
        await closing.WaitAsync(time, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async ValueTask<StreamMove> WaitAsync(Task<bool> move, TimeSpan time)
    {
        _pending = move;
        _limit.Change(time);
        try
        {
            return await move.OrAbandonAsync(_limit.Token).ConfigureAwait(false) ? StreamMove.Item : StreamMove.End;
        }
        catch (Exception) when (_limit.IsOver)
        {
            return StreamMove.TimedOut;
        }
        finally
        {
            _limit.Change(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Never throws: how the end of a stream failed must not hide how the call ended.</summary>
    private async Task CleanUpAsync()
    {
        if (_pending is { IsCompletedSuccessfully: false } pending)
        {
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await _items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
        }

        _limit.Dispose();
    }
}
