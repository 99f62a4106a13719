using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Asks one model at a time on behalf of a call, through the model's pipeline, and keeps the ledger: one attempt per request that leaves,
/// retries included. Its state is that of the latest request. One per call; not thread-safe.
/// </summary>
internal sealed class AttemptRunner(PromptRuntime runtime, PromptDefinition prompt, IExchange exchange, CancellationToken cancellationToken)
    : IPipelineRequest
{
    private readonly ModelEndpoints _endpoints = runtime.Endpoints;
    private readonly CallClock _clock = new(runtime.TimeProvider, prompt.Deadline);
    private CallBudget _budget = new(prompt.MaxUsd, runtime.Budgets?.Open(prompt.Name));
    private ContractWatch _contract;
    private ModelEndpoint _endpoint = null!;
    private IChatClient _client = null!;
    private RepairPrompt? _repair;
    private ModelRequest _request;
    private PromptAttemptReason _reason;
    private int _sent;
    private long _startedAt;
    private bool _deadlineComesFirst;
    private ChatResponse? _response;
    private Exception? _exception;
    private TimeSpan? _retryAfter;

    public Ledger Ledger { get; } = new();

    /// <summary>Who is told what happens; null = nobody listens.</summary>
    public CallTelemetry? Telemetry { get; } = runtime.Telemetry.IsListenedTo ? new(runtime.Telemetry, prompt.Profile, prompt.Deadline) : null;

    public CallClock Clock => _clock;

    private RetryRule Retries => new(runtime.Resilience, _clock);

    /// <summary>How the latest request ended; <see cref="PromptErrorCode.None"/> = <see cref="Text"/> is to be read.</summary>
    public PromptErrorCode Code { get; private set; }

    /// <summary>The text of the answer.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Which named budget stopped the call, and why; null = none did.</summary>
    public string? BudgetRefusal => _budget.Refusal;

    /// <summary>When the latest attempt was entered into the ledger, as time since the start of the call.</summary>
    public TimeSpan RecordedAfter { get; private set; }

    public ModelEndpoint Find(ModelInfo declared) => _endpoints.Find(declared);

    /// <summary>
    /// Asks a model, again where a fault may pass. Requests that failed are in the ledger afterwards; one whose answer is to be read is
    /// entered by <see cref="Record"/>.
    /// </summary>
    public async ValueTask AskAsync(ModelEndpoint endpoint, RepairPrompt? repair, PromptAttemptReason reason)
    {
        _endpoint = endpoint;
        _repair = repair;
        _reason = reason;
        _sent = 0;
        var connection = endpoint.Connection!;
        _client = connection.Client;
        if (!Prepare())
        {
            return;
        }

        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await connection.Pipeline.SendAsync(context, this).ConfigureAwait(false);
            if (outcome.Exception is { } exception)
            {
                NotSent(exception);
            }
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        LetRest(connection);
        if (Telemetry is not null && connection.Pipeline.HasChanged(out var circuit))
        {
            Telemetry.CircuitChanged(connection.Profile, circuit);
        }
    }

    /// <summary>Enters the latest request into the ledger.</summary>
    public void Record(
        PromptErrorCode outcome,
        IReadOnlyList<SchemaViolation>? violations = null,
        IReadOnlyList<string>? rungs = null,
        string? rejectionReason = null,
        bool isAbandoned = false)
    {
        Code = outcome;
        var model = _endpoint.Model;
        var answered = _endpoints.PricedAs(_response?.ModelId, model, prompt);
        var usage = CheckedUsage.Of(_response?.Usage, model, answered);
        var cost = _response is not null ? CostCalculator.Of(usage, answered)
            : FailureClassifier.NothingProcessed(outcome, _exception) ? PromptCost.Zero
            : PromptCost.Unknown;
        _budget.Settle(cost);
        var now = _clock.Now;
        RecordedAfter = _clock.ElapsedAt(now);
        _contract.Record(outcome, now);
        var attempt = new PromptAttempt
        {
            ModelId = model.Id,
            ResponseModelId = _response?.ModelId is { } answeredBy && answeredBy != model.Id ? ProviderText.Name(answeredBy) : _response?.ModelId,
            Provider = model.Provider,
            Tier = model.Tier,
            Reason = _reason,
            Outcome = outcome,
            Usage = usage.Details,
            IsUsageImplausible = usage.IsImplausible,
            Cost = cost,
            Duration = _clock.Between(_startedAt, now),
            Violations = violations ?? [],
            RejectionReason = rejectionReason,
            Rungs = rungs ?? [],
            IsAbandoned = isAbandoned,
        };
        Ledger.Add(attempt, _exception);
        if (exchange.IsStream)
        {
            Telemetry?.Answered(_response, _exception);
        }

        Telemetry?.AttemptEnded(attempt);
    }

    /// <summary>Enters the latest request, whose answer went on after its beginning was accepted.</summary>
    public void Finish(in AnswerVerdict verdict, Exception? failure)
    {
        _response = exchange.Received;
        if (failure is not null)
        {
            Fail(failure, CancellationToken.None);
            Record(Code);
            LetRest(_endpoint.Connection!);
        }
        else
        {
            Record(verdict.Code, verdict.Violations, verdict.Rungs, verdict.Reason);
        }
    }

    /// <summary>Enters the latest request, whose answer nobody wants to hear to its end.</summary>
    public void Abandon()
    {
        _response = exchange.Received;
        var isCancelled = cancellationToken.IsCancellationRequested;
        Record(isCancelled ? PromptErrorCode.Cancelled : PromptErrorCode.None, isAbandoned: !isCancelled);
    }

    /// <summary>From now on what is recorded also tells how the model keeps its contract.</summary>
    public void Watch(ContractWatch contract) => _contract = contract;

    /// <summary>Nothing more is asked of the model.</summary>
    public void Leave() => _contract.Leave();

    /// <summary>Ends the call: an attempt that nobody recorded keeps no money reserved and blocks no probe.</summary>
    public void End()
    {
        Leave();
        _budget.Close();
    }

    /// <summary>For the pipeline: whether the latest request failed in a way that may pass soon enough to wait for it.</summary>
    public bool IsWorthRetrying(int retries) =>
        Retries.IsWorthwhile(Code, _exception, _retryAfter, retries) && !_endpoint.Connection!.Pipeline.IsCircuitOpen && MayRetry(retries);

    /// <summary>Draws on the provider's retries. The pipeline also asks after the last try, when nothing is to be drawn.</summary>
    private bool MayRetry(int retries)
    {
        if (retries >= runtime.Resilience.MaxRetries)
        {
            return false;
        }

        if (_endpoint.Connection!.RetryBudget.TryDraw(_clock.Now))
        {
            return true;
        }

        Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.RetryBudget));
        Telemetry?.RetryBudgetExhausted(_endpoint.Model.Id);
        return false;
    }

    /// <summary>For the pipeline: the wait before the next retry.</summary>
    public TimeSpan? RetryDelay(int retries) => Retries.Delay(_retryAfter, retries);

    /// <summary>
    /// The time of an attempt: what the model may take, or what the deadline leaves of it. A streamed answer has time-outs of its own; null then.
    /// </summary>
    private TimeLimit? LimitAttempt()
    {
        if (exchange.IsStream)
        {
            return null;
        }

        var timeout = _endpoint.Model.Timeout;
        var left = _clock.Remaining ?? TimeSpan.MaxValue;
        _deadlineComesFirst = left <= timeout;
        return runtime.TimeLimits.Start(_deadlineComesFirst ? left : timeout, cancellationToken);
    }

    /// <summary>Renders the request and reserves its money.</summary>
    /// <returns>False where nothing may be sent; <see cref="Code"/> tells why.</returns>
    private bool Prepare()
    {
        _response = null;
        _exception = null;
        _retryAfter = null;
        Code = PromptErrorCode.None;
        if (cancellationToken.IsCancellationRequested)
        {
            Code = PromptErrorCode.Cancelled;
        }
        else
        {
            _request = Render();
            _startedAt = _clock.Now;
            if (_clock.RemainingAt(_startedAt) == TimeSpan.Zero)
            {
                Code = PromptErrorCode.DeadlineExceeded;
            }
            else if (TokenEstimator.CannotFit(_request.EstimatedTokens, _endpoint.Model.ContextWindow))
            {
                Code = PromptErrorCode.ContextLength;
                Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.PromptTooLong));
            }
            else if (_budget.IsLimited
                && !_budget.TryReserve(CostCalculator.Estimate(_request.EstimatedTokens, _request.Options.MaxOutputTokens ?? 0, _endpoint.Model)))
            {
                Code = PromptErrorCode.BudgetExceeded;
                Telemetry?.BudgetStopped(_endpoint.Model.Id);
            }
        }

        return Code == PromptErrorCode.None;
    }

    private ModelRequest Render()
    {
        try
        {
            var request = exchange.Render(_endpoint, _repair);
            if (runtime.Resilience.MaxAnswerBytes is { } most)
            {
                AnswerCap.Set(request.Options, most);
            }

            return request;
        }
        catch (Exception exception) when (exception is not PromptException)
        {
            throw new PromptException(
                PromptErrorCode.Configuration,
                $"{prompt.Name} could not be rendered for {_endpoint.Model.Id}: a parameter threw {exception.GetType().Name}.",
                Ledger.Attempts,
                exception);
        }
    }

    /// <summary>For the pipeline: sends one request. Never throws: whatever happens is a code.</summary>
    public async ValueTask<Outcome<IPipelineRequest>> SendAsync()
    {
        if (_sent > 0)
        {
            _reason = PromptAttemptReason.Retry;
            if (!Prepare())
            {
                return Outcome.FromResult<IPipelineRequest>(this);
            }
        }
        else
        {
            _endpoint.Connection!.RetryBudget.PayIn(_startedAt);
        }

        if (_budget.IsNamed && (Code = await _budget.ReserveNamedAsync(cancellationToken).ConfigureAwait(false)) != PromptErrorCode.None)
        {
            if (_budget.RefusedBy is { } budget)
            {
                Telemetry?.BudgetStopped(_endpoint.Model.Id, budget);
            }

            return Outcome.FromResult<IPipelineRequest>(this);
        }

        _sent++;
        Telemetry?.AttemptStarted(
            _endpoint.Connection!.Profile, _endpoint.Model.Tier, _reason, _endpoint.Connection.Pipeline.Circuit, _request.Messages, _request.Options, exchange.IsStream);
        using var limit = LimitAttempt();
        var token = limit?.Token ?? cancellationToken;
        try
        {
            var reception = await exchange.SendAsync(_client, _request, token).ConfigureAwait(false);
            Code = reception.Code;
            Text = reception.Text;
            _response = reception.Response;
        }
        catch (Exception exception)
        {
            Fail(exception, token);
        }

        if (!exchange.IsStream)
        {
            Telemetry?.Answered(_response, _exception);
        }

        if (Code != PromptErrorCode.None)
        {
            Record(Code);
        }

        return Outcome.FromResult<IPipelineRequest>(this);
    }

    private void Fail(Exception exception, CancellationToken attemptToken)
    {
        _response = exchange.Received;
        _exception = exception;
        if (cancellationToken.IsCancellationRequested)
        {
            Code = PromptErrorCode.Cancelled;
        }
        else if (attemptToken.IsCancellationRequested)
        {
            Code = _deadlineComesFirst ? PromptErrorCode.DeadlineExceeded : PromptErrorCode.AttemptTimeout;
        }
        else
        {
            var failure = FailureClassifier.Classify(exception, _endpoint.Connection!.Classifier, runtime.FailureClassifiers);
            Code = failure.Code;
            _retryAfter = failure.RetryAfter;
        }
    }

    /// <summary>The pipeline ended without a request of its own: the circuit is open, or the caller cancelled during a wait.</summary>
    private void NotSent(Exception exception)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            Code = PromptErrorCode.Cancelled;
        }
        else if (exception is BrokenCircuitException open)
        {
            // Beside a probe, Polly names the break that would follow if the probe failed.
            var connection = _endpoint.Connection!;
            var wait = connection.Pipeline.IsCircuitOpen && open.RetryAfter is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero;
            connection.CircuitBreak.Extend(wait);
            if (_sent == 0)
            {
                Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.CircuitOpen, wait));
                Code = PromptErrorCode.CircuitOpen;
                Telemetry?.PassedOver(_endpoint.Model.Id, Code);
            }
        }
        else
        {
            throw exception;
        }
    }

    private void LetRest(ModelConnection connection)
    {
        if (Code == PromptErrorCode.QuotaExhausted)
        {
            connection.Rest.Extend(_retryAfter ?? runtime.Resilience.QuotaCooldown);
        }
        else if (_retryAfter is { } hint && Retries.IsTooLong(hint))
        {
            connection.Rest.Extend(hint);
        }
    }
}
