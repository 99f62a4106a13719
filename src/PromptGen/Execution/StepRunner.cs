using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Takes the steps of a call: which model is asked, whether it is asked again, when the step is left and why. One per call; not thread-safe.
/// </summary>
internal sealed class StepRunner(PromptRuntime runtime, PromptDefinition prompt, IExchange exchange, CancellationToken cancellationToken)
{
    private readonly AttemptRunner _attempts = new(runtime, prompt, exchange, cancellationToken);
    private ModelGate _gate = new(prompt, exchange);
    private PromptAttemptReason _nextReason;
    private PromptErrorCode _hardStop;
    private bool _onlyResting = true;
    private bool _taking;
    private PromptErrorCode? _toldCaller;
    private PromptStep _step = null!;
    private int _position;
    private bool _isOpen;

    public Ledger Ledger => _attempts.Ledger;

    public CallClock Clock => _attempts.Clock;

    public CallTelemetry? Telemetry => _attempts.Telemetry;

    /// <summary>Whether a model can be asked instead of the one that is being asked.</summary>
    public bool IsAnotherAhead => _gate.IsOpenBehind(_step, _position, _attempts);

    /// <summary>The model whose answer was accepted; null = none was so far.</summary>
    public ModelInfo? AnsweredBy { get; private set; }

    /// <summary>How long the call has taken: to its accepted answer, or so far.</summary>
    public TimeSpan Duration => AnsweredBy is null ? _attempts.Clock.Elapsed : _attempts.RecordedAfter;

    public async ValueTask<bool> TakeAsync(PromptStep step)
    {
        _taking = true;
        for (var i = 0; i < step.Count && _hardStop == PromptErrorCode.None; i++)
        {
            var endpoint = _attempts.Find(step[i]);
            if (!MayAsk(endpoint, step, i))
            {
                continue;
            }

            (_step, _position) = (step, i);
            var move = await AskAsync(endpoint).ConfigureAwait(false);
            if (!_isOpen)
            {
                _attempts.Leave();
            }

            switch (move)
            {
                case NextMove.Return:
                    AnsweredBy = endpoint.Model;
                    return true;
                case NextMove.NextStep:
                    _nextReason = PromptAttemptReason.Escalation;
                    _taking = false;
                    return false;
                case NextMove.NextModel:
                    LeaveUnavailable(asked: _attempts.Code != PromptErrorCode.CircuitOpen);
                    break;
                default:
                    _hardStop = _attempts.Code;
                    break;
            }
        }

        _taking = false;
        return false;
    }

    public PromptException Exhausted() => Error(
        _hardStop != PromptErrorCode.None ? _hardStop
        : Ledger is { Attempts.Count: 0, Skipped.Count: > 0 } && _onlyResting ? PromptErrorCode.CircuitOpen
        : PromptErrorCode.RouteExhausted);

    /// <summary>The call when its caller has cancelled.</summary>
    public OperationCanceledException Cancelled() =>
        new($"{prompt.Name} was cancelled.", Error(PromptErrorCode.Cancelled), cancellationToken);

    /// <summary>The prompt's own method, which is asked when the route gave no answer.</summary>
    /// <param name="seconds">How long it may take.</param>
    public Substitution Substitute(double seconds) => new(this, runtime.TimeProvider, seconds, cancellationToken);

    /// <summary>Why the route gave no answer, where the prompt's own method gave none either.</summary>
    /// <param name="exception">How that method failed.</param>
    public PromptException SubstituteFailed(Exception exception)
    {
        var why = Exhausted();
        var how = exception is TimeoutException ? "took too long" : $"threw {exception.GetType().Name}";
        return new PromptException(why.Code, $"{why.Message} Its [Fallback] method {how}.", why.Attempts, exception, why.RetryAfter);
    }

    /// <summary>The error of a call that is one too many inside others.</summary>
    public PromptException SubstitutesTooDeep() => new(
        PromptErrorCode.Configuration,
        $"{prompt.Name} is called as the [Fallback] method of another prompt {CallDepth.Most} levels deep. Prompts that name each other as their [Fallback] never end: let one of them name a method that is not a prompt.",
        Ledger.Attempts);

    /// <summary>A value with the account of the call.</summary>
    public PromptResult<T> CreateResult<T>(T value, string modelId, Tier tier) => new()
    {
        Value = value,
        ModelId = modelId,
        Tier = tier,
        Attempts = Ledger.Attempts,
        Cost = Ledger.Cost,
        Duration = Duration,
    };

