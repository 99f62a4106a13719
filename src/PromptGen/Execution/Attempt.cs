using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Journaling;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// One request to one model: rendered, paid for, sent, classified, entered into the ledger. What it shares with other requests is the account of its call.
/// </summary>
internal sealed partial class Attempt : IPipelineRequest
{
    private readonly CallAccount _account;
    private readonly IExchange _exchange;
    private readonly ModelEndpoint _endpoint;
    private readonly ContractWatch _contract;
    private readonly RepairPrompt? _repair;
    private readonly PromptAttemptReason _reason;
    private ModelRequest _request;
    private decimal _reserved;
    private BudgetReservation? _reservation;
    private JournaledRequest? _journaled;
    private RateShare? _rate;
    private AttemptTelemetry? _telemetry;
    private string _text = "";
    private ChatResponse? _response;
    private Failure? _failure;

    /// <summary>When it was sent; once it is recorded, when that was.</summary>
    private long _timestamp;
    private int _order;
    private State _state;
    private bool _deadlineComesFirst;
    private bool _isInLoad;

    private Attempt(CallAccount account, IExchange exchange, ModelEndpoint endpoint, ContractWatch contract, RepairPrompt? repair, PromptAttemptReason reason) =>
        (_account, _exchange, _endpoint, _contract, _repair, _reason) = (account, exchange, endpoint, contract, repair, reason);

    private enum State : byte
    {
        New,
        Prepared,
        Sent,
        Recorded,
    }

    /// <summary>How it ended; <see cref="PromptErrorCode.None"/> = <see cref="Reception"/> is to be read, or was accepted.</summary>
    public PromptErrorCode Code { get; private set; }

    /// <summary>The model that was asked.</summary>
    public ModelInfo Model => _endpoint.Model;

    /// <summary>Why.</summary>
    public PromptAttemptReason Reason => _reason;

    /// <summary>Whether it was sent.</summary>
    public bool WasSent => _order > 0;

    /// <summary>The arm of the prompt's canary that it has; null = it takes no part.</summary>
    public string? Arm => _account.Arm;

    /// <summary>Reports its outcome to the contract breaker of its model.</summary>
    public ContractWatch Contract => _contract;

    /// <summary>What came back.</summary>
    public Reception Reception => new(Code, _text, _response);

    /// <summary>When it was entered into the ledger, as time since the start of the call.</summary>
    public TimeSpan RecordedAfter => _account.Clock.ElapsedAt(_timestamp);

    private ModelPipeline Pipeline => _endpoint.Connection!.Pipeline;

    /// <summary>The load of its model, while that counts it.</summary>
    private ModelLoad? Load => _isInLoad ? _endpoint.Connection!.Load : null;

    /// <summary>Begins a request to a model. One that is in the journal of its item is answered from there.</summary>
    public static Attempt Begin(CallAccount account, IExchange exchange, ModelEndpoint endpoint, ContractWatch contract, RepairPrompt? repair, PromptAttemptReason reason)
    {
        // The client is made here: a factory that throws ends the call, not only the request.
        _ = endpoint.Connection!.Client;
        var attempt = new Attempt(account, exchange, endpoint, contract, repair, reason);
        if (account.Journal is { } journal && exchange.IsJournalled)
        {
            attempt.Replay(journal);
        }

        return attempt;
    }

    /// <summary>Sends it once, after <see cref="PrepareAsync"/>.</summary>
    /// <returns>What <see cref="EndAsync"/> needs.</returns>
    public ValueTask<Exception?> SendAsync() => Pipeline.SendAsync(this, _account.CancellationToken);

    /// <summary>
    /// Sends it again where a fault may pass. Requests that failed are in the ledger afterwards; one whose answer is to be read is entered by <see cref="Record"/>.
    /// </summary>
    /// <param name="exception">Why it was not sent; null = its code is how it ended.</param>
    /// <returns>The latest request.</returns>
    public ValueTask<Attempt> EndAsync(Exception? exception)
    {
        if (exception is not null || Code != PromptErrorCode.None)
        {
            return FailAsync(exception);
        }

        ReportCircuit();
        return new(this);
    }

