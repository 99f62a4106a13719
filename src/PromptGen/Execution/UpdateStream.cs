using Microsoft.Extensions.AI;

namespace PromptGen.Execution;

/// <summary>How a wait for the next update ended.</summary>
internal enum StreamMove
{
    /// <summary>There is an update.</summary>
    Update,

    /// <summary>The stream has ended.</summary>
    End,

    /// <summary>Nothing came in time.</summary>
    TimedOut,
}

/// <summary>
/// The updates of one request, waited for as long as they may take. However it ends, the client's enumerator is disposed, and with it the
/// connection: at once where the client heeds its token, and as soon as it lets go where it does not. Not thread-safe.
/// </summary>
internal sealed class UpdateStream : IAsyncDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _ofCaller;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private CancellationTokenRegistration _ofAttempt;
    private Task<bool>? _pending;
    private ITimer? _timer;
    private volatile bool _timedOut;
    private bool _isClosed;

    private UpdateStream(IChatClient client, in ModelRequest request, TimeProvider timeProvider, CancellationToken attemptToken, CancellationToken callerToken)
    {
        _timeProvider = timeProvider;
        _ofCaller = callerToken.UnsafeRegister(Stop, _stop);
        _ofAttempt = attemptToken.UnsafeRegister(Stop, _stop);
        try
        {
            var updates = client.GetStreamingResponseAsync(request.Messages, request.Options, _stop.Token);
            _updates = updates?.GetAsyncEnumerator(_stop.Token)
                ?? throw new ProviderRequestException(PromptErrorCode.ProtocolError, "The client gave no stream.");
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>The update that came last.</summary>
    public ChatResponseUpdate Current => _updates.Current;

    /// <summary>Sends a request. Throws what the client throws.</summary>
    /// <param name="client">Who is asked.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="timeProvider">Measures the waits.</param>
    /// <param name="attemptToken">Ends the stream until <see cref="OutliveAttempt"/> is called.</param>
    /// <param name="callerToken">Ends the stream.</param>
    public static UpdateStream Open(IChatClient client, in ModelRequest request, TimeProvider timeProvider, CancellationToken attemptToken, CancellationToken callerToken) =>
        new(client, request, timeProvider, attemptToken, callerToken);

    /// <summary>Waits for the next update. Throws what the client throws.</summary>
    /// <param name="limit">How long at most.</param>
    public ValueTask<StreamMove> MoveNextAsync(TimeSpan limit)
    {
        var move = _updates.MoveNextAsync();
        return move.IsCompletedSuccessfully ? new(move.Result ? StreamMove.Update : StreamMove.End) : WaitAsync(move.AsTask(), limit);
    }

    /// <summary>From now on the token of the attempt means nothing any more: its pipeline is left.</summary>
    public void OutliveAttempt()
    {
        _ofAttempt.Dispose();
        _ofAttempt = default;
    }

    /// <summary>Ends the stream where it has not ended, and lets go of the connection. Never throws.</summary>
    public ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return ValueTask.CompletedTask;
        }

        _isClosed = true;
        Stop(_stop);
        var closing = CloseAsync(_pending);

        // A client that does not heed its token must not hold up the call.
        return _pending is { IsCompleted: false } ? ValueTask.CompletedTask : new ValueTask(closing);
    }

    private static void Stop(object? source)
    {
        try
        {
            ((CancellationTokenSource)source!).Cancel();
        }
        catch (AggregateException)
        {
            // What a client's own callback throws changes nothing.
        }
        catch (ObjectDisposedException)
        {
            // The stream was closed meanwhile.
        }
    }

    private async ValueTask<StreamMove> WaitAsync(Task<bool> move, TimeSpan limit)
    {
        _pending = move;
        Watch(limit);
        try
        {
            return await move.WaitAsync(_stop.Token).ConfigureAwait(false) ? StreamMove.Update : StreamMove.End;
        }
        catch (Exception) when (_timedOut)
        {
            return StreamMove.TimedOut;
        }
        finally
        {
            Watch(Timeout.InfiniteTimeSpan);
        }
    }

    private void Watch(TimeSpan limit)
    {
        if (_timer is not null)
        {
            _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }
        else if (limit != Timeout.InfiniteTimeSpan)
        {
            _timer = _timeProvider.CreateTimer(static stream => ((UpdateStream)stream!).TimeOut(), this, limit, Timeout.InfiniteTimeSpan);
        }
    }

    private void TimeOut()
    {
        _timedOut = true;
        Stop(_stop);
    }

    private async Task CloseAsync(Task<bool>? pending)
    {
        try
        {
            if (pending is { IsCompletedSuccessfully: false })
            {
                await pending.ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // How an update ended that nobody waits for any more does not matter.
        }

        try
        {
            await _updates.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A client that fails to clean up must not hide how the call ended.
        }

        Release();
    }

    private void Release()
    {
        _ofCaller.Dispose();
        _ofAttempt.Dispose();
        _timer?.Dispose();
        _stop.Dispose();
    }
}
