using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Watches over a stream while its caller holds it between two items: the call's deadline ends it whether the caller comes back or not, and one
/// that is neither read nor disposed any more ends once it is garbage. Until then its money is reserved and its connection open.
/// </summary>
internal sealed class StreamLease : IDisposable
{
    private readonly ILeased _stream;

    /// <summary>Whose turn it is. The call begins; only while the caller holds the stream may the deadline end it here.</summary>
    private readonly SemaphoreSlim _turn = new(0, 1);

    private readonly TimeLimit? _deadline;

    private StreamLease(ILeased stream, CallClock clock)
    {
        _stream = stream;
        if (clock.Remaining is not null)
        {
            _deadline = clock.Limit(CancellationToken.None);
            _deadline.Token.UnsafeRegister(static lease => _ = ((StreamLease)lease!).EndAsync(), this);
        }
    }

    ~StreamLease() => ThreadPool.UnsafeQueueUserWorkItem(static stream => _ = stream.EndAsync(PromptErrorCode.None).AsTask(), _stream, preferLocal: false);

    /// <summary>Starts to watch over a stream. It is the call's turn.</summary>
    public static StreamLease Start(ILeased stream, CallClock clock) => new(stream, clock);

    /// <summary>The caller has the stream from now on.</summary>
    public void HandOver()
    {
        _turn.Release();
        if (_deadline is { IsOver: true })
        {
            _ = EndAsync();
        }
    }

    /// <summary>The call has the stream from now on.</summary>
    public Task TakeBackAsync() => _turn.WaitAsync();

    public void Dispose()
    {
        _deadline?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task EndAsync()
    {
        if (!_turn.Wait(0))
        {
            return;
        }

        await _stream.EndAsync(PromptErrorCode.DeadlineExceeded).ConfigureAwait(false);
        _turn.Release();
    }
}
