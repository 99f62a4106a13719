using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>
/// Takes the steps of a call: which model is asked, whether it is asked again, when the step is left and why. One per call; not thread-safe.
/// </summary>
internal sealed class StepRunner(PromptRuntime runtime, PromptDefinition prompt, IExchange exchange, CancellationToken cancellationToken)
{
    private readonly AttemptRunner _attempts = new(runtime, prompt, exchange, cancellationToken);
    private PromptAttemptReason _nextReason;
    private PromptErrorCode _hardStop;
    private bool _onlyResting = true;
    private int? _tooSmallWindow;

    public Ledger Ledger => _attempts.Ledger;

    public CallClock Clock => _attempts.Clock;

    /// <summary>The model whose answer was accepted; null = none was so far.</summary>
    public ModelInfo? AnsweredBy { get; private set; }

    /// <summary>How long the call has taken: to its accepted answer, or so far.</summary>
    public TimeSpan Duration => AnsweredBy is null ? _attempts.Clock.Elapsed : _attempts.RecordedAfter;

    public async ValueTask<bool> TakeAsync(PromptStep step)
    {
        var models = step.Models.Count;
        for (var i = 0; i < models + step.Fallbacks.Count && _hardStop == PromptErrorCode.None; i++)
        {
            var endpoint = _attempts.Find(i < models ? step.Models[i] : step.Fallbacks[i - models]);
            if (!MayAsk(endpoint))
            {
                continue;
            }

            switch (await AskAsync(endpoint).ConfigureAwait(false))
            {
                case NextMove.Return:
                    AnsweredBy = endpoint.Model;
                    return true;
                case NextMove.NextStep:
                    _nextReason = PromptAttemptReason.Escalation;
                    return false;
                case NextMove.NextModel:
                    LeaveUnavailable(asked: _attempts.Code != PromptErrorCode.CircuitOpen);
                    break;
                default:
                    _hardStop = _attempts.Code;
                    break;
            }
        }

        return false;
    }

    public PromptException Exhausted() => Error(
        _hardStop != PromptErrorCode.None ? _hardStop
        : Ledger is { Attempts.Count: 0, Skipped.Count: > 0 } && _onlyResting ? PromptErrorCode.CircuitOpen
        : PromptErrorCode.RouteExhausted);

    /// <summary>Enters the attempt whose answer went on after its beginning was accepted.</summary>
    /// <returns>How it ended.</returns>
    public PromptErrorCode End(in AnswerVerdict verdict, Exception? failure)
    {
        _attempts.End(verdict, failure);
        return _attempts.Code;
    }

    /// <summary>Enters the attempt whose answer nobody wants to hear to its end.</summary>
    public void Abandon() => _attempts.Abandon();

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
                var verdict = exchange.Read(_attempts.Text, cancellationToken);
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
                _tooSmallWindow = Math.Max(_tooSmallWindow ?? 0, window);
            }

            var move = NextMoves.After(_attempts.Code, mayRepair: repairs < prompt.Repairs);
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
        if (verdict.IsOpen)
        {
            return;
        }

        _attempts.Record(verdict.Code, verdict.Violations, verdict.Repairs, verdict.Reason);
        if (verdict.Exception is { } exception)
        {
            throw new PromptException(
                PromptErrorCode.NotAccepted,
                $"The acceptance check of {prompt.Name} threw {exception.GetType().Name}.",
                Ledger.Attempts,
                exception);
        }
    }

    private bool MayAsk(ModelEndpoint endpoint)
    {
        var model = endpoint.Model;
        var why = model.Disabled ? "disabled by configuration"
            : prompt.SelfHostedOnly && !model.SelfHosted ? "not self-hosted"
            : _tooSmallWindow is { } window && !(model.ContextWindow > window) ? "context window not larger"
            : null;
        if (why is not null)
        {
            _onlyResting = false;
            Ledger.Skip(model.Id, why);
            return false;
        }

        var connection = endpoint.Connection ?? throw NotServed(model);
        var rest = connection.Rest;
        if (rest == TimeSpan.Zero)
        {
            return true;
        }

        Ledger.Skip(model.Id, $"resting for another {Seconds.Of(rest)}, as its provider asked");
        LeaveUnavailable(asked: false);
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

    private OperationCanceledException Cancelled() =>
        new($"{prompt.Name} was cancelled.", Error(PromptErrorCode.Cancelled), cancellationToken);

    private PromptException Error(PromptErrorCode code) =>
        new(code, ExhaustedMessage.For(prompt, code, Ledger), Ledger.Attempts, Ledger.FirstFailure);

    private PromptException NotServed(ModelInfo model) => new(
        PromptErrorCode.Configuration,
        $"No registration serves {model.Id}, which {prompt.Name} needs: add AddProvider(\"{model.Provider}\", modelId => …).",
        Ledger.Attempts);
}
