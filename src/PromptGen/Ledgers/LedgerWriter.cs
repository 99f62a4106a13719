using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Ledgers;

/// <summary>
/// Writes ended calls to a ledger in the background, in batches. A call never waits for it: what does not fit is dropped and counted. Thread-safe.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    /// <summary>The most calls that are written together.</summary>
    public const int MostAtOnce = 2_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClosingPause = TimeSpan.FromMilliseconds(100);

    private readonly CallBatch _batch;
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CallRecordBuilder _builder;
    private readonly StoreOutage _outage;
    private readonly Channel<CallRecording> _ended;
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationToken _isOver;
    private readonly Task _writing;
    private Task? _closed;
    private bool _hasRefused;
    private long _dropped;

    /// <summary>How many calls wait or are being written.</summary>
    private long _open;

    public LedgerWriter(ICallLedger ledger, LedgerOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _isOver = _over.Token;
        _batch = new CallBatch(ledger, _isOver);
        _builder = new CallRecordBuilder(options);
        _outage = new StoreOutage(
            time, exception => TelemetryLog.LedgerDown(logger, exception.GetType().Name, options.Capacity), () => TelemetryLog.LedgerBack(logger, Interlocked.Exchange(ref _dropped, 0)));
        _ended = Channel.CreateBounded<CallRecording>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Whether messages and answers are kept.</summary>
    public bool CapturesContent => _options.CaptureContent;

    /// <summary>A call has ended.</summary>
    public void Add(CallRecording call)
    {
        if (_ended.Writer.TryWrite(call))
        {
            Interlocked.Increment(ref _open);
        }
        else
        {
            Drop(1);
        }
    }

    /// <summary>Writes what is left, for as long as the options allow.</summary>
    /// <returns>A task that ends when nothing is left, or the time is over. Never fails.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_closing)
        {
            return new(_closed ??= CloseAsync());
        }
    }

    private async Task CloseAsync()
    {
        _ended.Writer.TryComplete();
        _closing.TrySetResult();
        await _writing.WaitAsync(_options.ShutdownTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_writing.IsCompleted)
        {
            Drop(Interlocked.Exchange(ref _open, 0));
            _over.CancelGuarded();
        }

        _over.Dispose();
        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
        {
            TelemetryLog.LedgerDropped(_logger, dropped);
        }
    }

    private async Task WriteAllAsync()
    {
        while (await _ended.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await _closing.Task.WaitAsync(_options.FlushInterval, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (!_isOver.IsCancellationRequested && Collect([]) is { Count: > 0 } batch)
            {
                await WriteAsync(batch).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Fills a batch with the calls that have ended meanwhile.</summary>
    private List<CallRecord> Collect(List<CallRecord> batch)
    {
        while (batch.Count < MostAtOnce && _ended.Reader.TryRead(out var call))
        {
            try
            {
                batch.Add(_builder.Build(call));
            }
            catch (Exception)
            {
                // A call that cannot be described, for example because a type of its client throws, is dropped alone.
                Interlocked.Decrement(ref _open);
                Drop(1);
            }
        }

        return batch;
    }

    /// <summary>Writes a batch, again and again until the ledger has it or the runtime's time is over. Calls that the ledger refuses are dropped.</summary>
    private async Task WriteAsync(List<CallRecord> batch)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var (left, error, refused, refusal) = await _batch.TryAsync(batch).ConfigureAwait(false);
            if (_isOver.IsCancellationRequested)
            {
                return;
            }

            Interlocked.Add(ref _open, left.Count - batch.Count);
            if (refusal is not null)
            {
                Refuse(refused, refusal);
            }

            if (error is null)
            {
                _outage.Answered();
                return;
            }

            _outage.Failed(error);
            batch = [.. left];

            // Closing ends a pause that began before it.
            var over = _closing.Task.IsCompleted ? Task.Delay(ClosingPause, _time, _isOver) : _closing.Task.WaitAsync(pause, _time);
            await over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Only a batch with other calls distinguishes a refused call from an outage.
            Collect(batch);
        }
    }

    private void Refuse(int calls, Exception refusal)
    {
        Drop(calls);
        if (!_hasRefused)
        {
            _hasRefused = true;
            TelemetryLog.LedgerRefused(_logger, refusal.GetType().Name);
        }
    }

    private void Drop(long calls)
    {
        Interlocked.Add(ref _dropped, calls);
        PromptTelemetry.LedgerDropped(calls);
    }
}