    /// <summary>Enters the attempt whose answer went on after its beginning was accepted.</summary>
    /// <returns>How it ended.</returns>
    public PromptErrorCode Finish(in AnswerVerdict verdict, Exception? failure)
    {
        _attempts.Finish(verdict, failure);
        if (_attempts.Code != PromptErrorCode.None)
        {
            (AnsweredBy, _toldCaller) = (null, _attempts.Code);
        }

        return _attempts.Code;
    }

    /// <summary>Enters the attempt whose answer nobody wants to hear to its end.</summary>
    public void Abandon() => _attempts.Abandon();

    /// <summary>The call is over: tells how it ended. A step left by an exception was left because the program is set up wrongly, or by its own check.</summary>
    public void End()
    {
        _attempts.End();
        if (_attempts.Telemetry is not { } telemetry)
        {
            return;
        }

        if (AnsweredBy is { } model)
        {
            telemetry.Accepted(model.Tier, Ledger.Cost);
        }
        else if (_toldCaller is null && !_taking)
        {
            telemetry.HandedOver(Ledger.Cost, Ledger.Attempts);
        }
        else
        {
            telemetry.Failed(_toldCaller ?? PromptErrorCode.Configuration, Ledger.Cost, Ledger.Attempts);
        }
    }

    /// <summary>Asks one model, and again with the violations of its answer as often as the prompt allows.</summary>
    private async ValueTask<NextMove> AskAsync(ModelEndpoint endpoint)
    {
        RepairPrompt? repair = null;
        for (var repairs = 0; ; repairs++)
        {
            await _attempts.AskAsync(endpoint, repair, _nextReason).ConfigureAwait(false);
            IReadOnlyList<SchemaViolation> violations = [];
            if (_attempts.Code == PromptErrorCode.None)
            {
                var verdict = exchange.Read(_attempts.Text, _attempts.Clock, cancellationToken);
                if (verdict.Code == PromptErrorCode.None && exchange.ChecksAsync)
                {
                    verdict = await exchange.CheckAsync(verdict, _attempts.Clock, cancellationToken).ConfigureAwait(false);
                }

                Conclude(verdict);
                violations = verdict.Violations;
            }

            if (_attempts.Code == PromptErrorCode.Cancelled)
            {
                throw Cancelled();
            }

            if (_attempts.Code == PromptErrorCode.ContextLength && endpoint.Model.ContextWindow is { } window)
            {
                _gate.RequireMoreThan(window);
                _onlyResting = false;
            }

            var move = NextMoves.After(_attempts.Code, mayRepair: repairs < prompt.Repairs, exchange.WasCutOff);
            if (move != NextMove.Repair)
            {
                return move;
            }

            repair = new RepairPrompt(_attempts.Text, _attempts.Code, violations);
            _nextReason = PromptAttemptReason.Repair;
        }
    }

    private void Conclude(in AnswerVerdict verdict)
    {
        _isOpen = verdict.IsOpen;
        if (_isOpen)
        {
            return;
        }

        _attempts.Record(verdict.Code, verdict.Violations, verdict.Rungs, verdict.Reason);
        if (verdict.Exception is { } exception)
        {
            _toldCaller = verdict.Code;
            throw new PromptException(
                verdict.Code,
                $"{(verdict.Code == PromptErrorCode.NotAccepted ? "The acceptance check" : "A check of the output")} of {prompt.Name} threw {exception.GetType().Name}.",
                Ledger.Attempts,
                exception);
        }
    }

    private bool MayAsk(ModelEndpoint endpoint, PromptStep step, int position)
    {
        if (_gate.Refuse(endpoint, step, position, _attempts) is not { } skipped)
        {
            return true;
        }

        Ledger.Skip(skipped);
        if (skipped.IsForNow)
        {
            _attempts.Telemetry?.PassedOver(skipped.Model.Id, PromptErrorCode.CircuitOpen);
            LeaveUnavailable(asked: false);
        }
        else
        {
            _onlyResting = false;
        }

        return false;
    }

    /// <summary>The next attempt is made because this model is unavailable; one that was not even asked does not hide that an answer was rejected before.</summary>
    private void LeaveUnavailable(bool asked)
    {
        if (asked || _nextReason == PromptAttemptReason.Initial)
        {
            _nextReason = PromptAttemptReason.Fallback;
        }
    }

    private PromptException Error(PromptErrorCode code)
    {
        _toldCaller = code;
        return new PromptException(
            code,
            ExhaustedMessage.For(prompt, code, Ledger, _attempts.BudgetRefusal),
            Ledger.Attempts,
            runtime.Telemetry.IncludesProviderMessages ? Ledger.FirstFailure : ClientFailure.WithoutMessages(Ledger.FirstFailure, Ledger.FirstFailureCode),
            code == PromptErrorCode.CircuitOpen ? Ledger.ShortestWait() : null);
    }
}
