using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Prompts;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>
/// One call of a prompt: takes the steps of its route one by one, as generated code tells it to, and keeps account. Not thread-safe.
/// </summary>
/// <typeparam name="T">The output type of the prompt.</typeparam>
public sealed class PromptCall<T> : IDisposable
{
    private readonly PromptDefinition<T> _prompt;
    private readonly AcceptanceCheck<T> _acceptance;
    private readonly CancellationToken _cancellationToken;
    private readonly AttemptRunner _runner;
    private PromptAttemptReason _nextReason;
    private PromptErrorCode _hardStop;
    private bool _onlyCircuits = true;
    private int? _tooSmallWindow;
    private T? _value;
    private ModelInfo? _answeredBy;
    private TimeSpan _duration;

    internal PromptCall(PromptRuntime runtime, PromptDefinition<T> prompt, AcceptanceCheck<T> acceptance, CancellationToken cancellationToken)
    {
        _prompt = prompt;
        _acceptance = acceptance;
        _cancellationToken = cancellationToken;
        _runner = new AttemptRunner(runtime, prompt, cancellationToken);
    }

    /// <summary>The accepted answer.</summary>
    /// <exception cref="InvalidOperationException">No step gave one.</exception>
    public T Value => _answeredBy is not null ? _value! : throw NotAnswered();

    /// <summary>The accepted answer with its ledger and cost.</summary>
    /// <exception cref="InvalidOperationException">No step gave one.</exception>
    public PromptResult<T> Result => _answeredBy is { } model ? CreateResult(_value!, model.Id, model.Tier, _duration) : throw NotAnswered();

    /// <summary>Takes one step of the route: asks its models until one gives an accepted answer, all are unavailable, or one is rejected.</summary>
    /// <typeparam name="TTemplate">The type of the template.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="template">The prompt's templates with the arguments of this call.</param>
    /// <returns>True where there is an accepted answer; false where the next step is to be taken, or <see cref="Exhausted"/> tells why none may be.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.Configuration"/>: no registration serves a model, or its client could not be made.
    /// With <see cref="PromptErrorCode.NotAccepted"/>: the acceptance check threw.
    /// </exception>
    public ValueTask<bool> TryAsync<TTemplate>(PromptStep step, TTemplate template)
        where TTemplate : IPromptTemplate => TakeStepAsync(step, template);

    /// <summary>Why no step of the route gave an accepted answer.</summary>
    /// <returns>
    /// The error to throw: <see cref="PromptErrorCode.RouteExhausted"/>, or <see cref="PromptErrorCode.BudgetExceeded"/>,
    /// <see cref="PromptErrorCode.DeadlineExceeded"/> or <see cref="PromptErrorCode.ContentFiltered"/> where that ended the call, or
    /// <see cref="PromptErrorCode.CircuitOpen"/> where every model is resting and none was asked.
    /// </returns>
    public PromptException Exhausted()
    {
        var ledger = _runner.Ledger;
        var code = _hardStop != PromptErrorCode.None ? _hardStop
            : ledger is { Attempts.Count: 0, Skipped.Count: > 0 } && _onlyCircuits ? PromptErrorCode.CircuitOpen
            : PromptErrorCode.RouteExhausted;
        return new PromptException(code, ExhaustedMessage.For(_prompt, code, ledger), ledger.Attempts, ledger.FirstFailure);
    }