    IPipelineRequest IPipelineRequest.Again() => new Attempt(_account, _exchange, _endpoint, _contract, _repair, PromptAttemptReason.Retry) { _journaled = _journaled };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<Exception?> IPipelineRequest.SendAsync(bool isCounted)
    {
        try
        {
            if (await AcquireAsync().ConfigureAwait(false) is { } unwritten)
            {
                return unwritten;
            }

            if (Code != PromptErrorCode.None)
            {
                return null;
            }

            Start();
            using (var limit = LimitTime(_timestamp))
            {
                var token = limit?.Token ?? _account.CancellationToken;
                try
                {
                    (Code, _text, _response) = await _exchange.SendAsync(_journaled?.Stored ?? _endpoint.Connection!.Client, _request, _telemetry, token).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    Fail(exception, token);
                }
            }

            Answered();
            if (_journaled is not null && await JournalEndAsync().ConfigureAwait(false) is { } lost)
            {
                return lost;
            }

            if (Code != PromptErrorCode.None)
            {
                Record(AnswerVerdict.Of(Code));
            }

            if (!isCounted)
            {
                Pipeline.Count(this);
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Renders the request and reserves its money.</summary>
    /// <returns>False where nothing is to be sent: the journal has its answer, or <see cref="Code"/> is the reason.</returns>
    public ValueTask<bool> PrepareAsync()
    {
        if (_state == State.Recorded)
        {
            return new(false);
        }

        if (_account.CancellationToken.IsCancellationRequested)
        {
            Code = PromptErrorCode.Cancelled;
            return new(false);
        }

        // The request that was looked up in a journal is sent as it is.
        _request = _request.Messages is null ? Render() : _request;
        if (_account.Clock.Remaining == TimeSpan.Zero)
        {
            Code = PromptErrorCode.DeadlineExceeded;
        }
        else if (TokenEstimator.CannotFit(_request.EstimatedTokens, _endpoint.Model.ContextWindow))
        {
            Code = PromptErrorCode.ContextLength;
            _account.Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.PromptTooLong));
        }
        else if (_account.Budget is { } budget)
        {
            var estimate = Estimate();
            _reserved = estimate ?? 0m;
            var reserving = budget.ReserveAsync(estimate, _account.IsOptional, _account.Clock, _account.CancellationToken);
            if (!reserving.IsCompletedSuccessfully)
            {
                return AwaitMoneyAsync(reserving);
            }

            Reserved(reserving.Result);
        }

        return new(IsPrepared());
    }

    private bool IsPrepared()
    {
        if (Code == PromptErrorCode.None)
        {
            _state = State.Prepared;
        }

        return Code == PromptErrorCode.None;
    }

    private void Start()
    {
        var connection = _endpoint.Connection!;
        _state = State.Sent;
        _timestamp = _account.Clock.Now;
        if (_reason != PromptAttemptReason.Retry)
        {
            connection.RetryBudget.PayIn(_timestamp);
        }

        _order = _account.Ledger.NextOrder();
        _telemetry = _account.Telemetry?.AttemptStarted(
            connection.Profile, _endpoint.Model.Tier, _reason, connection.Pipeline.Circuit, _request.Messages, _request.Options, _exchange.IsStream, _account.Arm);
        if (connection.Load is { } load)
        {
            load.Start();
            _isInLoad = true;
        }
    }

    private void Answered()
    {
        Load?.Answered(_timestamp, Code);
        if (!_exchange.IsStream)
        {
            Unload();
            _telemetry?.Answered(_response, _failure?.Exception);
        }
    }

    /// <summary>The model no longer works at the request.</summary>
    private void Unload()
    {
        Load?.End();
        _isInLoad = false;
    }

    private ModelRequest Render()
    {
        try
        {
            var request = _exchange.Render(_endpoint, _repair);
            if (_account.Runtime.Resilience.MaxAnswerBytes is { } most)
            {
                AnswerCap.Set(request.Options, most);
            }

            return request;
        }
        catch (Exception exception) when (exception is not PromptException)
        {
            throw new PromptException(
                PromptErrorCode.Configuration,
                $"{_account.Prompt.Name} could not be rendered for {_endpoint.Model.Id}: a parameter threw {exception.GetType().Name}.",
                _account.Ledger.Attempts,
                exception);
        }
    }

    /// <summary>
    /// The time of the request: the model's limit, or what is left of the deadline. A streamed answer has time-outs of its own; null then.
    /// </summary>
    /// <param name="now">When it begins, on the clock of the call.</param>
    private TimeLimit? LimitTime(long now)
    {
        if (_exchange.IsStream)
        {
            return null;
        }

        var timeout = _endpoint.Model.Timeout;
        var left = _account.Clock.RemainingAt(now) ?? TimeSpan.MaxValue;
        _deadlineComesFirst = left <= timeout;
        return _account.Runtime.TimeLimits.Start(_deadlineComesFirst ? left : timeout, _account.CancellationToken, now);
    }
}
