using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace PromptGen.Pipelines;

/// <summary>
/// Takes items from a source in order, runs them side by side and gives their results in the order of the source. Workers start one after another as long as there are items:
/// each takes an item, runs it, and takes the next.
/// </summary>
internal sealed class StagePump<TSource, T> : IDisposable
{
    private readonly StageRun _stage;
    private readonly IAsyncEnumerator<TSource> _source;
    private readonly Func<TSource, CancellationToken, Task<T>> _run;
    private readonly Func<TSource, string>? _key;
    private readonly PipelineOptions _options;
    private readonly Channel<Task<PipelineItem<T>>> _results;
    private readonly CancellationToken _pulling;

    /// <summary>Whoever has it takes the next item.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _taken;
    private int _workers;

    /// <summary>The workers and the reader: the last one that leaves disposes the gate.</summary>
    private int _users = 1;
    private bool _ended;
    private ExceptionDispatchInfo? _error;

    /// <param name="stage">Runs the items.</param>
    /// <param name="source">The items.</param>
    /// <param name="run">What is done with each.</param>
    /// <param name="key">Its key; null = its position.</param>
    /// <param name="options">How many run at once, and whether the first one runs alone.</param>
    /// <param name="lookAhead">How many items are taken before their results are read; null = all.</param>
    public StagePump(
        StageRun stage, IAsyncEnumerator<TSource> source, Func<TSource, CancellationToken, Task<T>> run, Func<TSource, string>? key, PipelineOptions options, int? lookAhead)
    {
        (_stage, _source, _run, _key, _options) = (stage, source, run, key, options);
        _results = lookAhead is { } most
            ? Channel.CreateBounded<Task<PipelineItem<T>>>(new BoundedChannelOptions(most) { SingleReader = true })
            : Channel.CreateUnbounded<Task<PipelineItem<T>>>(new UnboundedChannelOptions { SingleReader = true });

        // The items of a list fail one by one after the deadline; a source that may have no end is not read any further.
        _pulling = lookAhead is null ? CancellationToken.None : stage.Token;
    }

    /// <summary>Runs all items.</summary>
    /// <exception cref="OperationCanceledException">The stage was cancelled.</exception>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.DeadlineExceeded"/>: the deadline ran out before a source with look-ahead ended.</exception>
    public async IAsyncEnumerable<PipelineItem<T>> ReadAsync()
    {
        var isRead = false;
        try
        {
            StartWorker();
            while (await _results.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (_results.Reader.TryRead(out var result))
                {
                    var item = await result.ConfigureAwait(false);
                    _stage.ThrowIfCancelled();
                    yield return item;
                }
            }

            _stage.ThrowIfCancelled();
            _error?.Throw();
            isRead = true;
        }
        finally
        {
            if (!isRead)
            {
                _stage.Abandon();
            }

            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The results are not read any more.</summary>
    public void Dispose() => Leave();

    private void StartWorker()
    {
        if (Interlocked.Increment(ref _workers) <= _options.Concurrency)
        {
            Interlocked.Increment(ref _users);
            _ = Task.Run(WorkAsync);
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _gate.Dispose();
        }
    }

    private async Task WorkAsync()
    {
        var isNew = true;
        while (await TakeAsync().ConfigureAwait(false) is { } taken)
        {
            var isWarmUp = _options.WarmUp && taken.Position == 0;
            if (isNew && !isWarmUp)
            {
                StartWorker();
            }

            await RunAsync(taken).ConfigureAwait(false);
            if (isWarmUp)
            {
                StartWorker();
            }

            isNew = false;
        }

        Leave();
    }

    private async Task RunAsync(Taken taken)
    {
        try
        {
            taken.Result.SetResult(await _stage.RunAsync(taken.Key, taken.Source, _run).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // A pipeline inside a call that is explained: that call ends here.
            End(exception);
            taken.Result.SetResult(new PipelineItem<T>(taken.Key, exception, PromptCost.Zero));
        }
    }

    /// <returns>The next item; null where there is none.</returns>
    private async ValueTask<Taken?> TakeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _stage.ThrowIfCancelled();
            if (_ended || !await _results.Writer.WaitToWriteAsync(_pulling).ConfigureAwait(false) || !await _source.MoveNextAsync().ConfigureAwait(false))
            {
                End(null);
                return null;
            }

            var source = _source.Current;
            var position = _taken++;
            var key = _key?.Invoke(source) ?? position.ToString(CultureInfo.InvariantCulture);
            var taken = new Taken(source, position, key, new TaskCompletionSource<PipelineItem<T>>(TaskCreationOptions.RunContinuationsAsynchronously));
            _results.Writer.TryWrite(taken.Result.Task);
            return taken;
        }
        catch (Exception exception)
        {
            End(_stage.Meaning(exception));
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>No further item is taken.</summary>
    /// <param name="error">Why not; null = there is none.</param>
    private void End(Exception? error)
    {
        if (error is not null)
        {
            _error ??= ExceptionDispatchInfo.Capture(error);
        }

        _ended = true;
        _results.Writer.TryComplete();
    }

    /// <summary>Closes the source once no worker is reading it.</summary>
    private async ValueTask CloseAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            End(null);
            await _source.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private readonly record struct Taken(TSource Source, long Position, string Key, TaskCompletionSource<PipelineItem<T>> Result);
}