    /// <summary>The result for a value that the prompt's <see cref="FallbackAttribute"/> method gave.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A result without a model that keeps all attempts and their cost.</returns>
    public PromptResult<T> Served(T value) =>
        CreateResult(value, "", _prompt.Route.Count > 0 ? _prompt.Route[^1].Tier : default, _runner.Clock.Elapsed);

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
    }

    private async ValueTask<bool> TakeStepAsync(PromptStep step, IPromptTemplate template)
    {
        var models = step.Models.Count;
        for (var i = 0; i < models + step.Fallbacks.Count && _hardStop == PromptErrorCode.None; i++)
        {
            var endpoint = _runner.Find(i < models ? step.Models[i] : step.Fallbacks[i - models]);
            if (!MayAsk(endpoint))
            {
                continue;
            }

            switch (await AskAsync(endpoint, template).ConfigureAwait(false))
            {
                case NextMove.Return:
                    return true;
                case NextMove.NextStep:
                    _nextReason = PromptAttemptReason.Escalation;
                    return false;
                case NextMove.NextModel:
                    LeaveUnavailable(asked: _runner.Code != PromptErrorCode.CircuitOpen);
                    break;
                default:
                    _hardStop = _runner.Code;
                    break;
            }
        }

        return false;
    }

    /// <summary>Asks one model, and again with the violations of its answer as often as the prompt allows.</summary>
    private async ValueTask<NextMove> AskAsync(ModelEndpoint endpoint, IPromptTemplate template)
    {
        RepairPrompt? repair = null;
        for (var repairs = 0; ; repairs++)
        {
            await _runner.AskAsync(endpoint, template, repair, _nextReason).ConfigureAwait(false);
            IReadOnlyList<SchemaViolation> violations = [];
            if (_runner.Code == PromptErrorCode.None)
            {
                var reading = Read(_runner.Text);
                violations = reading.Violations;
                var verdict = reading.Code != PromptErrorCode.None ? new AcceptanceVerdict(reading.Code)
                    : _acceptance.IsAsync ? await _acceptance.CheckAsync(reading.Value!, _runner.Clock, _cancellationToken).ConfigureAwait(false)
                    : _acceptance.Check(reading.Value!, _cancellationToken);
                Conclude(endpoint, reading, verdict);
            }

            switch (_runner.Code)
            {
                case PromptErrorCode.Cancelled:
                    throw Cancelled();
                case PromptErrorCode.ContextLength:
                    _tooSmallWindow = Math.Max(_tooSmallWindow ?? 0, endpoint.Model.ContextWindow ?? 0);
                    break;
            }

            var move = NextMoves.After(_runner.Code, mayRepair: repairs < _prompt.Repairs);
            if (move != NextMove.Repair)
            {
                return move;
            }

            repair = new RepairPrompt(_runner.Text, _runner.Code, violations);
            _nextReason = PromptAttemptReason.Repair;
        }
    }

    /// <summary>Enters what became of an answer into the ledger, and keeps it where it was accepted.</summary>
    private void Conclude(ModelEndpoint endpoint, in ContractReading<T> reading, in AcceptanceVerdict verdict)
    {
        _runner.Record(verdict.Code, reading.Violations, reading.Repairs, verdict.Reason);
        if (verdict.Exception is { } exception)
        {
            throw new PromptException(
                PromptErrorCode.NotAccepted,
                $"The acceptance check of {_prompt.Name} threw {exception.GetType().Name}.",
                _runner.Ledger.Attempts,
                exception);
        }

        if (verdict.Code == PromptErrorCode.None)
        {
            _value = reading.Value;
            _answeredBy = endpoint.Model;
            _duration = _runner.RecordedAfter;
        }
    }

    private ContractReading<T> Read(string answer)
    {
        try
        {
            return _prompt.Contract.Read(answer);
        }
        catch (Exception exception)
        {
            // The output type's own constructor may check more than the contract says.
            SchemaViolation[] violations = [new SchemaViolation("", $"a value that {typeof(T).Name} can be built from", exception.GetType().Name)];
            return new ContractReading<T>(PromptErrorCode.SchemaMismatch, default, violations, []);
        }
    }

    private bool MayAsk(ModelEndpoint endpoint)
    {
        var model = endpoint.Model;
        var why = model.Disabled ? "disabled by configuration"
            : _prompt.SelfHostedOnly && !model.SelfHosted ? "not self-hosted"
            : _tooSmallWindow is { } window && (model.ContextWindow ?? (window == 0 ? 1 : 0)) <= window ? "context window not larger"
            : null;
        if (why is not null)
        {
            _onlyCircuits = false;
            _runner.Ledger.Skip(model.Id, why);
            return false;
        }

        var connection = endpoint.Connection ?? throw NotServed(model);
        var rest = connection.Rest;
        if (rest > TimeSpan.Zero)
        {
            _runner.Ledger.Skip(model.Id, $"resting for another {Seconds.Of(rest)}, as its provider asked");
            LeaveUnavailable(asked: false);
            return false;
        }

        return true;
    }

    /// <summary>The next attempt is made because this model is unavailable; one that was not even asked does not hide that an answer was rejected before.</summary>
    private void LeaveUnavailable(bool asked)
    {
        if (asked || _nextReason == PromptAttemptReason.Initial)
        {
            _nextReason = PromptAttemptReason.Fallback;
        }
    }

    private OperationCanceledException Cancelled()
    {
        var ledger = _runner.Ledger;
        var inner = new PromptException(PromptErrorCode.Cancelled, ExhaustedMessage.For(_prompt, PromptErrorCode.Cancelled, ledger), ledger.Attempts, ledger.FirstFailure);
        return new OperationCanceledException($"{_prompt.Name} was cancelled.", inner, _cancellationToken);
    }

    private PromptException NotServed(ModelInfo model) => new(
        PromptErrorCode.Configuration,
        $"No registration serves {model.Id}, which {_prompt.Name} needs: add AddProvider(\"{model.Provider}\", modelId => …).",
        _runner.Ledger.Attempts);

    private InvalidOperationException NotAnswered() => new($"No step of {_prompt.Name} gave an accepted answer.");

    private PromptResult<T> CreateResult(T value, string modelId, Tier tier, TimeSpan duration) => new()
    {
        Value = value,
        ModelId = modelId,
        Tier = tier,
        Attempts = _runner.Ledger.Attempts,
        Cost = _runner.Ledger.Cost,
        Duration = duration,
    };
}
