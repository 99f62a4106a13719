using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Streaming;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>
/// A streamed call. Until its first item is ready it is a call like any other: what fails is asked again, replaced or escalated, and what
/// came of it is dropped. With the first item the call is committed to the model that sent it, and what fails then is the caller's to know.
/// Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class StreamExchange<T> : IExchange, ILeased
{
    private readonly PromptRuntime _runtime;
    private readonly PromptDefinition _prompt;
    private readonly ItemReader<T> _items;
    private readonly AcceptanceCheck<T> _acceptance;
    private readonly IRequestSource _source;
    private readonly CancellationToken _cancellationToken;
    private readonly StepRunner _steps;
    private readonly StreamReceiver<T> _receiver;
    private StreamLease? _lease;
    private bool _isFirst;
    private bool _isOver;
    private bool _isDisposed;
    private PromptErrorCode _endedUnread;
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
        _receiver = new StreamReceiver<T>(items, runtime.Resilience, runtime.TimeProvider, cancellationToken);
    }

    /// <summary>The item that <see cref="MoveNextAsync"/> went to.</summary>
    public T Current => _items.Current;

    /// <summary>The steps of the call.</summary>
    public StepRunner Steps => _steps;

    public IReadOnlyList<PromptAttempt> Attempts => _steps.Ledger.Attempts;

    // Reading and checking may have to close the stream, which takes a wait.
    bool IExchange.ChecksAsync => true;

    bool IExchange.IsStream => true;

    bool IExchange.WasCutOff => !_receiver.Answer.IsWhole;

    ChatResponse? IExchange.Received => _receiver.Answer.Response;

    /// <summary>Takes one step of the route.</summary>
    /// <returns>True where the first item is ready, or an answer without items is complete.</returns>
    public async ValueTask<bool> TakeAsync(PromptStep step)
    {
        var isTaken = await _steps.TakeAsync(step).ConfigureAwait(false);
        _lease?.HandOver();
        return isTaken;
    }

    public PromptException Exhausted() => _steps.Exhausted();

    public Substitution Substitute(double seconds) => _steps.Substitute(seconds);

    /// <summary>Goes to the next item.</summary>
    /// <returns>False at the end of a complete answer.</returns>
    /// <exception cref="PromptStreamException">The answer broke off.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<bool> MoveNextAsync()
    {
        if (_lease is not { } lease)
        {
            return false;
        }

        await lease.TakeBackAsync().ConfigureAwait(false);
        try
        {
            return await AdvanceAsync().ConfigureAwait(false);
        }
        finally
        {
            lease.HandOver();
        }
    }

    /// <summary>Ends the call. What was not read of the answer is not read any more, and its connection is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lease is { } lease)
        {
            await lease.TakeBackAsync().ConfigureAwait(false);
            await EndAsync(PromptErrorCode.None).ConfigureAwait(false);
            lease.HandOver();
        }
        else
        {
            await EndAsync(PromptErrorCode.None).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the call in place of its caller: at the deadline, or once it is unreachable.</summary>
    /// <param name="code">Why; <see cref="PromptErrorCode.None"/> = the caller has let go of it.</param>
    public async ValueTask EndAsync(PromptErrorCode code)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _receiver.CloseAsync(_steps.Clock).ConfigureAwait(false);
        if (_lease is not null && !_isOver)
        {
            _isOver = true;
            if (code == PromptErrorCode.None)
            {
                _steps.Abandon();
            }
            else
            {
                _endedUnread = _steps.Finish(Verdict(code), null);
            }
        }

        _lease?.Dispose();
        _steps.End();
    }

    string? IExchange.WhyNot(ModelInfo model) => _source.WhyNot(model);

    ModelRequest IExchange.Render(ModelEndpoint endpoint, RepairPrompt? repair)
    {
        _receiver.FirstTokenLimit = _prompt.Deadline is not null && !_steps.IsAnotherAhead
            ? Timeout.InfiniteTimeSpan
            : _runtime.Resilience.FirstTokenTimeout ?? endpoint.Model.Timeout;
        return _source.Render(endpoint);
    }

    async ValueTask<Reception> IExchange.SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken)
    {
        var code = PromptErrorCode.ProtocolError;
        try
        {
            await _receiver.OpenAsync(client, request, telemetry, _steps.Clock).ConfigureAwait(false);
            code = await _receiver.ReceiveAsync(_steps.Clock).ConfigureAwait(false);
            return new Reception(code, "", _receiver.Answer.Response);
        }
        finally
        {
            if (code != PromptErrorCode.None)
            {
                await _receiver.CloseAsync(_steps.Clock).ConfigureAwait(false);
            }
        }
    }

    AnswerVerdict IExchange.Read(in Reception reception, CallAccount account) => AnswerVerdict.Of(PromptErrorCode.None);

    /// <summary>Judges the first item, or an answer that has none.</summary>
    async ValueTask<AnswerVerdict> IExchange.CheckAsync(AnswerVerdict read, CallAccount account)
    {
        var verdict = await JudgeAsync().ConfigureAwait(false);
        if (verdict.Code != PromptErrorCode.None || !verdict.IsOpen)
        {
            await _receiver.CloseAsync(_steps.Clock).ConfigureAwait(false);
            return verdict;
        }

        _lease = StreamLease.Start(this, _steps.Clock);
        _isFirst = true;
        return verdict;
    }

    private async ValueTask<bool> AdvanceAsync()
    {
        if (_isOver)
        {
            return TellEnd();
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
        await _receiver.CloseAsync(_steps.Clock).ConfigureAwait(false);
        var code = _steps.Finish(verdict, failure);
        return code == PromptErrorCode.None ? false : throw BrokenOff(code, verdict, failure);
    }

    /// <summary>What a caller learns who comes back to an answer that is over: once, that its deadline ended it meanwhile.</summary>
    private bool TellEnd()
    {
        if (_endedUnread == PromptErrorCode.None)
        {
            return false;
        }

        var code = _endedUnread;
        _endedUnread = PromptErrorCode.None;
        throw BrokenOff(code, Verdict(code), null);
    }

    private async ValueTask<AnswerVerdict> NextAsync()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_steps.Clock.Remaining == TimeSpan.Zero)
        {
            return Verdict(PromptErrorCode.DeadlineExceeded);
        }

        _receiver.Resume();
        var code = await _receiver.ReceiveAsync(_steps.Clock).ConfigureAwait(false);
        return code == PromptErrorCode.None ? await JudgeAsync().ConfigureAwait(false) : Verdict(code);
    }

    /// <summary>What the item reader and the acceptance check say of the item that is ready, or of an answer that has none.</summary>
    private async ValueTask<AnswerVerdict> JudgeAsync()
    {
        var verdict = Verdict(_items.Code);
        if (!_receiver.HasItem)
        {
            return verdict;
        }

        verdict = _acceptance.IsAsync
            ? await _acceptance.CheckAsync(_items.Current, verdict, _steps.Account).ConfigureAwait(false)
            : _acceptance.Check(_items.Current, verdict, _cancellationToken);
        return verdict with { IsOpen = verdict.Code == PromptErrorCode.None };
    }

    private AnswerVerdict Verdict(PromptErrorCode code) => new(code, _items.Violations, _items.Rungs, Exception: _items.Failure);

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
}
