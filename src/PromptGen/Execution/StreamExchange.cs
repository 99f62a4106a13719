using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Streaming;

namespace PromptGen.Execution;

/// <summary>
/// A streamed call. Until its first item is ready it is a call like any other: what fails is asked again, replaced or escalated, and what
/// came of it is dropped. With the first item the call is committed to the model that sent it, and what fails then is the caller's to know.
/// Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class StreamExchange<T> : IExchange
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly PromptRuntime _runtime;
    private readonly PromptDefinition _prompt;
    private readonly ItemReader<T> _items;
    private readonly AcceptanceCheck<T> _acceptance;
    private readonly IRequestSource _source;
    private readonly CancellationToken _cancellationToken;
    private readonly StepRunner _steps;
    private TimeSpan _firstTokenLimit;
    private long _openedAt;
    private UpdateStream? _stream;
    private StreamedAnswer _answer = new();
    private bool _hasItem;
    private bool _hasAll;
    private bool _isCommitted;
    private bool _isFirst;
    private bool _isOver;
    private bool _isDisposed;
    private int _count;

    /// <param name="runtime">The runtime.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="items">Makes items of updates.</param>
    /// <param name="acceptance">Checks each item.</param>
    /// <param name="source">Makes the requests.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public StreamExchange(
        PromptRuntime runtime,
        PromptDefinition prompt,
        ItemReader<T> items,
        AcceptanceCheck<T> acceptance,
        IRequestSource source,
        CancellationToken cancellationToken)
    {
        _runtime = runtime;
        _prompt = prompt;
        _items = items;
        _acceptance = acceptance;
        _source = source;
        _cancellationToken = cancellationToken;
        _steps = new StepRunner(runtime, prompt, this, cancellationToken);
    }

    /// <summary>The item that <see cref="MoveNextAsync"/> went to.</summary>
    public T Current => _items.Current;

    public IReadOnlyList<PromptAttempt> Attempts => _steps.Ledger.Attempts;

    // Reading and checking may have to close the stream, which takes a wait.
    bool IExchange.ChecksAsync => true;

    bool IExchange.IsStream => true;

    bool IExchange.WasCutOff => !_answer.IsWhole;

    ChatResponse? IExchange.Received => _answer.Response;

    /// <summary>Takes one step of the route.</summary>
    /// <returns>True where the first item is ready, or an answer without items is complete.</returns>
    public ValueTask<bool> TakeAsync(PromptStep step) => _steps.TakeAsync(step);

    public PromptException Exhausted() => _steps.Exhausted();

    /// <summary>Goes to the next item.</summary>
    /// <returns>False where the answer has ended in good order.</returns>
    /// <exception cref="PromptStreamException">The answer broke off.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<bool> MoveNextAsync()
    {
        if (!_isCommitted || _isOver)
        {
            return false;
        }

        if (_isFirst)
        {
            _isFirst = false;
            _count++;
            return true;
        }

        var verdict = default(AnswerVerdict);
        Exception? failure = null;
        try
        {
            verdict = await NextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (failure is null && verdict is { Code: PromptErrorCode.None, IsOpen: true })
        {
            _count++;
            return true;
        }

        _isOver = true;
        await CloseAsync().ConfigureAwait(false);
        var code = _steps.Finish(verdict, failure);
        return code == PromptErrorCode.None ? false : throw BrokenOff(code, verdict, failure);
    }

    /// <summary>Ends the call. What was not read of the answer is not read any more, and its connection is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await CloseAsync().ConfigureAwait(false);
        if (_isCommitted && !_isOver)
        {
            _isOver = true;
            _steps.Abandon();
        }

        _steps.End();
    }

    string? IExchange.WhyNot(ModelInfo model) => _source.WhyNot(model);

    ModelRequest IExchange.Render(ModelEndpoint endpoint, RepairPrompt? repair)
    {
        _firstTokenLimit = _prompt.Deadline is not null && !_steps.IsAnotherAhead
            ? Timeout.InfiniteTimeSpan
            : _runtime.Resilience.FirstTokenTimeout ?? endpoint.Model.Timeout;
        return _source.Render(endpoint);
    }

    async ValueTask<Reception> IExchange.SendAsync(IChatClient client, ModelRequest request, CancellationToken cancellationToken)
    {
        await CloseAsync().ConfigureAwait(false);
        _items.Begin();
        if (_items.Guard is { } guard)
        {
            _steps.Clock.Guard(guard, _cancellationToken);
        }

        _answer = new StreamedAnswer();
        _hasAll = false;
        _openedAt = _runtime.TimeProvider.GetTimestamp();
        var code = PromptErrorCode.None;
        try
        {
            _stream = UpdateStream.Open(client, request, _runtime.TimeProvider, cancellationToken, _cancellationToken);
            code = await ReceiveAsync().ConfigureAwait(false);
            return new Reception(code, "", _answer.Response);
        }
        catch (Exception)
        {
            code = PromptErrorCode.ProtocolError;
            throw;
        }
        finally
        {
            _stream?.OutliveAttempt();
            if (code != PromptErrorCode.None)
            {
                await CloseAsync().ConfigureAwait(false);
            }
        }
    }

    AnswerVerdict IExchange.Read(string answer, CallClock clock, CancellationToken cancellationToken) => new(PromptErrorCode.None, [], []);

    /// <summary>Judges the first item, or an answer that has none.</summary>
    async ValueTask<AnswerVerdict> IExchange.CheckAsync(AnswerVerdict read, CallClock clock, CancellationToken cancellationToken)
    {
        var verdict = await JudgeAsync(clock).ConfigureAwait(false);
        if (verdict.Code != PromptErrorCode.None || !verdict.IsOpen)
        {
            await CloseAsync().ConfigureAwait(false);
            return verdict;
        }

        _isCommitted = true;
        _isFirst = true;
        return verdict;
    }

    private async ValueTask<AnswerVerdict> NextAsync()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_steps.Clock.Remaining == TimeSpan.Zero)
        {
            return Verdict(PromptErrorCode.DeadlineExceeded);
        }

        var code = await ReceiveAsync().ConfigureAwait(false);
        return code == PromptErrorCode.None ? await JudgeAsync(_steps.Clock).ConfigureAwait(false) : Verdict(code);
    }

    /// <summary>Reads updates until they make an item, or the answer has ended or turned out to be broken.</summary>
    /// <returns>What went wrong with the stream itself; <see cref="PromptErrorCode.None"/> = the items tell.</returns>
    private async ValueTask<PromptErrorCode> ReceiveAsync()
    {
        while (!(_hasItem = _items.MoveNext()) && _items.Code == PromptErrorCode.None && !_hasAll)
        {
            var (limit, isDeadline) = Limit();
            switch (await _stream!.MoveNextAsync(limit).ConfigureAwait(false))
            {
                case StreamMove.Update:
                    Add(_stream.Current);
                    break;
                case StreamMove.End when _answer.Outcome is not PromptErrorCode.None and var outcome && !(_items.TakesAnyEnd && _answer.IsWhole):
                    return outcome;
                case StreamMove.End:
                    _hasAll = true;
                    _items.End();
                    break;
                default:
                    return isDeadline ? PromptErrorCode.DeadlineExceeded
                        : _answer.HasContent ? PromptErrorCode.StreamIdleTimeout
                        : PromptErrorCode.FirstTokenTimeout;
            }
        }

        return PromptErrorCode.None;
    }

    private void Add(ChatResponseUpdate? update)
    {
        if (update is null)
        {
            return;
        }

        var isFirst = !_answer.HasContent;
        _answer.Add(update);
        _items.Add(update);
        if (_answer.HasContent && _steps.Telemetry is { } telemetry)
        {
            if (isFirst)
            {
                telemetry.FirstChunk();
            }
            else
            {
                telemetry.NextChunk();
            }
        }
    }

    /// <summary>How long the next update may take, and whether it is the deadline that says so.</summary>
    private (TimeSpan Limit, bool IsDeadline) Limit()
    {
        var limit = _answer.HasContent ? _runtime.Resilience.StreamIdleTimeout : _firstTokenLimit;
        if (!_answer.HasContent && limit != Timeout.InfiniteTimeSpan)
        {
            limit -= _runtime.TimeProvider.GetElapsedTime(_openedAt);
        }

        var isDeadline = _steps.Clock.Remaining is { } left && (limit == Timeout.InfiniteTimeSpan || left <= limit);
        limit = isDeadline ? _steps.Clock.Remaining!.Value : limit;
        return (limit == Timeout.InfiniteTimeSpan || limit > ShortestWait ? limit : ShortestWait, isDeadline);
    }

    /// <summary>What the item reader and the acceptance check say of the item that is ready, or of an answer that has none.</summary>
    private async ValueTask<AnswerVerdict> JudgeAsync(CallClock clock)
    {
        var verdict = Verdict(_items.Code);
        if (!_hasItem)
        {
            return verdict;
        }

        verdict = _acceptance.IsAsync
            ? await _acceptance.CheckAsync(_items.Current, verdict, clock, _cancellationToken).ConfigureAwait(false)
            : _acceptance.Check(_items.Current, verdict, _cancellationToken);
        return verdict with { IsOpen = verdict.Code == PromptErrorCode.None };
    }

    private AnswerVerdict Verdict(PromptErrorCode code) => new(code, _items.Violations, _items.Repairs);

    private Exception BrokenOff(PromptErrorCode code, in AnswerVerdict verdict, Exception? failure)
    {
        var error = new PromptStreamException(
            code,
            ExhaustedMessage.ForStream(_prompt, code, _count, _steps.Ledger),
            _items.Text,
            _count,
            Attempts,
            failure is null ? verdict.Exception
                : _runtime.Telemetry.IncludesProviderMessages ? failure
                : ClientFailure.WithoutMessages(failure, code));
        return code == PromptErrorCode.Cancelled
            ? new OperationCanceledException($"{_prompt.Name} was cancelled.", error, _cancellationToken)
            : error;
    }

    private ValueTask CloseAsync()
    {
        var stream = _stream;
        _stream = null;
        return stream?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
