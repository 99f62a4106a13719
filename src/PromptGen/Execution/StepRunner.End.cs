using PromptGen.Ledgers;
using PromptGen.Providers;

namespace PromptGen.Execution;

// How a call ends: with a value, or with an error that says why there is none; and what telemetry and the ledger record of it.
internal sealed partial class StepRunner
{
    /// <summary>How long the call has taken: to its accepted answer, or so far.</summary>
    public TimeSpan Duration => AnsweredBy is null || _attempt is null ? _account.Clock.Elapsed : _attempt.RecordedAfter;

    /// <summary>Notes what ends the call.</summary>
    public PromptException Report(PromptException error)
    {
        _reported = error.Code;
        error.CallId ??= CallId;
        return error;
    }

    public PromptException Exhausted() => Error(
        _hardStop != PromptErrorCode.None ? _hardStop
        : Ledger is { Attempts.Count: 0, Skipped.Count: > 0 } && _onlyCoolingDown ? PromptErrorCode.CircuitOpen
        : _vote is { Text: null } && !_tookStep ? PromptErrorCode.NoQuorum
        : PromptErrorCode.RouteExhausted);

    /// <summary>The call when its caller has cancelled.</summary>
    public OperationCanceledException Cancelled() =>
        new($"{_account.Prompt.Name} was cancelled.", Error(PromptErrorCode.Cancelled), _account.CancellationToken);

    /// <summary>The prompt's own method, which is asked when the route gave no answer.</summary>
    /// <param name="seconds">How long it may take.</param>
    public Substitution Substitute(double seconds) => new(this, _account.Runtime.TimeProvider, seconds, _account.CancellationToken);

    /// <summary>Why the route gave no answer, where the prompt's own method gave none either.</summary>
    /// <param name="exception">How that method failed.</param>
    public PromptException SubstituteFailed(Exception exception)
    {
        var why = Exhausted();
        var how = exception is TimeoutException ? "took too long" : $"threw {exception.GetType().Name}";
        return new PromptException(why.Code, $"{why.Message} Its [Fallback] method {how}.", why.Attempts, exception, why.RetryAfter) { CallId = why.CallId };
    }

    /// <summary>A value with the account of the call.</summary>
    public PromptResult<T> CreateResult<T>(T value, string modelId, Tier tier) => new()
    {
        Value = value,
        ModelId = modelId,
        Tier = tier,
        Attempts = Ledger.Attempts,
        Cost = Ledger.Cost,
        Duration = Duration,
        RoutedBy = RoutedBy,
        Arm = _account.Arm,
        Votes = _vote?.Votes ?? [],
        Agreement = _vote?.Agreement,
        AgreementProbability = _vote?.Probability,
        FromCache = _saved is not null,
        Saved = _saved?.Value ?? PromptCost.Zero,
        CallId = CallId!,
    };

    /// <summary>Enters the attempt whose answer went on after its beginning was accepted.</summary>
    /// <returns>How it ended.</returns>
    public PromptErrorCode Finish(AnswerVerdict verdict, Exception? failure)
    {
        _attempt!.Finish(verdict, failure);
        if (_attempt.Code != PromptErrorCode.None)
        {
            (AnsweredBy, _reported) = (null, _attempt.Code);
        }

        return _attempt.Code;
    }

    /// <summary>Notes that a stream broke off, and no other model continued it.</summary>
    /// <param name="code">How it broke off.</param>
    /// <returns>What ended the call: where its deadline or its budget did, not how the stream broke off.</returns>
    public PromptErrorCode BreakOff(PromptErrorCode code)
    {
        var ended = _hardStop is PromptErrorCode.DeadlineExceeded or PromptErrorCode.BudgetExceeded ? _hardStop : code;
        (AnsweredBy, _reported) = (null, ended);
        return ended;
    }

    /// <summary>Enters the attempt whose answer the caller did not read to its end.</summary>
    public void Abandon() => _attempt!.Abandon();

    /// <summary>The call is over: reports how it ended.</summary>
    public void End()
    {
        _contract.Leave();
        Keeping?.End(_tookStep ? _attempt?.Reception.Text : _vote?.Text, AnsweredBy, Ledger.Cost, _reported ?? _hardStop);
        _limit?.Dispose();
        if (_account.Recording is { } recording)
        {
            Record(recording);
        }

        if (_account.Telemetry is not { } telemetry)
        {
            return;
        }

        if (AnsweredBy is { } model)
        {
            telemetry.Accepted(model.Tier, Ledger.Cost);
        }
        else if (IsSubstituted)
        {
            telemetry.HandedOver(Ledger.Cost, Ledger.Attempts);
        }
        else
        {
            telemetry.Failed(Outcome, Ledger.Cost, Ledger.Attempts);
        }
    }

    /// <summary>The id of the call; null = no ledger records the call and no option asks for its id; a result makes its own.</summary>
    public string? CallId => _account.Recording?.CallId;

    /// <summary>Whether the prompt's own method answers: no model did, and no error ended the call.</summary>
    private bool IsSubstituted => AnsweredBy is null && _reported is null && !_taking;

    /// <summary>How the call ended. A step left by an exception was left because the program is set up wrongly, or by its own check.</summary>
    private PromptErrorCode Outcome => AnsweredBy is not null || IsSubstituted ? PromptErrorCode.None : _reported ?? PromptErrorCode.Configuration;

    private void Record(CallRecording recording) => recording.Ended(new CallEnd(Ledger.Attempts, Outcome, AnsweredBy, IsSubstituted, Duration)
    {
        RoutedBy = RoutedBy,
        Arm = _account.Arm,
        Votes = _vote?.Votes,
        Agreement = _vote?.Agreement,
        Saved = _saved?.Value,
    });

    private PromptException Error(PromptErrorCode code)
    {
        _reported = code;
        return new PromptException(
            code,
            ExhaustedMessage.For(_account, code),
            Ledger.Attempts,
            _account.Runtime.Telemetry.IncludesProviderMessages ? Ledger.FirstFailure : ClientFailure.WithoutMessages(Ledger.FirstFailure, Ledger.FirstFailureCode),
            code == PromptErrorCode.CircuitOpen ? Ledger.ShortestWait() : null)
        {
            CallId = CallId,
        };
    }
}
