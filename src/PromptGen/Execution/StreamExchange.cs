using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Streaming;

namespace PromptGen.Execution;

/// <summary>
/// A streamed call. Until its first item is ready it is a call like any other: where a request fails, the call asks again, changes the model or escalates, and discards
/// what it has received. With the first item the call is committed to the model that sent it. A later failure is reported to the caller, unless the prompt resumes: then
/// another model continues after the items that were handed over.
/// Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class StreamExchange<T> : StreamRun<T>, ICallExchange, ILeased
{
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
        : base(runtime, items, acceptance, source) =>
        Steps = new StepRunner(runtime, prompt, this, cancellationToken);

    /// <summary>The item that <see cref="MoveNextAsync"/> went to.</summary>
    public T Current => Items.Current;

    public IReadOnlyList<PromptAttempt> Attempts => Steps.Ledger.Attempts;

    protected override bool IsLast => !Steps.IsAnotherAhead;

    /// <summary>Takes one step of the route.</summary>
    /// <returns>True where the first item is ready, or an answer without items is complete.</returns>
    public async ValueTask<bool> TakeAsync(PromptStep step)
    {
        if (!await Steps.TakeAsync(step).ConfigureAwait(false))
        {
            return false;
        }

        _isFirst = Receiver.HasItem;
        if (_isFirst)
        {
            _lease = StreamLease.Start(this, Steps.Clock);
            _lease.HandOver();
        }

        return true;
    }

    public PromptException Exhausted() => Steps.Exhausted();

    public Substitution Substitute(double seconds) => Steps.Substitute(seconds);

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
    /// <param name="code">Why; <see cref="PromptErrorCode.None"/> = the caller has abandoned it.</param>
    public async ValueTask EndAsync(PromptErrorCode code)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await Receiver.CloseAsync(Steps.Clock).ConfigureAwait(false);
        if (_lease is not null && !_isOver)
        {
            _isOver = true;
            if (code == PromptErrorCode.None)
            {
                Steps.Abandon();
            }
            else
            {
                _endedUnread = Steps.Finish(Verdict(code), null);
            }
        }

        _lease?.Dispose();
        Steps.End();
    }

    IExchange ICallExchange.Fork(bool isLast) => new StreamRun<T>(this, isLast);

    async ValueTask ICallExchange.JoinAsync(IExchange fork, bool isAccepted)
    {
        var other = (StreamRun<T>)fork;
        await (isAccepted ? Receiver : other.Receiver).CloseAsync(Steps.Clock).ConfigureAwait(false);
        if (isAccepted)
        {
            (Items, Receiver) = (other.Items, other.Receiver);
        }
    }

    private async ValueTask<bool> AdvanceAsync()
    {
        if (_isOver)
        {
            return ThrowIfEnded();
        }

        if (_isFirst)
        {
            _isFirst = false;
            _count++;
            return true;
        }

        var verdict = AnswerVerdict.Accepted;
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
        await Receiver.CloseAsync(Steps.Clock).ConfigureAwait(false);
        var wasCutOff = !Receiver.Answer.IsWhole;
        var code = Steps.Finish(verdict, failure);
        if (code == PromptErrorCode.None)
        {
            return false;
        }

        if (!Steps.Account.Prompt.Resume || !Items.CanContinue || !NextMoves.MayResume(code, wasCutOff))
        {
            throw BrokenOff(code, verdict.Exception, failure);
        }

        return await ResumeAsync().ConfigureAwait(false) ? !_isOver : throw BrokenOff(Steps.BreakOff(code), verdict.Exception, failure);
    }

    /// <summary>Has another model continue the answer. A continuation without any further item completes it.</summary>
    /// <returns>Whether one did.</returns>
    /// <exception cref="PromptStreamException">A check or the program ended the call.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    private async ValueTask<bool> ResumeAsync()
    {
        Receiver.ContinuesBehind = _count;
        try
        {
            if (!await Steps.ResumeAsync().ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (OperationCanceledException) when (Steps.Account.CancellationToken.IsCancellationRequested)
        {
            throw BrokenOff(PromptErrorCode.Cancelled, null, null);
        }
        catch (PromptException error)
        {
            throw BrokenOff(error.Code, error.InnerException ?? error, null);
        }

        if (Receiver.HasItem)
        {
            _isOver = false;
            _count++;
        }

        return true;
    }

    /// <summary>Reports once, to a caller who comes back to an answer that is over, that its deadline ended it meanwhile.</summary>
    private bool ThrowIfEnded()
    {
        if (_endedUnread == PromptErrorCode.None)
        {
            return false;
        }

        var code = _endedUnread;
        _endedUnread = PromptErrorCode.None;
        throw BrokenOff(code, null, null);
    }

    private async ValueTask<AnswerVerdict> NextAsync()
    {
        Receiver.CancellationToken.ThrowIfCancellationRequested();
        if (Steps.Clock.Remaining == TimeSpan.Zero)
        {
            return Verdict(PromptErrorCode.DeadlineExceeded);
        }

        Receiver.Resume();
        var code = await Receiver.ReceiveAsync(Steps.Clock).ConfigureAwait(false);
        return code == PromptErrorCode.None ? await JudgeAsync(Steps.Account).ConfigureAwait(false) : Verdict(code);
    }

    /// <param name="code">How it broke off.</param>
    /// <param name="thrown">What a check of the program threw; null = none threw.</param>
    /// <param name="failure">What the client threw; null = it did not.</param>
    private Exception BrokenOff(PromptErrorCode code, Exception? thrown, Exception? failure)
    {
        var error = new PromptStreamException(
            code,
            ExhaustedMessage.ForStream(Steps.Account.Prompt, code, _count, Steps.Ledger),
            Items.Text,
            _count,
            Attempts,
            failure is null ? thrown
                : Steps.Account.Runtime.Telemetry.IncludesProviderMessages ? failure
                : ClientFailure.WithoutMessages(failure, code))
        {
            CallId = Steps.CallId,
        };
        return code == PromptErrorCode.Cancelled
            ? new OperationCanceledException($"{Steps.Account.Prompt.Name} was cancelled.", error, Steps.Account.CancellationToken)
            : error;
    }
}
